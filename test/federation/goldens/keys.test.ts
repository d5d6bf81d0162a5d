// Keys: several, of several fields, nested, not resolvable, null, and entities that come more than once.
import { judge } from "../support/golden.ts";
import { byKey } from "../support/mesh.ts";

const ships = [
  { id: "s1", hull: "H1", port: { country: { code: "NO" }, number: 4 }, name: "Fram", tons: 402 },
  { id: "s2", hull: "H2", port: { country: { code: "GB" }, number: 7 }, name: "Discovery", tons: 736 },
  { id: "s3", hull: "H3", port: { country: { code: "GB" }, number: 8 }, name: "Nimrod", tons: null },
];
const only = (...names: string[]) => ships.map((ship) => pick(ship, names));
const pick = (row: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

judge(
  "an entity with several keys",
  () => ({
    // Knows ships by id only; names is reached from hull through the register.
    fleet: {
      sdl: `type Query { ships: [Ship!]! ship(id: ID!): Ship none: [Ship!]! again: [Ship] }
        type Ship @key(fields: "id") { id: ID! tons: Int }`,
      resolvers: {
        Query: {
          ships: () => only("id", "tons"),
          ship: (_, { id }) => only("id", "tons").find((ship) => ship.id === id),
          none: () => [],
          again: () =>
            ["s1", "s2", "s1", null, "s1"].map((id) => only("id", "tons").find((ship) => ship.id === id)),
        },
        Ship: { __resolveReference: byKey(only("id", "tons"), "id") },
      },
    },
    register: {
      sdl: `type Ship @key(fields: "id") @key(fields: "hull") @key(fields: "port { country { code } number }") {
          id: ID! hull: String! port: Port! }
        type Port { country: Country! number: Int! } type Country { code: String! }`,
      resolvers: {
        Ship: { __resolveReference: byKey(only("id", "hull", "port"), "id", "hull", "port") },
      },
    },
    names: {
      sdl: `type Query { byHull: [Ship] } type Ship @key(fields: "hull") { hull: String! name: String! }`,
      resolvers: {
        Query: { byHull: () => only("hull", "name") },
        Ship: { __resolveReference: byKey(only("hull", "name"), "hull") },
      },
    },
    moorings: {
      sdl: `type Ship @key(fields: "port { number country { code } }") { port: Port! @shareable moored: Boolean! }
        type Port { country: Country! @shareable number: Int! @shareable }
        type Country { code: String! @shareable }`,
      resolvers: {
        Ship: {
          __resolveReference: byKey(
            ships.map(({ port }) => ({ port, moored: port.number > 4 })),
            "port",
          ),
        },
      },
    },
  }),
  [
    {
      does: "goes from one key to another by the subgraph that knows both",
      query: "{ ships { name } }",
      data: { ships: [{ name: "Fram" }, { name: "Discovery" }, { name: "Nimrod" }] },
      requests: { fleet: 1, register: 1, names: 1, moorings: 0 },
      representations: { register: 3, names: 3 },
    },
    {
      does: "goes the other way round",
      query: "{ byHull { tons } }",
      data: { byHull: [{ tons: 402 }, { tons: 736 }, { tons: null }] },
    },
    {
      does: "joins by a nested key whose fields another subgraph writes in another order",
      query: '{ ship(id: "s2") { moored port { number } } }',
      data: { ship: { moored: true, port: { number: 7 } } },
    },
    {
      does: "asks once for an entity that stands in a list several times",
      query: "{ again { id hull } }",
      data: {
        again: [
          { id: "s1", hull: "H1" },
          { id: "s2", hull: "H2" },
          { id: "s1", hull: "H1" },
          null,
          { id: "s1", hull: "H1" },
        ],
      },
      requests: { register: 1 },
      representations: { register: 2 },
    },
    {
      does: "asks nobody about the entities of an empty list",
      query: "{ none { id hull name } }",
      data: { none: [] },
      requests: { fleet: 1, register: 0, names: 0 },
    },
    {
      does: "asks nobody about an entity that is null",
      query: '{ ship(id: "unknown") { id hull name } }',
      data: { ship: null },
      requests: { fleet: 1, register: 0, names: 0 },
    },
    {
      does: "answers a key of the first subgraph without asking the second",
      query: "{ ships { id __typename } }",
      data: { ships: ships.map(({ id }) => ({ id, __typename: "Ship" })) },
      requests: { fleet: 1, register: 0 },
    },
    {
      does: "joins although an alias shadows the key",
      query: '{ ship(id: "s1") { id: tons hull: name name: hull } }',
      data: { ship: { id: 402, hull: "Fram", name: "H1" } },
    },
  ],
);

const crates = [
  { id: 1, lot: "a", box: { x: 1, y: 2, z: 3 }, label: "one" },
  { id: 2, lot: "b", box: { x: 4, y: 5, z: 6 }, label: "two" },
];

judge(
  "an entity with many keys, of which each subgraph resolves one",
  () => ({
    store: {
      sdl: `type Crate @key(fields: "id") @key(fields: "lot", resolvable: false)
          @key(fields: "box { x y }", resolvable: false) @key(fields: "id box { y z }", resolvable: false)
          { id: Int! lot: String! box: Box! label: String! }
        type Box { x: Int! y: Int! z: Int! }`,
      resolvers: { Crate: { __resolveReference: byKey(crates, "id") } },
    },
    yard: {
      sdl: `type Query { heap: Heap } type Heap @key(fields: "id") { id: ID! crates: [Crate!]! }
        type Crate @key(fields: "box { x y }", resolvable: false) @key(fields: "id box { y z }")
          @key(fields: "lot", resolvable: false) @key(fields: "id", resolvable: false)
          { id: Int! lot: String! box: Box! label: String! @external stamped: String! @requires(fields: "label") }
        type Box { x: Int! y: Int! z: Int! }`,
      resolvers: {
        Query: { heap: () => ({ id: "h" }) },
        Heap: { crates: () => crates.map(({ label, ...crate }) => crate) },
        Crate: {
          __resolveReference: byKey(
            crates.map(({ label, ...crate }) => crate),
            "id box",
          ),
          stamped: ({ label }) => {
            if (!label) throw new Error("label was not sent");
            return `<${label}>`;
          },
        },
      },
    },
  }),
  [
    {
      does: "returns to the first subgraph with a required field by its own resolvable key",
      query: "{ heap { id crates { id label stamped } } }",
      data: {
        heap: {
          id: "h",
          crates: [
            { id: 1, label: "one", stamped: "<one>" },
            { id: 2, label: "two", stamped: "<two>" },
          ],
        },
      },
    },
    {
      does: "does so when only the computed field is selected",
      query: "{ heap { crates { stamped } } }",
      data: { heap: { crates: [{ stamped: "<one>" }, { stamped: "<two>" }] } },
    },
  ],
);

const writers = [{ id: "w1", name: "Ada" }];

judge(
  "an entity that is null, unknown or whose key is null",
  () => ({
    shelf: {
      sdl: `type Query { holders: [Holder!]! strict: [Strict] }
        type Holder { book: Book } type Strict { book: Book! }
        type Book @key(fields: "upc") { upc: ID! }`,
      resolvers: {
        Query: {
          holders: () => ["b1", "b2", "b3", "b4", null].map((upc) => ({ book: upc && { upc } })),
          strict: () => ["b1", "b4"].map((upc) => ({ book: { upc } })),
        },
        Book: { __resolveReference: ({ upc }) => ({ upc }) },
      },
    },
    catalogue: {
      sdl: `type Book @key(fields: "upc") @key(fields: "number") { upc: ID! number: ID }`,
      resolvers: {
        Book: {
          __resolveReference: byKey(
            [
              { upc: "b1", number: "1" },
              { upc: "b2", number: null },
              { upc: "b3", number: "3" },
            ],
            "upc",
            "number",
          ),
        },
      },
    },
    writing: {
      sdl: `type Book @key(fields: "number") { number: ID writer: Writer }
        type Writer @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Book: {
          __resolveReference: ({ number }) => (number === "1" ? { number, writer: writers[0] } : null),
        },
      },
    },
  }),
  [
    {
      does: "has null for what could not be joined, and no error",
      query: "{ holders { book { upc writer { name } } } }",
      data: {
        holders: [
          { book: { upc: "b1", writer: { name: "Ada" } } },
          { book: { upc: "b2", writer: null } },
          { book: { upc: "b3", writer: null } },
          { book: { upc: "b4", writer: null } },
          { book: null },
        ],
      },
      requests: { catalogue: 1, writing: 1 },
    },
    {
      does: "has the key of an entity that its owner does not know, and null for the rest",
      query: "{ strict { book { upc number } } }",
      data: { strict: [{ book: { upc: "b1", number: "1" } }, { book: { upc: "b4", number: null } }] },
    },
  ],
);
