// Connections to subgraphs last as long as a supergraph that names their address, and no longer.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema } from "graphql";
import { expect, it, vi } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { openSubgraphs, type Subgraphs } from "../../gateway/fetch/open-subgraphs.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import { serveSupergraph } from "../../gateway/server/serve-supergraph.ts";

const config = configSchema.pick({ operation: true, fetch: true }).parse({ operation: {}, fetch: {} });

/** A subgraph that counts those who are connected. */
async function countingSubgraph() {
  const server = createServer((_, response) => response.end('{"data":{}}'));
  let connected = 0;
  server.on("connection", (socket) => {
    connected++;
    socket.on("close", () => connected--);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    connected: () => connected,
    has: (count: number) => vi.waitFor(() => expect(connected).toBe(count)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const ask = ({ ask }: Subgraphs, name: string, url: string) =>
  ask(
    { name, url },
    { kind: "query", body: "{}" },
    { signal: AbortSignal.timeout(10_000), visibility: mintVisibility({}, []) },
  );

it("ends a lane when the last that keeps its address lets it go, and opens it anew for whoever asks", async () => {
  await using both = await countingSubgraph();
  await using one = await countingSubgraph();
  await using subgraphs = openSubgraphs({ observe: () => {} }, config.fetch);
  const letFirstGo = subgraphs.keep(
    new Map([
      ["a", both.url],
      ["b", one.url],
    ]),
  );
  const letSecondGo = subgraphs.keep(new Map([["a", both.url]]));
  await ask(subgraphs, "a", both.url);
  await ask(subgraphs, "b", one.url);

  await letFirstGo();
  await one.has(0);
  expect(both.connected()).toBe(1);
  await letFirstGo();
  expect(both.connected()).toBe(1);
  await letSecondGo();
  await both.has(0);

  await ask(subgraphs, "a", both.url);
  await both.has(1);
});

it("keeps the lane of a name whose address changed for those that still ask the old one", async () => {
  await using old = await countingSubgraph();
  await using moved = await countingSubgraph();
  await using subgraphs = openSubgraphs({ observe: () => {} }, config.fetch);
  const letOldGo = subgraphs.keep(new Map([["a", old.url]]));
  subgraphs.keep(new Map([["a", moved.url]]));
  await ask(subgraphs, "a", old.url);
  await ask(subgraphs, "a", moved.url);
  expect([old.connected(), moved.connected()]).toEqual([1, 1]);
  await letOldGo();
  await old.has(0);
  expect(moved.connected()).toBe(1);
});

it("lets the addresses of a supergraph go once the last request has left it", async () => {
  await using subgraph = await countingSubgraph();
  await using subgraphs = openSubgraphs({ observe: () => {} }, config.fetch);
  const supergraph = {
    id: "1",
    sdl: "",
    publishedSchema: buildSchema("type Query { a: Int }"),
    mesh: { entities: new Map(), collections: new Map() },
    subgraphs: new Map([["a", subgraph.url]]),
    plan: () => Promise.reject(new Error("nothing is planned")),
    [Symbol.asyncDispose]: async () => {},
  };
  const served = serveSupergraph(subgraphs, supergraph, config);
  let end: () => void = () => {};
  const work = served.during(async () => {
    await ask(subgraphs, "a", subgraph.url);
    await new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  await subgraph.has(1);
  const retired = served.retire();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(subgraph.connected()).toBe(1);
  end();
  await Promise.all([work, retired]);
  await subgraph.has(0);
});
