// `@requires`: computed fields whose owner is sent what it needs, however deep, through arguments and interfaces.
import { judge } from "../support/golden.ts";
import { byKey, type Row } from "../support/mesh.ts";

const goods = [
  { upc: "p1", price: 11, weight: 1, name: "nail", maker: { id: "m1", tax: 10 } },
  { upc: "p2", price: 22, weight: 2, name: "saw", maker: { id: "m2", tax: 20 } },
  { upc: "p3", price: null, weight: null, name: "air", maker: null },
];
const sent = (row: Row, ...names: string[]) => {
  for (const name of names) if (!(name in row)) throw new Error(`${name} was not sent`);
  return row;
};

judge(
  "fields computed from another subgraph's",
  () => ({
    goods: {
      sdl: `type Query { goods: [Good!]! good(upc: ID!): Good }
        type Good @key(fields: "upc") { upc: ID! price: Int weight: Int name: String! maker: Maker }
        type Maker { id: ID! tax: Int! }`,
      resolvers: {
        Query: { goods: () => goods, good: (_, { upc }) => goods.find((good) => good.upc === upc) },
        Good: { __resolveReference: byKey(goods, "upc") },
      },
    },
    shipping: {
      sdl: `type Good @key(fields: "upc") { upc: ID! price: Int @external weight: Int @external
          maker: Maker @external
          shipping: Int @requires(fields: "price weight")
          taxed: Float @requires(fields: "price maker { tax }")
          zone: Zone! @requires(fields: "weight") }
        type Maker { tax: Int! @external } type Zone { code: String! }`,
      resolvers: {
        Good: {
          __resolveReference: (good) => good,
          shipping: (good) => {
            const { price, weight } = sent(good, "price", "weight");
            return price === null ? null : price * weight;
          },
          taxed: (good) => {
            const { price, maker } = sent(good, "price", "maker");
            return maker && (price * (100 + maker.tax)) / 100;
          },
          zone: (good) => ({ code: `z${sent(good, "weight").weight}` }),
        },
      },
    },
    offers: {
      sdl: `type Query { offer: Good } type Good @key(fields: "upc") { upc: ID! shipping: Int @external name: String! @external
          offer: String @requires(fields: "shipping name") twice: Int @requires(fields: "shipping") plain: String! }`,
      resolvers: {
        Query: { offer: () => ({ upc: "p2" }) },
        Good: {
          __resolveReference: (good) => good,
          offer: (good) => `${sent(good, "name").name} for ${sent(good, "shipping").shipping}`,
          plain: ({ upc }) => `plain ${upc}`,
          twice: (good) => sent(good, "shipping").shipping && good.shipping * 2,
        },
      },
    },
  }),
  [
    {
      does: "sends what is required although nobody selected it",
      query: "{ goods { shipping } }",
      data: { goods: [{ shipping: 11 }, { shipping: 44 }, { shipping: null }] },
    },
    {
      does: "sends a required object's fields",
      query: "{ goods { upc taxed } }",
      data: {
        goods: [
          { upc: "p1", taxed: 12.1 },
          { upc: "p2", taxed: 26.4 },
          { upc: "p3", taxed: null },
        ],
      },
    },
    {
      does: "computes from what is computed",
      query: "{ goods { offer twice } }",
      data: {
        goods: [
          { offer: "nail for 11", twice: 22 },
          { offer: "saw for 44", twice: 88 },
          { offer: "air for null", twice: null },
        ],
      },
    },
    {
      does: "starts at the computing subgraph",
      query: "{ offer { offer } }",
      data: { offer: { offer: "saw for 44" } },
    },
    {
      does: "sends the required field although another goes by its name",
      query: '{ good(upc: "p1") { price: name weight: upc shipping } }',
      data: { good: { price: "nail", weight: "p1", shipping: 11 } },
    },
    {
      does: "shows the required field where it is selected, under its alias",
      query: '{ good(upc: "p1") { cost: price price shipping } }',
      data: { good: { cost: 11, price: 11, shipping: 11 } },
    },
    {
      does: "computes an object",
      query: '{ good(upc: "p3") { zone { code __typename } } }',
      data: { good: { zone: { code: "znull", __typename: "Zone" } } },
    },
    {
      does: "asks nobody for what is skipped",
      query:
        'query ($s: Boolean!) { good(upc: "p1") { upc shipping @skip(if: $s) offer @include(if: false) } }',
      variables: { s: true },
      data: { good: { upc: "p1" } },
      requests: { shipping: 0, offers: 0 },
    },
    {
      does: "answers what stands beside a computed field that a constant leaves out",
      query: `{ offer { upc plain offer @skip(if: true) ...F @include(if: false) ... @include(if: true) { twice } } }
        fragment F on Good { shipping }`,
      data: { offer: { upc: "p2", plain: "plain p2", twice: 88 } },
    },
    {
      does: "answers what stands beside a computed field that a variable leaves out",
      query: "query ($s: Boolean!) { goods { upc plain offer @skip(if: $s) } }",
      variables: { s: true },
      data: { goods: ["p1", "p2", "p3"].map((upc) => ({ upc, plain: `plain ${upc}` })) },
      requests: { goods: 1, shipping: 0, offers: 1 },
    },
    {
      does: "computes it where the variable leaves it in",
      query: "query ($s: Boolean!) { goods { plain ... @skip(if: $s) { offer } } }",
      variables: { s: false },
      data: {
        goods: [
          { plain: "plain p1", offer: "nail for 11" },
          { plain: "plain p2", offer: "saw for 44" },
          { plain: "plain p3", offer: "air for null" },
        ],
      },
    },
    {
      does: "takes several such variables, at several depths",
      query: `query ($s: Boolean!, $t: Boolean!) { offer @include(if: $t) { plain offer @skip(if: $s) ...F @include(if: $s) } }
        fragment F on Good { twice @include(if: $t) taxed @skip(if: $t) }`,
      variables: { s: true, t: true },
      data: { offer: { plain: "plain p2", twice: 88 } },
    },
    {
      does: "asks nobody what such a field requires",
      query: "{ goods { plain offer @skip(if: true) } }",
      data: { goods: ["p1", "p2", "p3"].map((upc) => ({ plain: `plain ${upc}` })) },
      requests: { goods: 1, shipping: 0, offers: 1 },
    },
  ],
);

const posts = [
  { id: "x", notes: ["n1", "n2", "n3"] },
  { id: "y", notes: ["n4", "n5", "n6"] },
];

judge(
  "fields computed from fields with arguments",
  () => ({
    posts: {
      sdl: `type Query { feed: [Post!]! } type Post @key(fields: "id") { id: ID!
          notes(limit: Int!): [Note!]! price(currency: String!): Int }
        type Note @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { feed: () => posts },
        Post: {
          __resolveReference: byKey(posts, "id"),
          notes: ({ notes }, { limit }) => notes.slice(0, limit).map((id: string) => ({ id })),
          price: (_, { currency }) => ({ USD: 100, EUR: 200 })[currency as string],
        },
        Note: { __resolveReference: ({ id }) => ({ id }) },
      },
    },
    words: {
      sdl: `type Post @key(fields: "id") { id: ID! notes(limit: Int!): [Note!]! @external price(currency: String!): Int @external
          words: String @requires(fields: "notes(limit: 3) { id }")
          dollars: Int @requires(fields: "price(currency: \\"USD\\")")
          euros: Int @requires(fields: "price(currency: \\"EUR\\")") }
        type Note @key(fields: "id") { id: ID! }`,
      resolvers: {
        Post: {
          __resolveReference: (post) => post,
          words: ({ notes }) => {
            if (notes?.length !== 3) throw new Error(`not three notes but ${notes?.length}`);
            return notes.map(({ id }: Row) => id).join("+");
          },
          dollars: ({ price }) => price,
          euros: ({ price }) => price,
        },
      },
    },
  }),
  [
    {
      does: "sends what the argument of the requirement says",
      query: "{ feed { words } }",
      data: { feed: [{ words: "n1+n2+n3" }, { words: "n4+n5+n6" }] },
    },
    {
      does: "sends so although the caller asks the field with another argument",
      query: "query ($limit: Int = 1) { feed { notes(limit: $limit) { id } words } }",
      data: {
        feed: [
          { notes: [{ id: "n1" }], words: "n1+n2+n3" },
          { notes: [{ id: "n4" }], words: "n4+n5+n6" },
        ],
      },
    },
    {
      does: "computes one of two conflicting requirements",
      query: "{ feed { euros } }",
      data: { feed: [{ euros: 200 }, { euros: 200 }] },
    },
    {
      does: "computes two fields whose requirements conflict, each from its own",
      query: "{ feed { dollars euros } }",
      data: {
        feed: [
          { dollars: 100, euros: 200 },
          { dollars: 100, euros: 200 },
        ],
      },
    },
    {
      does: "computes them beside the field itself with a third argument",
      query: '{ feed { price(currency: "EUR") dollars } }',
      data: {
        feed: [
          { price: 200, dollars: 100 },
          { price: 200, dollars: 100 },
        ],
      },
    },
    {
      does: "reads the same field from two fragments once",
      query: `query ($limit: Int = 2) { feed { id ...A ...B } }
        fragment A on Post { notes(limit: $limit) { id } } fragment B on Post { notes(limit: $limit) { __typename } }`,
      data: {
        feed: posts.map(({ id, notes }) => ({
          id,
          notes: notes.slice(0, 2).map((note) => ({ id: note, __typename: "Note" })),
        })),
      },
    },
  ],
);

const people = [
  { id: 1, home: { __typename: "House", rooms: 4 } },
  { id: 2, home: { __typename: "Boat", length: 9 } },
  { id: 3, home: null },
];

judge(
  "fields computed from interfaces, in a ring, and through fragments",
  () => ({
    people: {
      sdl: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: Int! home: Home }
        union Home = House | Boat type House { rooms: Int! } type Boat { length: Int! }`,
      resolvers: { Query: { people: () => people }, Person: { __resolveReference: byKey(people, "id") } },
    },
    sizes: {
      sdl: `type Person @key(fields: "id") { id: Int! home: Home @external half: Int @external
          size: Int @requires(fields: "home { ... on House { rooms } ... on Boat { length } }")
          quarter: Float @requires(fields: "half") }
        union Home = House | Boat type House { rooms: Int! @external } type Boat { length: Int! @external }`,
      resolvers: {
        Person: {
          __resolveReference: (person) => person,
          size: ({ home }) => home && ("rooms" in home ? home.rooms * 10 : home.length),
          quarter: ({ half }) => half && half / 2,
        },
      },
    },
    halves: {
      sdl: `type Person @key(fields: "id") { id: Int! size: Int @external half: Int @requires(fields: "size") }`,
      resolvers: {
        Person: {
          __resolveReference: (person) => person,
          half: ({ size }) => size && Math.floor(size / 2),
        },
      },
    },
  }),
  [
    {
      does: "sends of each member of a union what its fragment requires",
      query: "{ people { id size } }",
      data: {
        people: [
          { id: 1, size: 40 },
          { id: 2, size: 9 },
          { id: 3, size: null },
        ],
      },
    },
    {
      does: "goes to and fro between two subgraphs that need each other",
      query: "{ people { quarter half } }",
      data: {
        people: [
          { quarter: 10, half: 20 },
          { quarter: 2, half: 4 },
          { quarter: null, half: null },
        ],
      },
    },
    {
      does: "does so beside a fragment of the caller's on the same union",
      query: "{ people { home { ... on Boat { length size: length } } size } }",
      data: {
        people: [
          { home: {}, size: 40 },
          { home: { length: 9, size: 9 }, size: 9 },
          { home: null, size: null },
        ],
      },
    },
  ],
);

const counted = [
  { id: "1", x: 1 },
  { id: "2", x: null },
];
/** The computed field, of nothing but what it was sent. */
const after =
  (name: string): ((row: Row) => number | null) =>
  (row) => {
    const value = sent(row, name)[name];
    return value === null ? null : value * 10;
  };

judge(
  "computed fields of two subgraphs in turn",
  () => ({
    odd: {
      sdl: `type Query { rows: [Row!]! } type Row @key(fields: "id") { id: ID! x: Int @external
        c1: Int @requires(fields: "x") c2: Int @external c3: Int @requires(fields: "c2") }`,
      resolvers: {
        Query: { rows: () => counted.map(({ id }) => ({ id })) },
        Row: { __resolveReference: (row) => row, c1: after("x"), c3: after("c2") },
      },
    },
    even: {
      sdl: `type Row @key(fields: "id") { id: ID! x: Int c1: Int @external c2: Int @requires(fields: "c1")
        c3: Int @external c4: Int @requires(fields: "c3") }`,
      resolvers: { Row: { __resolveReference: byKey(counted, "id"), c2: after("c1"), c4: after("c3") } },
    },
  }),
  [
    {
      does: "are computed one after the other",
      query: "{ rows { c4 } }",
      data: { rows: [{ c4: 10_000 }, { c4: null }] },
      requests: { odd: 3, even: 3 },
    },
    {
      does: "are asked for no more often where all of them are selected",
      query: "{ rows { x c4 c3 c2 c1 } }",
      data: {
        rows: [
          { x: 1, c4: 10_000, c3: 1_000, c2: 100, c1: 10 },
          { x: null, c4: null, c3: null, c2: null, c1: null },
        ],
      },
      requests: { odd: 3, even: 3 },
    },
  ],
);
