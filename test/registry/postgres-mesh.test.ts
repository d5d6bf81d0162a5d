// Publishing into PostgreSQL, and two gateways that follow it.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect, inject, it, vi } from "vitest";
import { publishProduct } from "../../cli/publish/publish-product.ts";
import { rollBack } from "../../cli/publish/roll-back.ts";
import { graphqlSubgraph } from "../gateway/support/graphql-subgraph.ts";
import { followedClosely, type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";
import { signal } from "./support/drafts.ts";
import { meshOnDisk } from "./support/product-folder.ts";

const serverUrl = inject("postgresUrl");

async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

it("is followed by all gateways, forward and back", async () => {
  const name = `weft_mesh_${randomBytes(6).toString("hex")}`;
  await run(`create database ${name} template template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  try {
    await using mesh = await meshOnDisk({ registry: { postgres: url.href } });
    await using orders = await graphqlSubgraph(
      "type Query { order: Order } type Order { id: ID! total: Int }",
      {
        Query: { order: () => ({ id: "1", total: 7 }) },
      },
    );
    const options = { subgraphs: {}, registry: { postgres: url.href }, schema: followedClosely };
    await using one = await testGateway(options);
    await using two = await testGateway(options);
    const question = { file: mesh.meshFile, by: "Ada", dryRun: false, allowBreaking: false, signal };
    const now = () => new Date();
    const revisionOf = async (gateway: TestGateway) =>
      ((await (await fetch(`${gateway.url}/readyz`)).json()) as { revision: number }).revision;
    const both = (revision: number) =>
      vi.waitFor(
        async () => expect([await revisionOf(one), await revisionOf(two)]).toEqual([revision, revision]),
        { timeout: 10_000, interval: 50 },
      );

    const first = await publishProduct({ now }, await mesh.product("orders", { url: orders.url }), question);
    expect(first).toMatchObject({ outcome: "published", revision: 1 });
    await both(1);
    for (const gateway of [one, two])
      expect((await gateway.ask("{ order { id total } }")).data).toEqual({ order: { id: "1", total: 7 } });

    const product = await mesh.product("orders", { version: "1.0.1", url: orders.url });
    expect(await publishProduct({ now }, product, question)).toMatchObject({ revision: 2 });
    await both(2);
    expect(await rollBack({ now }, question)).toMatchObject({ outcome: "rolled back", to: 1, revision: 3 });
    await both(3);
    expect((await two.ask("{ order { total } }")).data).toEqual({ order: { total: 7 } });
  } finally {
    await run(`drop database ${name} with (force)`);
  }
});
