// Operations that are small to write and large to answer: refused, while everybody else is answered.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Question } from "../../gateway/support/test-gateway.ts";
import { openWeft, type Weft } from "../support/ask-weft.ts";

const things = (id: string) => ({ id, size: Number(id) });

let weft: Weft;
beforeAll(async () => {
  weft = await openWeft({
    things: {
      sdl: `type Query { thing(id: ID! = "1", filter: Filter): Thing! } input Filter { and: [Filter!] size: Int }
        type Thing @key(fields: "id") { id: ID! size: Int self: Thing! many: [Thing!]! }`,
      resolvers: {
        Query: { thing: (_, { id }) => things(id) },
        Thing: {
          __resolveReference: ({ id }) => things(id),
          self: ({ id }) => things(id),
          many: ({ id }) => [things(id)],
        },
      },
    },
    names: {
      sdl: `type Thing @key(fields: "id") { id: ID! name: String twin: Thing }`,
      resolvers: {
        Thing: {
          __resolveReference: ({ id }) => ({ id }),
          name: ({ id }) => `name ${id}`,
          twin: ({ id }) => ({ id }),
        },
      },
    },
  });
});
afterAll(() => weft?.[Symbol.asyncDispose]());

const plain: Question = { query: '{ thing(id: "7") { size name } }' };
const answered = { thing: { size: 7, name: "name 7" } };

const times = (n: number, text: (i: number) => string, between = " ") =>
  Array.from({ length: n }, (_, i) => text(i)).join(between);
const nested = (depth: number, field: string, inner: string) =>
  `${`${field} { `.repeat(depth)}${inner}${" }".repeat(depth)}`;
/** Each fragment spreads the next one twice, the second time by `second`. */
const doubling = (levels: number, twice: (next: string) => string) =>
  `{ thing { ...F0 } } ${times(levels, (i) => `fragment F${i} on Thing { ${twice(`F${i + 1}`)} }`)} fragment F${levels} on Thing { id }`;
const nestedFilter = (depth: number): unknown =>
  Array.from({ length: depth }).reduce((inner: unknown) => ({ and: [inner] }), { size: 1 });

const attacks: readonly (readonly [name: string, question: Question])[] = [
  [
    "30 levels of fragments that each spread the next one twice",
    { query: doubling(30, (next) => `...${next} ...${next}`) },
  ],
  [
    "30 levels of fragments that double the fields under aliases",
    { query: doubling(30, (next) => `a: self { ...${next} } b: self { ...${next} }`) },
  ],
  [
    "30 levels of fragments that double entities of two subgraphs",
    { query: doubling(30, (next) => `a: twin { ...${next} } b: self { ...${next} }`) },
  ],
  [
    "fragments whose fields overlap in every pair",
    { query: `{ ${times(3_000, () => "... { thing { self { id } } }")} }` },
  ],
  [
    "fields that overlap in every pair, level by level",
    { query: `{ ${times(400, () => `thing { ${nested(6, "self", "id")} }`)} }` },
  ],
  [
    "fields that overlap in every pair, through named fragments",
    {
      query: `{ ${times(300, (i) => `...A${i}`)} } ${times(300, (i) => `fragment A${i} on Query { thing { ${times(10, () => "self { id }")} } }`)}`,
    },
  ],
  ["10,000 aliases of a root field", { query: `{ ${times(10_000, (i) => `a${i}: thing { id }`)} }` }],
  ["10,000 aliases of a field", { query: `{ thing { ${times(10_000, (i) => `a${i}: name`)} } }` }],
  ["10,000 levels of fields", { query: `{ thing { ${nested(10_000, "self", "id")} } }` }],
  ["10,000 levels of inline fragments", { query: `{ thing { ${nested(10_000, "...", "id")} } }` }],
  [
    "fragments in a ring",
    {
      query: "{ thing { ...A } } fragment A on Thing { self { ...B } } fragment B on Thing { self { ...A } }",
    },
  ],
  ["10,000 directives on a field", { query: `{ thing { id ${times(10_000, () => "@skip(if: false)")} } }` }],
  ["10,000 unknown directives on a field", { query: `{ thing { id ${times(10_000, (i) => `@d${i}`)} } }` }],
  ["10,000 fields that do not exist", { query: `{ thing { ${times(10_000, (i) => `no${i}`)} } }` }],
  ["10,000 operations", { query: times(10_000, (i) => `query Q${i} { thing { id } }`), operationName: "Q0" }],
  [
    "10,000 fragments",
    { query: `{ thing { id } } ${times(10_000, (i) => `fragment F${i} on Thing { id }`)}` },
  ],
  ["10,000 variables", { query: `query (${times(10_000, (i) => `$v${i}: Int`, ", ")}) { thing { id } }` }],
  [
    "a list of 10,000 levels in a text",
    { query: `{ thing(filter: ${"{ and: [".repeat(10_000)}${"] }".repeat(10_000)}) { id } }` },
  ],
  [
    "a variable of 2,000 levels",
    { query: "query ($f: Filter) { thing(filter: $f) { id } }", variables: { f: nestedFilter(2_000) } },
  ],
  [
    "the schema, 12 types deep",
    {
      query: `{ __schema { types { fields { type { ${nested(12, "fields { type", "name")}${" }".repeat(12)} } } } } }`,
    },
  ],
  ["a name of 100,000 characters", { query: `{ thing { ${"n".repeat(100_000)} } }` }],
];

describe("is refused without a word to a subgraph, while others are answered:", () => {
  it.each(attacks)("%s", async (_, attack) => {
    const asked = () => weft.asked("things").length + weft.asked("names").length;
    const before = asked();
    const { data, errors } = await weft.ask(attack);
    expect(data ?? undefined).toBeUndefined();
    expect(errors?.map(({ extensions }) => extensions.code)[0]).toMatch(
      /_MAX|_FAILED|FRAGMENT_CYCLE|BAD_USER_INPUT/,
    );
    expect(errors?.length).toBeLessThan(200);
    expect(asked() - before).toBe(0);

    const under = weft.ask(attack);
    const others = await Promise.all(Array.from({ length: 10 }, () => weft.ask(plain)));
    expect(others.map((other) => other.data)).toEqual(others.map(() => answered));
    expect((await under).data ?? undefined).toBeUndefined();
  });
});

describe("is answered, as it is large but honest:", () => {
  it.each<[string, string, unknown]>([
    ["8 levels of fields", `{ thing { ${nested(8, "self", "size")} } }`, 1],
    ["60 aliases of a field", `{ thing { ${times(60, (i) => `a${i}: name`)} } }`, "name 1"],
    [
      "4 levels of doubling fragments",
      doubling(4, (next) => `a: self { ...${next} } b: self { ...${next} }`),
      "1",
    ],
    [
      "20 conditions on fields of two subgraphs",
      `{ thing { ${times(20, (i) => `a${i}: ${i % 2 ? "name" : "size"} @include(if: ${i % 3 !== 0})`)} } }`,
      1,
    ],
  ])("%s", async (_, query, leaf) => {
    const { data, errors } = await weft.ask({ query });
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain(JSON.stringify(leaf));
  });
});
