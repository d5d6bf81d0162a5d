// Mutations: one after the other in the caller's order, whoever answers them, each with the entities it leads to.
import { judge } from "../support/golden.ts";
import type { MeshDefinition } from "../support/mesh.ts";

/** Every step is written down in the order it happens, for all subgraphs together. */
const counter = (): MeshDefinition => {
  const steps: string[] = [];
  let total = 0;
  const step = (text: string) => {
    steps.push(text);
    return steps.length;
  };
  return {
    adding: {
      sdl: `type Query { total: Int! steps: [String!]! }
        type Mutation { start: Int! add(n: Int!): Count! fail: Int }
        type Count @key(fields: "id") { id: ID! total: Int! }`,
      resolvers: {
        Query: { total: () => total, steps: () => steps },
        Mutation: {
          start: () => {
            steps.length = 0;
            total = 0;
            return 0;
          },
          add: (_, { n }) => {
            total += n;
            return { id: String(step(`add ${n}`)), total };
          },
          fail: () => {
            step("fail");
            throw new Error("no");
          },
        },
      },
    },
    multiplying: {
      sdl: `type Mutation { multiply(by: Int!): Int! reset(input: Reset = { to: 1 }): Reset2 }
        input Reset { to: Int! = 5 } type Reset2 { total: Int count: Count }
        type Count @key(fields: "id") { id: ID! note: String! }`,
      resolvers: {
        Mutation: {
          multiply: (_, { by }) => {
            step(`multiply ${by}`);
            total *= by;
            return total;
          },
          reset: (_, { input }) => {
            step(`reset ${input.to}`);
            total = input.to;
            return { total, count: { id: "9" } };
          },
        },
        Count: {
          __resolveReference: ({ id }) => {
            step(`note ${id}`);
            return { id };
          },
          note: ({ id }) => `note ${id} of ${total}`,
        },
      },
    },
  };
};

judge("mutations", counter, [
  {
    does: "of several subgraphs run in the order of the caller",
    query:
      "mutation { start a: add(n: 2) { total } multiply(by: 10) b: add(n: 1) { total } c: multiply(by: 2) }",
    data: { start: 0, a: { total: 2 }, multiply: 20, b: { total: 21 }, c: 42 },
  },
  {
    does: "have run once each",
    query: "{ steps total }",
    data: { steps: ["add 2", "multiply 10", "add 1", "multiply 2"], total: 42 },
  },
  {
    does: "run once where a condition repeats them",
    query:
      "mutation ($t: Boolean!) { start a: add(n: 2) { id } multiply(by: 10) a: add(n: 2) @include(if: $t) { total } }",
    variables: { t: true },
    data: { start: 0, a: { id: "1", total: 2 }, multiply: 20 },
  },
  {
    does: "run once where the condition does not hold",
    query:
      "mutation ($t: Boolean!) { start a: add(n: 2) { id } multiply(by: 10) ...F @include(if: $t) } fragment F on Mutation { a: add(n: 2) { total } fail }",
    variables: { t: false },
    data: { start: 0, a: { id: "1" }, multiply: 20 },
  },
  {
    does: "run in that order out of fragments, too",
    query: `mutation ($t: Boolean!) { ... on Mutation { start } multiply(by: 10) ...F ... on Mutation { c: multiply(by: 3) }
      ... @include(if: $t) { d: add(n: 1) { total } } e: multiply(by: 2) ... @include(if: $t) { f: add(n: 1) { total } } }
      fragment F on Mutation { a: add(n: 2) { total } b: multiply(by: 4) }`,
    variables: { t: true },
    data: {
      start: 0,
      multiply: 0,
      a: { total: 2 },
      b: 8,
      c: 24,
      d: { total: 25 },
      e: 50,
      f: { total: 51 },
    },
  },
  {
    does: "are followed by what their entities need from others",
    query: "mutation { start add(n: 5) { id total note } multiply(by: 3) }",
    data: { start: 0, add: { id: "1", total: 5, note: "note 1 of 5" }, multiply: 15 },
  },
  {
    does: "go on after one that failed, where it may be null",
    query: "mutation { start fail add(n: 1) { total } multiply(by: 4) }",
    data: { start: 0, fail: null, add: { total: 1 }, multiply: 4 },
    errors: ["fail *"],
  },
  {
    does: "take variables, defaults and conditions",
    query: `mutation Go($n: Int = 3, $no: Boolean!) { start add(n: $n) { total } multiply(by: 2) @skip(if: $no)
      reset { total count { id note } } __typename }`,
    variables: { no: true },
    data: {
      start: 0,
      add: { total: 3 },
      reset: { total: 1, count: { id: "9", note: "note 9 of 1" } },
      __typename: "Mutation",
    },
  },
  {
    does: "may be one subgraph's alone",
    query: "mutation { a: multiply(by: 0) b: reset(input: { to: 6 }) { total } c: multiply(by: 7) }",
    data: { a: 0, b: { total: 6 }, c: 42 },
    requests: { multiplying: 1, adding: 0 },
  },
]);
