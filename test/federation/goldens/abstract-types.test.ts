// Interfaces and unions across subgraphs: members that not all know, fragments on abstract types, keys on interfaces.
import { judge } from "../support/golden.ts";
import { byKey } from "../support/mesh.ts";

const items = [
  { __typename: "Book", id: "1", pages: 300, title: "Sult" },
  { __typename: "Film", id: "2", minutes: 90, title: "Nosferatu" },
  { __typename: "Song", id: "3", title: "Erlkönig" },
];
const item = (id: string) => items.find((one) => one.id === id);

judge(
  "interfaces and unions that several subgraphs know",
  () => ({
    shop: {
      sdl: `interface Item { id: ID! title: String }
        type Query { items: [Item]! item(id: ID!): Item anything: [Anything!]! grid: [[Item!]]! }
        union Anything = Book | Film | Pen
        type Book implements Item @key(fields: "id") { id: ID! title: String pages: Int! }
        type Film implements Item @key(fields: "id") { id: ID! title: String minutes: Int! }
        type Song implements Item @key(fields: "id") { id: ID! title: String }
        type Pen { colour: String }`,
      resolvers: {
        Query: {
          items: () => [...items, null],
          item: (_, { id }) => item(id),
          anything: () => [items[0], { __typename: "Pen", colour: "red" }, items[1]],
          grid: () => [[items[0], items[1]], [], null, [items[2], items[0]]],
        },
        Book: { __resolveReference: byKey(items, "id") },
        Film: { __resolveReference: byKey(items, "id") },
        Song: { __resolveReference: byKey(items, "id") },
      },
    },
    reviews: {
      sdl: `interface Rated { stars: Int reviewOf: Target }
        union Target = Book | Film
        type Query { rated: [Rated!]! }
        type Book implements Rated @key(fields: "id") { id: ID! stars: Int reviewOf: Target }
        type Film implements Rated @key(fields: "id") { id: ID! stars: Int reviewOf: Target }`,
      resolvers: {
        Query: {
          rated: () => [
            { __typename: "Film", id: "2" },
            { __typename: "Book", id: "1" },
          ],
        },
        Book: {
          __resolveReference: ({ id }) => ({ id }),
          stars: ({ id }) => Number(id) + 3,
          reviewOf: () => ({ __typename: "Film", id: "2" }),
        },
        Film: { __resolveReference: ({ id }) => ({ id }), stars: () => null, reviewOf: () => null },
      },
    },
    songs: {
      sdl: `type Song @key(fields: "id") { id: ID! stars: Int } union Heard = Song type Query { heard: Heard }`,
      resolvers: {
        Query: { heard: () => ({ __typename: "Song", id: "3" }) },
        Song: { __resolveReference: ({ id }) => ({ id }), stars: () => 5 },
      },
    },
  }),
  [
    {
      does: "answers fields of the interface and of its types",
      query: "{ items { id title ... on Book { pages } ... on Film { minutes } } }",
      data: {
        items: [
          { id: "1", title: "Sult", pages: 300 },
          { id: "2", title: "Nosferatu", minutes: 90 },
          { id: "3", title: "Erlkönig" },
          null,
        ],
      },
    },
    {
      does: "joins each type with the subgraph that knows more of it, in the caller's order",
      query:
        "{ items { ... on Book { stars id } ... on Song { id stars } __typename ... on Film { stars } } }",
      data: {
        items: [
          { stars: 4, id: "1", __typename: "Book" },
          { __typename: "Film", stars: null },
          { id: "3", stars: 5, __typename: "Song" },
          null,
        ],
      },
      requests: { shop: 1, reviews: 1, songs: 1 },
    },
    {
      does: "takes fragments on an interface that only another subgraph knows",
      query: "{ items { id ... on Rated { stars reviewOf { ... on Film { minutes } } } } }",
      data: {
        items: [
          { id: "1", stars: 4, reviewOf: { minutes: 90 } },
          { id: "2", stars: null, reviewOf: null },
          { id: "3" },
          null,
        ],
      },
    },
    {
      does: "goes from an interface of one subgraph to that of another",
      query: "{ rated { stars ... on Item { title } __typename } }",
      data: {
        rated: [
          { stars: null, title: "Nosferatu", __typename: "Film" },
          { stars: 4, title: "Sult", __typename: "Book" },
        ],
      },
    },
    {
      does: "answers a member of a union without a selection with an empty object",
      query: "{ anything { ... on Book { title } ... on Item { ... on Film { id stars } } } }",
      data: { anything: [{ title: "Sult" }, {}, { id: "2", stars: null }] },
    },
    {
      does: "gives one response name different meanings in different types",
      query: "{ anything { ... on Book { x: pages } ... on Film { x: minutes } ... on Pen { x: colour } } }",
      data: undefined,
      errors: [" GRAPHQL_VALIDATION_FAILED"],
    },
    {
      does: "gives one response name different fields of one type in different types",
      query: "{ items { ... on Book { x: pages y: stars } ... on Film { x: minutes y: stars } } }",
      data: { items: [{ x: 300, y: 4 }, { x: 90, y: null }, {}, null] },
    },
    {
      does: "reads lists of lists of interfaces",
      query: "{ grid { __typename ... on Book { stars } ... on Song { stars } } }",
      data: {
        grid: [
          [{ __typename: "Book", stars: 4 }, { __typename: "Film" }],
          [],
          null,
          [
            { __typename: "Song", stars: 5 },
            { __typename: "Book", stars: 4 },
          ],
        ],
      },
    },
    {
      does: "takes named fragments within fragments",
      query: `{ items { ...all } } fragment all on Item { ...book ... on Song { stars } } fragment book on Book { pages ...rated }
        fragment rated on Rated { stars }`,
      data: { items: [{ pages: 300, stars: 4 }, {}, { stars: 5 }, null] },
    },
    {
      does: "has __typename under aliases",
      query:
        '{ a: __typename item(id: "2") { kind: __typename __typename ... on Film { too: __typename } } }',
      data: { a: "Query", item: { kind: "Film", __typename: "Film", too: "Film" } },
    },
    {
      does: "tells types apart although another field is called __typename",
      query: "{ items { __typename: title ... on Book { stars } ... on Film { minutes stars } } }",
      data: {
        items: [
          { __typename: "Sult", stars: 4 },
          { __typename: "Nosferatu", minutes: 90, stars: null },
          { __typename: "Erlkönig" },
          null,
        ],
      },
    },
    {
      does: "joins the members of a union of one",
      query: "{ heard { ... on Song { title stars } } }",
      data: { heard: { title: "Erlkönig", stars: 5 } },
    },
  ],
);

const media = [
  { __typename: "Clip", id: "1", seconds: 30 },
  { __typename: "Image", id: "2" },
];

judge(
  "interface objects",
  () => ({
    media: {
      sdl: `type Query { media: [Media!]! one(id: ID!): Media albums: [Album!]! }
        interface Media @key(fields: "id") { id: ID! author: String }
        type Clip implements Media @key(fields: "id") { id: ID! author: String seconds: Int! }
        type Image implements Media @key(fields: "id") { id: ID! author: String }
        type Album { cover: Media }`,
      resolvers: {
        Query: {
          media: () => media,
          one: (_, { id }) => media.find((one) => one.id === id),
          albums: () => [{ cover: media[1] }, { cover: null }],
        },
        Media: { __resolveReference: ({ id }) => media.find((one) => one.id === id) },
        Clip: { __resolveReference: byKey(media, "id"), author: ({ id }) => `author ${id}` },
        Image: { __resolveReference: byKey(media, "id"), author: ({ id }) => `author ${id}` },
      },
    },
    likes: {
      sdl: `type Query { best: [Media!]! } type Media @key(fields: "id") @interfaceObject { id: ID! author: String @external
          likes: Int! credit: String @requires(fields: "author") fans: [Fan!]! }
        type Fan @key(fields: "name") { name: String! favourite: Media }`,
      resolvers: {
        Query: { best: () => [{ id: "2" }, { id: "1" }] },
        Media: {
          __resolveReference: (one) => one,
          likes: ({ id }) => Number(id) * 100,
          credit: ({ author }) => `by ${author}`,
          fans: ({ id }) => [{ name: `fan ${id}`, favourite: { id: "1" } }],
        },
      },
    },
    tags: {
      sdl: `type Media @key(fields: "id") @interfaceObject { id: ID! tags: [String!]! }`,
      resolvers: { Media: { __resolveReference: ({ id }) => ({ id }), tags: ({ id }) => [`t${id}`] } },
    },
  }),
  [
    {
      does: "give every implementation their fields",
      query: "{ media { id likes } }",
      data: {
        media: [
          { id: "1", likes: 100 },
          { id: "2", likes: 200 },
        ],
      },
      requests: { media: 1, likes: 1 },
    },
    {
      does: "give them inside a fragment on an implementation",
      query: "{ media { ... on Clip { likes tags seconds } __typename } }",
      data: {
        media: [{ likes: 100, tags: ["t1"], seconds: 30, __typename: "Clip" }, { __typename: "Image" }],
      },
    },
    {
      does: "are told their real types by the interface's owner",
      query: "{ best { __typename id likes ... on Clip { seconds } } }",
      data: {
        best: [
          { __typename: "Image", id: "2", likes: 200 },
          { __typename: "Clip", id: "1", likes: 100, seconds: 30 },
        ],
      },
    },
    {
      does: "are answered without the owner where nobody asks for types",
      query: "{ best { id likes } }",
      data: {
        best: [
          { id: "2", likes: 200 },
          { id: "1", likes: 100 },
        ],
      },
      requests: { media: 0, likes: 1 },
    },
    {
      does: "lead to each other",
      query: "{ best { tags } }",
      data: { best: [{ tags: ["t2"] }, { tags: ["t1"] }] },
    },
    {
      does: "compute from required fields of the implementations",
      query: '{ media { credit } one(id: "2") { credit author } }',
      data: {
        media: [{ credit: "by author 1" }, { credit: "by author 2" }],
        one: { credit: "by author 2", author: "author 2" },
      },
    },
    {
      does: "are reached through types that are not keyed, and back",
      query: "{ albums { cover { likes fans { name favourite { ... on Clip { seconds } author } } } } }",
      data: {
        albums: [
          {
            cover: { likes: 200, fans: [{ name: "fan 2", favourite: { seconds: 30, author: "author 1" } }] },
          },
          { cover: null },
        ],
      },
    },
  ],
);

judge(
  "an interface object whose implementations its own subgraph does not know",
  () => ({
    a: {
      sdl: `type Query { a: Node product: Product }
        interface Node @key(fields: "id") { id: ID! } type Leaf implements Node @key(fields: "id") { id: ID! }
        interface Product @key(fields: "id", resolvable: false) { id: ID! }
        type Bread implements Product @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          a: () => ({ __typename: "Leaf", id: "n1" }),
          product: () => ({ __typename: "Bread", id: "p1" }),
        },
        Node: { __resolveReference: ({ id }) => (id === "n1" ? { __typename: "Leaf", id } : null) },
      },
    },
    b: {
      sdl: `type Query { b: Node } type Node @key(fields: "id") @interfaceObject { id: ID! field: String }
        type Product @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
      resolvers: {
        Query: { b: () => ({ id: "n1", field: "f" }) },
        Node: { __resolveReference: ({ id }) => ({ id, field: "f" }) },
      },
    },
    c: {
      sdl: `type Query { lost: Node } type Node @key(fields: "id") @interfaceObject { id: ID! other: Int }`,
      resolvers: {
        Query: { lost: () => ({ id: "gone" }) },
        Node: { __resolveReference: ({ id }) => ({ id, other: 7 }) },
      },
    },
  }),
  [
    {
      does: "answers its own fields alone",
      query: "{ b { id field } }",
      data: { b: { id: "n1", field: "f" } },
    },
    {
      does: "is joined from the interface",
      query: "{ a { field other } }",
      data: { a: { field: "f", other: 7 } },
    },
    {
      does: "answers a fragment on an implementation of a key that nobody resolves",
      query: "{ product { ... on Bread { id } } }",
      data: { product: { id: "p1" } },
    },
    {
      does: "is null with an error where the interface's owner does not know its type",
      query: "{ lost { __typename id } }",
      data: { lost: null },
      errors: ["lost… *"],
    },
  ],
);

const plainThing = (type: string) => `type ${type} @key(fields: "id") { id: ID! vendor: Vendor! }`;
const inBoth = (book: string, film: string) =>
  `{ all { ...on Book { vendor { ${book} } } ...on Film { vendor { ${film} } } } }`;

judge(
  "the members of a union, with objects of another subgraph below them",
  () => ({
    shop: {
      sdl: `type Query { all: [Thing!]! } union Thing = Book | Film ${plainThing("Book")} ${plainThing("Film")}
        type Vendor @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          all: () =>
            ["Book", "Film"].map((type, i) => ({ __typename: type, id: i, vendor: { id: `v${i}` } })),
        },
      },
    },
    prices: {
      sdl: `type Vendor @key(fields: "id") { id: ID! price(in: String!): String! name: String! broken(in: String): Int }`,
      resolvers: {
        Vendor: {
          __resolveReference: byKey([{ id: "v0" }, { id: "v1" }], "id"),
          price: (_, args) => `1 ${args.in}`,
          name: ({ id }) => `name ${id}`,
          broken: ({ id }, args) => {
            if (id === "v1" && args.in === "USD") throw new Error("broken");
            return 1;
          },
        },
      },
    },
  }),
  [
    {
      does: "have arguments of their own under one response name",
      query: inBoth('price(in: "EUR")', 'price(in: "USD")'),
      data: { all: [{ vendor: { price: "1 EUR" } }, { vendor: { price: "1 USD" } }] },
      requests: { shop: 1, prices: 1 },
    },
    {
      does: "have fields of their own under one response name",
      query: inBoth('x: price(in: "EUR")', "x: name"),
      data: { all: [{ vendor: { x: "1 EUR" } }, { vendor: { x: "name v1" } }] },
      requests: { shop: 1, prices: 1 },
    },
    {
      does: "tell errors under the response name that was asked for",
      query: inBoth('broken(in: "EUR")', 'broken(in: "USD")'),
      data: { all: [{ vendor: { broken: 1 } }, { vendor: { broken: null } }] },
      errors: ["all.1.vendor.broken *"],
    },
  ],
);

judge(
  "an interface's own key beside a key of one of its types",
  () => ({
    shop: {
      sdl: `interface Item @key(fields: "id") { id: ID! label: String }
        type Query { items: [Item] }
        type Book implements Item @key(fields: "id") {
          id: ID! label: String pages: Int @external length: String @requires(fields: "pages") }
        type Film implements Item @key(fields: "id") { id: ID! label: String }`,
      resolvers: {
        Query: { items: () => [{ __typename: "Book", id: "b1", label: "one" }] },
        Item: {
          __resolveReference: ({ id }) => ({
            __typename: id.startsWith("b") ? "Book" : "Film",
            id,
            label: id,
          }),
        },
        Book: {
          __resolveReference: (sent) => ({ label: sent.id, ...sent }),
          length: ({ pages }) => {
            if (pages === undefined) throw new Error("pages was not sent");
            return `${pages} pages`;
          },
        },
      },
    },
    press: {
      sdl: `type Book @key(fields: "id") { id: ID! pages: Int sequel: Book }`,
      resolvers: {
        Book: {
          __resolveReference: ({ id }) => ({
            id,
            pages: 300,
            sequel: { __typename: "Book", id: "b2", pages: null },
          }),
        },
      },
    },
    notes: {
      sdl: `type Item @key(fields: "id") @interfaceObject {
        id: ID! label: String @external note: String @requires(fields: "label") }`,
      resolvers: {
        Item: { __resolveReference: (sent) => sent, note: ({ label }) => `note on ${label}` },
      },
    },
  }),
  [
    {
      does: "sends what is computed from to the type, and the interface's name for the other",
      query: "{ items { ... on Book { sequel { note length } } } }",
      data: { items: [{ sequel: { note: "note on b2", length: "null pages" } }] },
    },
    {
      does: "goes by the interface's name where that is an object",
      query: "{ items { id ... on Book { note } } }",
      data: { items: [{ id: "b1", note: "note on one" }] },
    },
  ],
);
