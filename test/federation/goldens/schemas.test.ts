// What composition makes of schemas: hidden parts, intersections of inputs, values from objects above.
import { judge } from "../support/golden.ts";
import { byKey, type Row } from "../support/mesh.ts";

const rows = [
  { id: "1", secret: 7, open: "a", level: "LOW" },
  { id: "2", secret: 8, open: "b", level: "HIGH" },
];

judge(
  "hidden and narrowed parts of the schema",
  () => ({
    one: {
      sdl: `type Query { rows(filter: Filter, level: Level): [Row!]! @tag(name: "public") hidden: Int @inaccessible }
        input Filter { id: ID! note: String } enum Level { LOW HIGH ONLY_ONE }
        type Row @key(fields: "id") { id: ID! @inaccessible open: String! @shareable secret: Int @inaccessible }`,
      resolvers: {
        Query: { rows: (_, { filter }) => rows.filter(({ id }) => !filter || id === filter.id) },
        Row: { __resolveReference: byKey(rows, "id") },
      },
    },
    two: {
      sdl: `type Query { others(filter: Filter, level: Level = HIGH): [Row]! } input Filter { id: ID! }
        enum Level { LOW HIGH } enum Out { LOW HIGH MIDDLE }
        type Row @key(fields: "id") { id: ID! secret: Int @external more: Int @requires(fields: "secret") level: Out }`,
      resolvers: {
        Query: { others: (_, { level }) => rows.filter((row) => row.level === level) },
        Row: {
          __resolveReference: (row) => row,
          more: ({ secret }: Row) => secret + 1,
          level: ({ id }) => rows.find((row) => row.id === id)?.level,
        },
      },
    },
  }),
  [
    {
      does: "are used by the gateway itself",
      query: "{ rows { open more level } }",
      data: {
        rows: [
          { open: "a", more: 8, level: "LOW" },
          { open: "b", more: 9, level: "HIGH" },
        ],
      },
    },
    {
      does: "can't be asked for",
      query: "{ rows { secret } hidden }",
      data: undefined,
      errors: [" GRAPHQL_VALIDATION_FAILED"],
    },
    {
      does: "are not in the schema that is shown",
      query: `{ row: __type(name: "Row") { fields { name } } filter: __type(name: "Filter") { inputFields { name } }
        level: __type(name: "Level") { enumValues { name } } root: __schema { queryType { fields { name } } } }`,
      data: {
        row: { fields: [{ name: "open" }, { name: "more" }, { name: "level" }] },
        filter: { inputFields: [{ name: "id" }] },
        level: { enumValues: [{ name: "LOW" }, { name: "HIGH" }] },
        root: { queryType: { fields: [{ name: "rows" }, { name: "others" }] } },
      },
    },
    {
      does: "can't be sent",
      query: '{ rows(filter: { id: "1", note: "x" }) { open } }',
      data: undefined,
      errors: [" GRAPHQL_VALIDATION_FAILED"],
    },
    {
      does: "can't be sent by variables either",
      query: "query ($f: Filter, $l: Level) { rows(filter: $f, level: $l) { open } }",
      variables: { f: { id: "1", note: "x" }, l: "ONLY_ONE" },
      data: undefined,
      errors: [" BAD_USER_INPUT"],
    },
    {
      does: "leave the rest to be sent",
      query: "query ($f: Filter) { rows(filter: $f, level: LOW) { open } others { more } }",
      variables: { f: { id: "2" } },
      data: { rows: [{ open: "b" }], others: [{ more: 9 }] },
    },
  ],
);

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])\n`;

judge(
  "values from objects above",
  () => ({
    outer: {
      sdl: `${link}type Query { accounts: [Account!]! lone: Account }
        type Account @key(fields: "id") @context(name: "account") { id: ID! currency: String! lines: [Line!]! nested: Nest }
        type Nest { line: Line } type Line @key(fields: "id") { id: ID!
          price(currency: String @fromContext(field: "$account { currency }")): String! }`,
      resolvers: {
        Query: {
          accounts: () => [
            { id: "a", currency: "EUR", lines: [{ id: "1" }, { id: "2" }], nested: { line: { id: "1" } } },
            { id: "b", currency: "NOK", lines: [{ id: "1" }], nested: null },
          ],
          lone: () => ({ id: "c", currency: "SEK", lines: [], nested: { line: { id: "3" } } }),
        },
        Account: { __resolveReference: ({ id }) => ({ id }) },
        Line: {
          __resolveReference: ({ id }) => ({ id }),
          price: ({ id }, { currency }) => `${id} ${currency}`,
        },
      },
    },
    inner: {
      sdl: `${link}type Line @key(fields: "id") { id: ID! text: String }`,
      resolvers: { Line: { __resolveReference: ({ id }) => ({ id }), text: ({ id }) => `line ${id}` } },
    },
  }),
  [
    {
      does: "are arguments of fields below, each from its own",
      query: "{ accounts { lines { price } } }",
      data: {
        accounts: [{ lines: [{ price: "1 EUR" }, { price: "2 EUR" }] }, { lines: [{ price: "1 NOK" }] }],
      },
    },
    {
      does: "come from several levels up, beside fields of other subgraphs",
      query:
        "{ accounts { id nested { line { text price } } } lone { lines { price } nested { line { price } } } }",
      data: {
        accounts: [
          { id: "a", nested: { line: { text: "line 1", price: "1 EUR" } } },
          { id: "b", nested: null },
        ],
        lone: { lines: [], nested: { line: { price: "3 SEK" } } },
      },
    },
    {
      does: "are not arguments that a caller may give",
      query: '{ accounts { lines { price(currency: "USD") } } }',
      data: undefined,
      errors: [" GRAPHQL_VALIDATION_FAILED"],
    },
  ],
);

judge(
  "a node of any type, and an object that parents lead to",
  () => ({
    nodes: {
      sdl: `type Query { node(id: ID!): Node nodes: [Node] } interface Node { id: ID! }
        type Cup implements Node @key(fields: "id") { id: ID! } type Pot implements Node @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          node: (_, { id }) => ({ __typename: id.startsWith("c") ? "Cup" : "Pot", id }),
          nodes: () => [
            { __typename: "Cup", id: "c1" },
            { __typename: "Pot", id: "p1" },
          ],
        },
      },
    },
    cups: {
      sdl: `type Query { cup: Cup } type Cup @key(fields: "id") { id: ID! handle: Handle }
        type Handle { side: String! @shareable pot: Pot } type Pot @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: { cup: () => ({ id: "c2" }) },
        Cup: {
          __resolveReference: ({ id }) => ({ id }),
          handle: ({ id }) => ({ side: `left ${id}`, pot: { id: "p9" } }),
        },
      },
    },
    pots: {
      sdl: `type Pot @key(fields: "id") { id: ID! litres: Float lid: Lid } type Lid { hole: Boolean cup: Cup }
        type Cup @key(fields: "id") { id: ID! pots: [Pot!]! }`,
      resolvers: {
        Pot: {
          __resolveReference: ({ id }) => ({ id }),
          litres: () => 2,
          lid: () => ({ hole: true, cup: { id: "c3" } }),
        },
        Cup: { __resolveReference: ({ id }) => ({ id }), pots: ({ id }) => [{ id: `p${id}` }] },
      },
    },
  }),
  [
    {
      does: "is joined with the subgraph of its type",
      query:
        '{ nodes { id ... on Pot { litres } ... on Cup { handle { side } } } node(id: "c7") { ... on Cup { pots { litres id } } } }',
      data: {
        nodes: [
          { id: "c1", handle: { side: "left c1" } },
          { id: "p1", litres: 2 },
        ],
        node: { pots: [{ litres: 2, id: "pc7" }] },
      },
    },
    {
      does: "is asked of nobody where it is not of the type",
      query: '{ node(id: "c7") { ... on Pot { litres lid { hole } } } }',
      data: { node: {} },
      requests: { pots: 0, cups: 0 },
    },
    {
      does: "leads through three subgraphs and back",
      query: "{ cup { handle { pot { litres lid { cup { handle { side } pots { id } } } } } } }",
      data: {
        cup: {
          handle: {
            pot: { litres: 2, lid: { cup: { handle: { side: "left c3" }, pots: [{ id: "pc3" }] } } },
          },
        },
      },
    },
  ],
);
