// Writing SDL: descriptions, blocks, field lists and deprecations.
import { type Deprecation, writeDeprecation } from "../../schema/product/deprecation.ts";

export type Line = string;

/** A description as a block string, safe for any text. */
export function described(description: string, definition: string): Line {
  const text = description
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll(/[\r\n]+/g, " ");
  return `"${text}"\n${definition}`;
}

/** `type name { … }`, with its description; nothing where there are no fields. */
export function block(
  keyword: "type" | "input" | "enum",
  name: string,
  description: string,
  fields: readonly Line[],
): string {
  if (fields.length === 0) return "";
  const body = fields.map((field) => field.replace(/^/gm, "  ")).join("\n");
  return `${described(description, `${keyword} ${name} {\n${body}\n}`)}\n`;
}

/** Text as a GraphQL string literal. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A definition, marked where it is deprecated. */
export function marked(definition: Line, deprecated: Deprecation | undefined): Line {
  if (!deprecated) return definition;
  const reason = writeDeprecation(deprecated);
  return `${definition} @deprecated${reason === "" ? "" : `(reason: ${quoted(reason)})`}`;
}
