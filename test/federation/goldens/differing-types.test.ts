// Types that subgraphs declare differently: unions of other members, fields that may be null in one of them only.
import { judge } from "../support/golden.ts";
import { byKey } from "../support/mesh.ts";

const alpha = { __typename: "Alpha", id: "a", value: 1 };
const beta = { __typename: "Beta", id: "b", name: "beta" };
const gamma = { __typename: "Gamma", id: "g", label: "gamma" };

judge(
  "a union below shared fields of which another subgraph knows one member",
  () => ({
    all: {
      sdl: `type Query { answer: Answer @shareable } type Answer @shareable { message: String actions: [Action!]! }
        union Action = Alpha | Beta | Gamma type Alpha @shareable { id: ID! value: Int }
        type Beta { id: ID! name: String } type Gamma { id: ID! label: String }`,
      resolvers: { Query: { answer: () => ({ message: "m", actions: [alpha, beta, gamma] }) } },
    },
    one: {
      sdl: `type Query { other: Answer } type Answer @shareable { message: String actions: [Action!]! }
        union Action = Alpha type Alpha @shareable { id: ID! value: Int }`,
      resolvers: { Query: { other: () => ({ message: "o", actions: [alpha] }) } },
    },
  }),
  [
    {
      does: "is asked of the one that knows them all",
      query:
        "{ answer { message actions { __typename ... on Alpha { id value } ... on Beta { id name } ... on Gamma { id label } } } }",
      data: { answer: { message: "m", actions: [alpha, beta, gamma] } },
      requests: { all: 1, one: 0 },
    },
    {
      does: "is asked so for members that the other does not know",
      query: "{ answer { actions { ... on Beta { name } ... on Gamma { label } } } }",
      data: { answer: { actions: [{}, { name: "beta" }, { label: "gamma" }] } },
    },
    {
      does: "is asked for no member that the subgraph on the way does not know",
      query: "{ other { actions { ... on Alpha { id } ... on Beta { name } } } }",
      data: { other: { actions: [{ id: "a" }] } },
    },
  ],
);

const common = { __typename: "Common", label: "c" };
const onlyA = { __typename: "OnlyA", a: "a" };
const onlyB = { __typename: "OnlyB", b: "b" };
const wrapped = (...actions: object[]) => ({ wrapper: { actions } });
const container = (root: string, wrapper: string) =>
  `{ ${root} { ${wrapper} { actions { __typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } } } }`;

judge(
  "a union of which two subgraphs know different members",
  () => ({
    a: {
      sdl: `type Query { rootA: Container shared: Container @shareable }
        type Container @key(fields: "id") { id: ID! wrapper: Wrapper @shareable }
        type Wrapper @shareable { actions: [Action!]! } union Action = Common | OnlyA
        type Common @shareable { label: String } type OnlyA { a: String }`,
      resolvers: {
        Query: {
          rootA: () => ({ id: "1", ...wrapped(common, onlyA) }),
          shared: () => ({ id: "1", ...wrapped(common) }),
        },
        Container: { __resolveReference: ({ id }) => ({ id, ...wrapped(common, onlyA) }) },
      },
    },
    b: {
      sdl: `type Query { rootB: Container shared: Container @shareable }
        type Container @key(fields: "id") { id: ID! wrapper: Wrapper @shareable bWrapper: Wrapper }
        type Wrapper @shareable { actions: [Action!]! } union Action = Common | OnlyB
        type Common @shareable { label: String } type OnlyB { b: String }`,
      resolvers: {
        Query: {
          rootB: () => ({ id: "1", ...wrapped(common, onlyB) }),
          shared: () => ({ id: "1", ...wrapped(common) }),
        },
        Container: {
          __resolveReference: ({ id }) => ({ id }),
          bWrapper: () => wrapped(common, onlyB).wrapper,
        },
      },
    },
  }),
  [
    {
      does: "has the members of the subgraph that is asked anyway",
      query: container("rootA", "wrapper"),
      data: { rootA: wrapped(common, onlyA) },
      requests: { a: 1, b: 0 },
    },
    {
      does: "has those of the other where that one is asked",
      query: container("rootB", "wrapper"),
      data: { rootB: wrapped(common, onlyB) },
      requests: { a: 0, b: 1 },
    },
    {
      does: "is asked for no member that only the subgraph further on knows",
      query: "{ rootA { wrapper { actions { __typename ... on OnlyB { b } } } } }",
      data: { rootA: { wrapper: { actions: [{ __typename: "Common" }, { __typename: "OnlyA" }] } } },
      requests: { a: 1, b: 0 },
    },
    {
      does: "has what both know below a shared one",
      query: container("shared", "wrapper"),
      data: { shared: wrapped(common) },
    },
    {
      does: "has the members of the subgraph that a field leads to",
      query: container("rootA", "bWrapper"),
      data: { rootA: { bWrapper: wrapped(common, onlyB).wrapper } },
    },
  ],
);

const users = [
  { __typename: "User", id: "u1", name: "Ann", age: 30 },
  { __typename: "Admin", id: "u2", name: null, photo: "p" },
];

judge(
  "fields of one name that may be null in one member or subgraph only",
  () => ({
    people: {
      sdl: `type Query { users: [User!]! } type User @key(fields: "id") { id: ID age: Int }`,
      resolvers: { Query: { users: () => [users[0]] }, User: { __resolveReference: byKey(users, "id") } },
    },
    accounts: {
      sdl: `type Query { accounts: [Account!]! } union Account = User | Admin
        type User @key(fields: "id") { id: ID! name: String! }
        type Admin { id: ID name: String photo: String }`,
      resolvers: {
        Query: { accounts: () => users },
        User: { __resolveReference: byKey(users, "id") },
      },
    },
  }),
  [
    {
      does: "are answered under one response name",
      query: "{ accounts { ... on User { id } ... on Admin { id photo } } }",
      data: { accounts: [{ id: "u1" }, { id: "u2", photo: "p" }] },
    },
    {
      does: "are joined where the key may be null in the first subgraph",
      query: "{ users { id age name } }",
      data: { users: [{ id: "u1", age: 30, name: "Ann" }] },
    },
    {
      does: "are refused under one response name where the mesh itself tells them apart",
      query: "{ accounts { ... on User { name } ... on Admin { name } } }",
      data: undefined,
      errors: [" GRAPHQL_VALIDATION_FAILED"],
    },
  ],
);

const link = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@composeDirective"])
  @link(url: "https://mesh.example/access/v1.0", import: ["@access"]) @composeDirective(name: "@access")
  enum Scope { PUBLIC PRIVATE }`;

judge(
  "directives for operations that are composed",
  () => ({
    a: {
      sdl: `${link} directive @access(scope: Scope!) on FIELD type Query { a: String e: E } type E @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { a: () => "a", e: () => ({ id: "1" }) } },
    },
    b: {
      sdl: `${link} directive @access(scope: Scope! = PUBLIC) on FIELD type Query { b: String }
        type E @key(fields: "id") { id: ID! f: Int }`,
      resolvers: {
        Query: { b: () => "b" },
        E: { __resolveReference: ({ id }) => ({ id, f: 7 }) },
      },
    },
  }),
  [
    {
      does: "are taken by every subgraph, with the default that one of them gives",
      query: "{ a @access b @access e { f @access(scope: PRIVATE) } }",
      data: { a: "a", b: "b", e: { f: 7 } },
    },
    {
      does: "take variables",
      query:
        "query ($s: Scope!) { x: a @access(scope: $s) e @access(scope: $s) { id f @access(scope: $s) } }",
      variables: { s: "PRIVATE" },
      data: { x: "a", e: { id: "1", f: 7 } },
    },
  ],
);
