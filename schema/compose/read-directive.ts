// Reads directives where they stand: their arguments as plain values, and what a `@link` calls them.
import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from "graphql";
import { isObject } from "../product/is-object.ts";

/** Arguments by name; undefined where the directive is absent. */
export type DirectiveArguments = Readonly<Record<string, unknown>>;

const none: readonly DirectiveArguments[] = [];

/** The arguments of each use of a directive, in order. */
export function usesOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  directiveName: string | undefined,
): readonly DirectiveArguments[] {
  if (!directives || directives.length === 0) return none;
  return directives
    .filter(({ name }) => name.value === directiveName)
    .map(({ arguments: given }) =>
      Object.fromEntries((given ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
    );
}

/**
 * What the document calls the directives of a specification: as imported by its `@link`, renamed or not; behind the
 * prefix where not imported (the one of the specification's own name is the prefix itself). Undefined without a `@link`.
 */
export function linkedNames(document: DocumentNode, specUrl: string): ((name: string) => string) | undefined {
  const spec = withoutVersion(specUrl);
  const link = document.definitions
    .flatMap((node) =>
      node.kind === Kind.SCHEMA_EXTENSION || node.kind === Kind.SCHEMA_DEFINITION
        ? usesOf(node.directives, "link")
        : [],
    )
    .find(({ url }) => withoutVersion(String(url)) === spec);
  if (!link) return undefined;
  const specName = spec.slice(spec.lastIndexOf("/") + 1);
  const prefix = String(link.as ?? specName);
  const imports = new Map([link.import ?? []].flat().flatMap(importedAs));
  return (name) => imports.get(name) ?? (name === specName ? prefix : `${prefix}__${name}`);
}

/** An import that has no name is none: composition tells of it. */
function importedAs(entry: unknown): readonly (readonly [string, string])[] {
  const { name, as = name } = isObject(entry) ? entry : { name: entry };
  const plain = (text: string) => text.replace(/^@/, "");
  return typeof name === "string" && typeof as === "string" ? [[plain(name), plain(as)]] : [];
}

function withoutVersion(specUrl: string): string {
  return specUrl.replace(/\/v[\d.]+$/, "");
}
