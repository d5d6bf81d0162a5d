// Makes random schemas, operations on them, and data for the operations with nulls and wrong values anywhere.
import fc from "fast-check";
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

export type Question = {
  readonly schema: GraphQLSchema;
  readonly query: string;
  readonly data: Record<string, unknown>;
};

/** Numbers from 0 up to 1. */
type Chance = () => number;

const pick = <T>(chance: Chance, all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
const leaves = ["Int", "Float", "String", "Boolean", "ID", "Color", "Json"];
const composites = ["A", "B", "I", "U"];
/** Every field has one name of its own in its type, and each name one alias, so that every selection merges. */
const aliases: Readonly<Record<string, string>> = {
  a0: "__proto__",
  a1: "constructor",
  i0: "toString",
  b1: "hasOwnProperty",
  q2: "valueOf",
};

function randomType(chance: Chance): string {
  const named = pick(chance, chance() < 0.5 ? leaves : composites);
  const sure = () => (chance() < 0.4 ? "!" : "");
  const wrapped = chance();
  if (wrapped < 0.5) return named + sure();
  return wrapped < 0.85 ? `[${named}${sure()}]${sure()}` : `[[${named}${sure()}]${sure()}]${sure()}`;
}

function randomSdl(chance: Chance): string {
  const fields = (prefix: string) => [0, 1, 2].map((i) => `${prefix}${i}: ${randomType(chance)}`).join("\n ");
  const shared = `i0: ${randomType(chance)} i1: ${randomType(chance)}`;
  return `scalar Json enum Color { RED GREEN } union U = A | B
    interface I { ${shared} } type A implements I { ${shared} ${fields("a")} } type B implements I { ${shared} ${fields("b")} }
    type Query { ${fields("q")} }`;
}

function namedOf(type: GraphQLOutputType): GraphQLNamedType {
  return isListType(type) || isNonNullType(type) ? namedOf(type.ofType) : type;
}

function randomSelection(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  depth: number,
  chance: Chance,
): string {
  const condition = () => pick(chance, ["", "", "", "", "@skip(if: $v)", "@include(if: $w)"]);
  const fields =
    isAbstractType(type) && !("getFields" in type)
      ? []
      : Object.values((type as GraphQLObjectType).getFields());
  const texts = fields.flatMap(({ name, type: fieldType }) => {
    const inner = namedOf(fieldType);
    const isComposite = isObjectType(inner) || isAbstractType(inner);
    if (chance() < 0.25 || (isComposite && depth === 0)) return [];
    const alias = aliases[name] ? `${aliases[name]}: ` : "";
    return [
      `${alias}${name} ${condition()} ${isComposite ? randomSelection(schema, inner, depth - 1, chance) : ""}`,
    ];
  });
  const conditions = isAbstractType(type) ? ["A", "B", "I", "U"] : [type.name];
  const fragments = conditions.flatMap((name) =>
    chance() < 0.4 && depth > 0 && name !== "Query"
      ? [
          `... on ${name} ${condition()} ${randomSelection(schema, schema.getType(name) as GraphQLNamedType, depth - 1, chance)}`,
        ]
      : [],
  );
  return `{ __typename ${texts.join(" ")} ${fragments.join(" ")} }`;
}

/** A value for every field that an object could be asked for, under its response name. */
function randomValue(schema: GraphQLSchema, type: GraphQLOutputType, depth: number, chance: Chance): unknown {
  if (isNonNullType(type)) return chance() < 0.05 ? null : randomValue(schema, type.ofType, depth, chance);
  const odds = chance();
  if (odds < 0.12) return null;
  if (isListType(type)) {
    if (odds < 0.14) return 7;
    return Array.from({ length: Math.floor(chance() * 3) }, () =>
      randomValue(schema, type.ofType, depth, chance),
    );
  }
  if (isEnumType(type)) return odds < 0.2 ? "BLUE" : pick(chance, ["RED", "GREEN"]);
  if (isObjectType(type)) return randomObject(schema, type, depth, chance);
  if (isAbstractType(type)) {
    const name = pick(chance, ["A", "B"]);
    if (odds < 0.15) return { __typename: pick(chance, ["Nothing", "Query", "Int"]) };
    return randomObject(schema, schema.getType(name) as GraphQLObjectType, depth, chance);
  }
  return odds < 0.18 && type.name !== "Json" ? {} : randomLeaf(type.name, chance);
}

function randomLeaf(name: string, chance: Chance): unknown {
  const json = [{ __proto__: null, a: [null, { b: "é" }] }, [], "", 0, false, '\u2028"\\'];
  const values: Readonly<Record<string, readonly unknown[]>> = {
    Int: [0, -1, 2147483647, -2147483648, 2147483648, 1.5],
    Float: [0, -0, 0.1, 1e300, 1e21, 5],
    String: ["", "é😀", '\u0000\n"\\', "x".repeat(300), "\ud800", "plain"],
    Boolean: [true, false],
    ID: ["1", 1, "", 9007199254740991],
    Json: json,
  };
  return pick(chance, values[name] ?? [null]);
}

function randomObject(schema: GraphQLSchema, type: GraphQLObjectType, depth: number, chance: Chance): object {
  const object: Record<string, unknown> = { __typename: type.name };
  if (depth === 0) return object;
  for (const [name, { type: fieldType }] of Object.entries(type.getFields())) {
    if (chance() < 0.03) continue;
    const value = randomValue(schema, fieldType, depth - 1, chance);
    Object.defineProperty(object, aliases[name] ?? name, { value, enumerable: true, configurable: true });
  }
  return object;
}

export const anyQuestion: fc.Arbitrary<Question> = fc.integer().map((seed) => {
  let state = seed | 0;
  // mulberry32
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const schema = buildSchema(randomSdl(chance));
  const root = schema.getQueryType() as GraphQLObjectType;
  const query = `query ($v: Boolean! = true, $w: Boolean! = true) { t1: __typename @skip(if: $v) t2: __typename @include(if: $w) ...on Query ${randomSelection(schema, root, 3, chance)} }`;
  return { schema, query, data: randomObject(schema, root, 5, chance) as Record<string, unknown> };
});
