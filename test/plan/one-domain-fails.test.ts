// One domain that fails or is slow: its fields are told, the others answered, and nothing is half right.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPort } from "weft/sdk";
import { type HttpServer, httpServer } from "../gateway/support/http-server.ts";
import { type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";
import { workshopProducts } from "./support/workshop-mesh.ts";

type How = "answers" | "fails" | "is slow" | "answers the first alone";

let gateway: TestGateway;
let trade: HttpServer;
let how: How = "answers";
let asked = 0;
const opened: AsyncDisposable[] = [];

beforeAll(async () => {
  const { workshop, trade: traders, geography } = workshopProducts;
  const ports = await Promise.all([startPort(workshop), startPort(traders), startPort(geography)]);
  const [, behind] = ports;
  trade = await httpServer(async (response, { method, headers, body }) => {
    const isAsked = method === "POST" && !body.includes("_service");
    if (isAsked) asked++;
    if (isAsked && (how === "fails" || (how === "answers the first alone" && asked > 1))) {
      response.writeHead(500, { "content-type": "text/plain" }).end("out of order");
      return;
    }
    if (isAsked && how === "is slow") return;
    const answer = await fetch(`${behind.url}/graphql`, {
      method: method ?? "POST",
      headers: { "content-type": String(headers["content-type"] ?? "application/json") },
      ...(body !== "" && { body }),
    });
    response
      .writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "application/json" })
      .end(await answer.text());
  });
  gateway = await testGateway({
    subgraphs: {
      workshop: `${ports[0].url}/graphql`,
      trade: `${trade.url}/graphql`,
      geography: `${ports[2].url}/graphql`,
    },
    fetch: { headersTimeoutMs: 1_000, retriesMax: 0, failuresMax: 1_000 },
  });
  opened.push(...ports, trade, gateway);
  await gateway.live();
});
afterAll(async () => {
  for (const each of opened.reverse()) await each[Symbol.asyncDispose]();
});

const ask = (query: string, as: How) => {
  how = as;
  asked = 0;
  return gateway.ask(query).finally(() => {
    how = "answers";
  });
};

const beside = "cities { id }";
const cities = [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }];
const needs: readonly [string, string][] = [
  ["a key set", "parts(where: { maker: { stars: { _gte: 2 } } }) { id }"],
  ["a key set under `not`", "parts(where: { _not: { maker: { stars: { _gte: 2 } } } }) { id }"],
  ["a column that is sorted by", "parts(order_by: [{ maker: { name: asc } }]) { id }"],
  ["a page that is sorted by it", "parts(order_by: [{ maker: { name: asc } }], limit: 3) { id }"],
  ["a key of groups", "parts_groups { by { maker { name } } aggregate { count } }"],
  [
    "a key set of an aggregate",
    "parts_aggregate(where: { maker: { stars: { _gte: 2 } } }) { aggregate { count } }",
  ],
  [
    "the order of a list beneath an object",
    "parts(order_by: [{ weight: asc }], limit: 2) { places(where: { orders: { quantity: { _gt: 3 } } }) { row } }",
  ],
];

describe("a domain that fails", () => {
  it.each(needs)("is told of where the field needs it for %s", async (_, field) => {
    const { data, errors } = await ask(`{ ${beside} found: ${field} }`, "fails");
    expect(errors).toMatchObject([{ path: ["found"], extensions: { subgraph: "trade" } }]);
    expect(data === null || data.found === null).toBe(true);
  });
});

describe("a domain that is slow", () => {
  it("is told of in its time", async () => {
    const { data, errors } = await ask(`{ ${beside} found: ${needs[0]?.[1]} }`, "is slow");
    expect(errors).toMatchObject([
      { path: ["found"], extensions: { code: "SUBGRAPH_TIMEOUT", subgraph: "trade" } },
    ]);
    expect(data).toBe(null);
  });
});

describe("a field that may be null", () => {
  it("is null, and the others are answered", async () => {
    const field =
      "part: parts_by_pk(id: 3) { id places(where: { orders: { quantity: { _gt: 3 } } }) { row } }";
    const { data, errors } = await ask(`{ ${beside} ${field} }`, "fails");
    expect(errors).toMatchObject([{ path: ["part"], extensions: { subgraph: "trade" } }]);
    expect(data).toEqual({ cities, part: null });
  });
  it("is answered as soon as the domain is back", async () => {
    const field =
      "part: parts_by_pk(id: 3) { id places(where: { orders: { quantity: { _gte: 0 } } }) { row } }";
    const { data, errors } = await ask(`{ ${beside} ${field} }`, "answers");
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ cities, part: { id: 3 } });
  });
});

describe("what a domain fails to add to objects that were found", () => {
  it("is null at its place, and the list is whole", async () => {
    const { data, errors } = await ask(
      "{ parts(where: { maker: { stars: { _gte: 2 } } }, limit: 3) { id maker { name } } }",
      "answers the first alone",
    );
    expect(data.parts).toHaveLength(3);
    expect(data.parts.map(({ maker }: { maker: { name: unknown } | null }) => maker?.name ?? null)).toEqual([
      null,
      null,
      null,
    ]);
    expect(
      errors?.every(({ path, extensions }) => path?.[0] === "parts" && extensions.subgraph === "trade"),
    ).toBe(true);
    expect(errors?.length).toBeGreaterThan(0);
  });
});
