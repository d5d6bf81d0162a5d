// A random query or mutation on a schema: fields, aliases, fragments with and without names, conditions, variables.
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
} from "graphql";
import type { Question } from "../../gateway/support/test-gateway.ts";
import type { Tape } from "./tape.ts";

export function randomOperation(tape: Tape, schema: GraphQLSchema): Question {
  const variables: Record<string, unknown> = {};
  const definitions = new Map<string, string>();
  const fragments: { readonly name: string; readonly type: string; readonly text: string }[] = [];
  let aliases = 0;

  const condition = (): string => {
    if (!tape.chance(7)) return "";
    const word = tape.among(["include", "skip"]);
    if (tape.chance(5)) return ` @${word}(if: ${tape.among(["true", "false"])})`;
    const name = `b${tape.pick(3)}`;
    definitions.set(name, `$${name}: Boolean!`);
    variables[name] ??= tape.chance(2);
    return ` @${word}(if: $${name})`;
  };
  const argument = (): string => {
    switch (tape.pick(4)) {
      case 0:
        return "";
      case 1:
        return `(by: ${tape.pick(9)})`;
      case 2:
        return "(by: null)";
      default: {
        const name = `n${tape.pick(2)}`;
        definitions.set(name, `$${name}: Int = ${name === "n0" ? 5 : 7}`);
        if (tape.chance(2)) variables[name] = tape.pick(50);
        return `(by: $${name})`;
      }
    }
  };
  const fieldOf = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const given = field.args.length > 0 ? argument() : "";
    const alias = given !== "" || tape.chance(5) ? `x${aliases++}: ` : "";
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ` ${selection(type, depth - 1)}` : "";
    return `${alias}${field.name}${given}${condition()}${inner}`;
  };
  const narrower = (type: GraphQLCompositeType): GraphQLCompositeType => {
    if (!isAbstractType(type)) return type;
    return tape.among([...schema.getPossibleTypes(type), type]);
  };
  const selected = (type: GraphQLCompositeType, depth: number): string => {
    const fields = isUnionType(type)
      ? []
      : Object.values(type.getFields()).filter(
          ({ type }) => depth > 0 || !isCompositeType(getNamedType(type)),
        );
    const kind = tape.pick(isAbstractType(type) ? 4 : 8);
    if (depth > 0 && (kind === 1 || (kind === 2 && isAbstractType(type)))) {
      const on = narrower(type);
      return `... on ${on.name}${condition()} ${selection(on, depth - 1)}`;
    }
    if (depth > 0 && kind === 3) {
      const known = fragments.filter((fragment) => fragment.type === type.name);
      if (known.length > 0 && tape.chance(2)) return `...${tape.among(known).name}${condition()}`;
      const on = narrower(type);
      const text = selection(on, depth - 1);
      const name = `F${fragments.length}`;
      fragments.push({ name, type: type.name, text: `fragment ${name} on ${on.name} ${text}` });
      return `...${name}${condition()}`;
    }
    return fields.length === 0 || tape.chance(9) ? "__typename" : fieldOf(tape.among(fields), depth);
  };
  const selection = (type: GraphQLCompositeType, depth: number): string =>
    `{ ${Array.from({ length: 1 + tape.pick(4) }, () => selected(type, depth)).join(" ")} }`;

  const word = tape.chance(6) ? "mutation" : "query";
  const root = (word === "query" ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
  const roots = Object.values(root.getFields()).filter(({ name }) => /^(root|tick)/.test(name));
  const text = Array.from({ length: 1 + tape.pick(word === "query" ? 3 : 6) }, () =>
    tape.chance(6) ? selected(root, 5) : fieldOf(tape.among(roots), 5),
  ).join("\n  ");
  const head = definitions.size > 0 ? `${word} (${[...definitions.values()].join(", ")}) ` : `${word} `;
  return {
    query: [`${head}{\n  ${text}\n}`, ...fragments.map((fragment) => fragment.text)].join("\n"),
    variables,
  };
}
