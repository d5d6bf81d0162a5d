// The slice: keys of one subgraph's rows, filtered here, become the question of another's, all by a plan made by hand.
import { type OperationDefinitionNode, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { compile } from "../../gateway/execute/compile.ts";
import { openJsonWriter } from "../../gateway/execute/json-writer.ts";
import type { Runtime } from "../../gateway/execute/runtime.ts";
import { openSupergraph, type Supergraph } from "../../gateway/federation/supergraph.ts";
import { openSubgraphs } from "../../gateway/fetch/open-subgraphs.ts";
import { mintOperation } from "../../gateway/operation/operation.ts";
import { buildPlan } from "../../gateway/plan/build.ts";
import type { Plan, RowsPlan } from "../../gateway/plan/plan.ts";
import { permit } from "../../gateway/policy/permit.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import type { Predicate } from "../../schema/product/predicate.ts";
import { type MeshDefinition, supergraphOf } from "../federation/support/mesh.ts";
import { graphqlSubgraph } from "../gateway/support/graphql-subgraph.ts";
import type { HttpServer } from "../gateway/support/http-server.ts";

const { operation: limits, fetch } = configSchema
  .pick({ operation: true, fetch: true })
  .parse({ operation: {}, fetch: {} });
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n';

const people = [
  { id: "p1", name: "Ann", city: "Paris", born: 1990 },
  { id: "p2", name: "Bob", city: null, born: 1980 },
  { id: "p3", name: "Cid", city: "parma", born: null },
  { id: "p4", name: "Dee", city: "Parma", born: 1970 },
];
const orders = [
  { id: "o1", buyer: "p4", total: 10 },
  { id: "o2", buyer: "p1", total: 20 },
  { id: "o3", buyer: "p2", total: 30 },
  { id: "o4", buyer: "p1", total: 40 },
  { id: "o5", buyer: "p3", total: 50 },
];
const sdls = {
  people: `${link} type Query { people: [Person!]! }
    type Person @key(fields: "id") { id: ID! name: String! city: String born: Int }`,
  orders: `${link} type Query { orders(of: [ID!]!, least: Int = 0): [Order!]! }
    type Order { id: ID! buyer: Person! total: Int! } type Person @key(fields: "id") { id: ID! }`,
};

const opened: AsyncDisposable[] = [];
let supergraph: Supergraph;
let runtime: Runtime;
let servers: Readonly<Record<"people" | "orders", HttpServer>>;

beforeAll(async () => {
  const byId = ({ id }: { id: string }) => people.find((each) => each.id === id) ?? null;
  const found = (_: never, { of, least }: { of: readonly string[]; least: number }) =>
    orders
      .filter(({ buyer, total }) => of.includes(buyer) && total >= least)
      .map((order) => ({ ...order, buyer: { id: order.buyer } }));
  servers = {
    people: await graphqlSubgraph(sdls.people, {
      Query: { people: () => people },
      Person: { __resolveReference: byId as never },
    }),
    orders: await graphqlSubgraph(sdls.orders, { Query: { orders: found } }),
  };
  const mesh: MeshDefinition = { people: { sdl: sdls.people }, orders: { sdl: sdls.orders } };
  const urls = { people: servers.people.url, orders: servers.orders.url };
  supergraph = await openSupergraph(supergraphOf(mesh, urls), limits);
  const subgraphs = openSubgraphs({ observe: () => {} }, fetch);
  opened.push(supergraph, subgraphs, servers.people, servers.orders);
  runtime = {
    schema: supergraph.apiSchema,
    subgraphs: supergraph.subgraphs,
    ask: subgraphs.ask,
    out: openJsonWriter(),
    limits: { ...limits, representationsMax: fetch.representationsMax },
  };
});
afterAll(async () => {
  for (const each of opened) await each[Symbol.asyncDispose]();
});

async function federated(text: string): Promise<Plan> {
  const document = parse(text);
  const definition = document.definitions[0] as OperationDefinitionNode;
  const permitted = permit(mintOperation({ text, document, definition, name: undefined }, limits), limits);
  const planned = await supergraph.plan({ text, operationName: undefined });
  if (planned.kind === "invalid") throw new Error(JSON.stringify(planned.errors));
  return buildPlan(permitted, { fetches: planned });
}

const columns = { id: "ID", city: "String", born: "Int" } as const;

async function filtered(predicate: Predicate): Promise<RowsPlan> {
  const of = await federated("{ people { id city born } }");
  return { kind: "residual-filter", input: { kind: "list", name: "people", of }, predicate, columns };
}

async function joined(predicate: Predicate): Promise<Plan> {
  const rows = await filtered(predicate);
  const into = await federated(
    "query ($keys: [ID!]!, $least: Int) { orders(of: $keys, least: $least) { id total buyer { name } } }",
  );
  return { kind: "semi-join", keys: { kind: "key-set", rows, column: "id" }, variable: "keys", into };
}

async function answer(
  plan: Plan,
  variables: Readonly<Record<string, unknown>> = {},
  changed: Partial<Runtime["limits"]> = {},
) {
  const run = compile(plan, { ...runtime, limits: { ...runtime.limits, ...changed } });
  const asking = { signal: AbortSignal.timeout(10_000), visibility: mintVisibility({}, []) };
  const { data, errors } = await run({ asking, variables });
  expect(errors).toBeUndefined();
  return JSON.parse(String(data));
}

const fromParma: Predicate = { kind: "match", column: "city", operator: "_ilike", pattern: "par%a" };
const notOld: Predicate = {
  kind: "not",
  of: { kind: "compare", column: "born", operator: "_lt", value: 1985 },
};
const order = (id: string, total: number, name: string) => ({ id, total, buyer: { name } });

describe("orders of people that were filtered here", () => {
  it.each<[string, Predicate, Readonly<Record<string, unknown>>, readonly object[]]>([
    ["are those of the people found", fromParma, {}, [order("o1", 10, "Dee"), order("o5", 50, "Cid")]],
    [
      "are not those of people of whom it is unknown",
      notOld,
      {},
      [order("o2", 20, "Ann"), order("o4", 40, "Ann")],
    ],
    ["take the caller's variables too", notOld, { least: 30 }, [order("o4", 40, "Ann")]],
    [
      "take the keys, whatever the caller calls so",
      notOld,
      { keys: ["p2"], least: 30 },
      [order("o4", 40, "Ann")],
    ],
    ["are none where nobody is found", { kind: "or", of: [] }, {}, []],
  ])("%s", async (_, predicate, variables, found) => {
    expect(await answer(await joined(predicate), variables)).toEqual({ orders: found });
  });

  it("are asked for with the keys alone, as variables", async () => {
    const before = servers.orders.received.length;
    await answer(await joined(fromParma));
    const asked = servers.orders.received.slice(before).map(({ body }) => JSON.parse(body).variables);
    expect(asked).toEqual([{ keys: ["p3", "p4"] }]);
  });

  it("are refused where the keys are too many", async () => {
    const plan = await joined({ kind: "and", of: [] });
    await expect(answer(plan, {}, { keysMax: 3 })).rejects.toMatchObject({ code: "KEY_SET_MAX" });
    expect(await answer(plan, {}, { keysMax: 4 })).toMatchObject({
      orders: orders.map(({ id }) => ({ id })),
    });
  });
});

describe("people that were filtered here", () => {
  it("are answered under the name of the plan", async () => {
    const plan: Plan = { kind: "rows", name: "found", rows: await filtered(fromParma) };
    expect(await answer(plan)).toEqual({
      found: [
        { id: "p3", city: "parma", born: null },
        { id: "p4", city: "Parma", born: 1970 },
      ],
    });
  });
});
