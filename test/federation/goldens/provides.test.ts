// `@provides`, `@shareable`, `@override`, `@external`: who may answer a field, and who must not be asked.
import { judge } from "../support/golden.ts";
import { byKey, type Row } from "../support/mesh.ts";

const authors = [
  { id: "a1", name: "Ibsen", born: 1828 },
  { id: "a2", name: "Undset", born: 1882 },
];
const wrong = (): never => {
  throw new Error("this subgraph must not be asked for it");
};

judge(
  "provided fields",
  () => ({
    authors: {
      sdl: `type Author @key(fields: "id") { id: ID! name: String! @shareable born: Int! @shareable home: Home @shareable }
        type Home { town: String! @shareable land: String! @shareable }`,
      resolvers: {
        Author: { __resolveReference: byKey(authors, "id"), home: () => ({ town: "Skien", land: "Norway" }) },
      },
    },
    books: {
      sdl: `type Query { books: [Book!]! @provides(fields: "author { name home { town } }") plain: Book
          media: [Media!]! @provides(fields: "... on Book { author { name } } ... on Film { title }") }
        union Media = Book | Film
        type Book @key(fields: "isbn") { isbn: ID! author: Author! }
        type Film @key(fields: "id") { id: ID! title: String @external }
        type Author @key(fields: "id") { id: ID! name: String! @external home: Home @external }
        type Home { town: String! @external }`,
      resolvers: {
        Query: {
          books: () => [{ isbn: "1", author: { id: "a1", name: "Ibsen*", home: { town: "Skien*" } } }],
          plain: () => ({ isbn: "2", author: { id: "a2", name: "wrong" } }),
          media: () => [
            { __typename: "Book", isbn: "1", author: { id: "a1", name: "Ibsen*" } },
            { __typename: "Film", id: "f1", title: "Film*" },
          ],
        },
      },
    },
    films: {
      sdl: `type Film @key(fields: "id") { id: ID! title: String @shareable year: Int }`,
      resolvers: { Film: { __resolveReference: ({ id }) => ({ id, title: "Film", year: 1959 }) } },
    },
  }),
  [
    {
      does: "come with the question and cost no other",
      query: "{ books { author { id name } } }",
      data: { books: [{ author: { id: "a1", name: "Ibsen*" } }] },
      requests: { books: 1, authors: 0 },
    },
    {
      does: "may be deep, and only what is provided is taken",
      query: "{ books { author { home { town } } } }",
      data: { books: [{ author: { home: { town: "Skien*" } } }] },
      requests: { books: 1, authors: 0 },
    },
    {
      does: "are joined with what is not provided",
      query: "{ books { author { name born } } }",
      data: { books: [{ author: { name: "Ibsen*", born: 1828 } }] },
      requests: { authors: 1 },
    },
    {
      does: "are taken from the owner on a path that does not provide them",
      query: "{ plain { author { name } } }",
      data: { plain: { author: { name: "Undset" } } },
      requests: { authors: 1 },
    },
    {
      does: "may stand on members of a union",
      query: "{ media { ... on Book { author { name } } ... on Film { title } } }",
      data: { media: [{ author: { name: "Ibsen*" } }, { title: "Film*" }] },
      requests: { books: 1, authors: 0, films: 0 },
    },
  ],
);

judge(
  "shared root fields and shared value types",
  () => ({
    one: {
      sdl: `type Query { stock: Stock @shareable greeting(to: String = "you"): String @shareable }
        type Stock @shareable { id: ID! one: Box left: Int } type Box @shareable { a: Int }`,
      resolvers: {
        Query: { stock: () => ({ id: "s", one: { a: 1 }, left: 1 }), greeting: (_, { to }) => `hi ${to}` },
      },
    },
    two: {
      sdl: `type Query { stock: Stock @shareable greeting(to: String = "you"): String @shareable }
        type Stock @shareable { id: ID! one: Box right: Int } type Box @shareable { a: Int }`,
      resolvers: {
        Query: { stock: () => ({ id: "s", one: { a: 1 }, right: 2 }), greeting: (_, { to }) => `hi ${to}` },
      },
    },
    three: {
      sdl: `type Query { stock: Stock @shareable } type Stock @shareable { id: ID! third: [Int]! }`,
      resolvers: { Query: { stock: () => ({ id: "s", third: [3, null] }) } },
    },
  }),
  [
    {
      does: "are asked of every subgraph that has a part, and merged",
      query: "{ stock { id left right third one { a } } }",
      data: { stock: { id: "s", left: 1, right: 2, third: [3, null], one: { a: 1 } } },
      requests: { one: 1, two: 1, three: 1 },
    },
    {
      does: "are asked of no more subgraphs than needed",
      query: "{ stock { id left } }",
      data: { stock: { id: "s", left: 1 } },
      requests: { one: 1, two: 0, three: 0 },
    },
    {
      does: "take defaults of arguments",
      query: '{ greeting also: greeting(to: "all") none: greeting(to: null) }',
      data: { greeting: "hi you", also: "hi all", none: "hi null" },
    },
  ],
);

judge(
  "overridden fields",
  () => ({
    old: {
      sdl: `type Query { feed: [Post!]! } type Post @key(fields: "id") { id: ID! title: String! day: String! rank: Int half: Int }`,
      resolvers: {
        Query: {
          feed: () => [
            { id: "1", day: "mon" },
            { id: "2", day: "tue" },
          ],
        },
        Post: {
          __resolveReference: ({ id }) => ({ id, day: "mon", half: 1 }),
          title: wrong,
          rank: () => 1,
          half: () => 1,
        },
      },
    },
    fresh: {
      sdl: `type Query { fresh: [Post!]! } type Post @key(fields: "id") { id: ID! title: String! @override(from: "old") extra: Int!
          rank: Int @override(from: "old", label: "percent(0)") half: Int @override(from: "old", label: "percent(100)") }`,
      resolvers: {
        Query: { fresh: () => [{ id: "1" }] },
        Post: {
          __resolveReference: ({ id }) => ({ id }),
          title: ({ id }) => `new ${id}`,
          extra: ({ id }) => Number(id) * 10,
          rank: () => 2,
          half: () => 2,
        },
      },
    },
    derived: {
      sdl: `type Post @key(fields: "id") { id: ID! title: String! @external shout: String! @requires(fields: "title") }`,
      resolvers: {
        Post: { __resolveReference: (post) => post, shout: ({ title }: Row) => title.toUpperCase() },
      },
    },
  }),
  [
    {
      does: "are answered by the subgraph that took them over",
      query: "{ feed { day title } }",
      data: {
        feed: [
          { day: "mon", title: "new 1" },
          { day: "tue", title: "new 2" },
        ],
      },
    },
    {
      does: "are required from the subgraph that took them over",
      query: "{ feed { shout } }",
      data: { feed: [{ shout: "NEW 1" }, { shout: "NEW 2" }] },
      requests: { old: 1, fresh: 1, derived: 1 },
    },
    {
      does: "stay with the old subgraph at 0 percent",
      query: "{ feed { rank } }",
      data: { feed: [{ rank: 1 }, { rank: 1 }] },
    },
    {
      does: "go to the new subgraph at 100 percent",
      query: "{ feed { half } }",
      data: { feed: [{ half: 2 }, { half: 2 }] },
    },
    {
      does: "are found from the new subgraph's own roots too",
      query: "{ fresh { rank half day title } }",
      data: { fresh: [{ rank: 1, half: 2, day: "mon", title: "new 1" }] },
    },
  ],
);

const users = [
  { id: "u1", email: "u1@x.example", nick: "one", rid: "r1" },
  { id: "u2", email: "u2@x.example", nick: "two", rid: "r2" },
];

judge(
  "types that extend in the style of federation 1",
  () => ({
    accounts: {
      sdl: `# fed1
        extend type Query { randomUser: User userById(id: ID): User }
        extend type User @key(fields: "id") { id: ID! @external rid: ID }`,
      resolvers: {
        Query: { randomUser: () => ({ id: "u1", rid: "r1" }), userById: (_, { id }) => ({ id, rid: "r2" }) },
        User: { __resolveReference: ({ id }) => ({ id, rid: `r${id.slice(1)}` }) },
      },
    },
    profiles: {
      sdl: `# fed1
        type User @key(fields: "id") { id: ID! email: String! nick: String! }
        type Query { profile: User }`,
      resolvers: {
        Query: { profile: () => users[1] },
        User: { __resolveReference: byKey(users, "id") },
      },
    },
    visits: {
      sdl: `# fed1
        type User @key(fields: "id") @extends { id: ID! @external email: String! @external visits: Int @requires(fields: "email") }`,
      resolvers: {
        User: { __resolveReference: (user) => user, visits: ({ email }) => email.length },
      },
    },
  }),
  [
    {
      does: "are joined by the key that is external to the extension",
      query: '{ randomUser { id rid nick } userById(id: "u2") { id rid nick } }',
      data: {
        randomUser: { id: "u1", rid: "r1", nick: "one" },
        userById: { id: "u2", rid: "r2", nick: "two" },
      },
    },
    {
      does: "start at the type's own subgraph",
      query: "{ profile { email rid } }",
      data: { profile: { email: "u2@x.example", rid: "r2" } },
    },
    {
      does: "require across three subgraphs",
      query: "{ randomUser { visits } }",
      data: { randomUser: { visits: 12 } },
    },
  ],
);
