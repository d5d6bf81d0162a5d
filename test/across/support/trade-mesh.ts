// The trading mesh, up: two domains on DuckDB, two on PostgreSQL.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { postgres, seedPostgres, startPort } from "weft/sdk";
import { type TradeProducts, tradeProducts } from "./trade-products.ts";
import type { TradeTables } from "./trade-tables.ts";

export type Mesh = AsyncDisposable & {
  /** Where each data product answers GraphQL. */
  readonly subgraphs: Readonly<Record<string, string>>;
};

const onPostgres: ReadonlySet<string> = new Set(["sales", "catalogue"] satisfies (keyof TradeProducts)[]);

export async function tradeMesh(tables: TradeTables, postgresUrl: string): Promise<Mesh> {
  const subgraphs: Record<string, string> = {};
  const opened: AsyncDisposable[] = [];
  const end = async () => {
    for (const each of opened.reverse()) await each[Symbol.asyncDispose]();
  };
  try {
    for (const [id, product] of Object.entries(tradeProducts(tables))) {
      const seeded = onPostgres.has(id) ? await seededSchema(product, postgresUrl) : undefined;
      if (seeded) opened.push(seeded);
      const port = await startPort(product, seeded && { engine: seeded.engine });
      opened.push(port);
      subgraphs[id] = `${port.url}/graphql`;
    }
  } catch (failure) {
    await end();
    throw failure;
  }
  return { subgraphs, [Symbol.asyncDispose]: end };
}

/** The product's tables in a schema of their own in PostgreSQL, gone with the test. */
async function seededSchema(product: TradeProducts[keyof TradeProducts], url: string) {
  const schema = `weft_${product.id}_${randomBytes(6).toString("hex")}`;
  await seedPostgres(product, { url, schema, signal: AbortSignal.timeout(60_000) });
  return {
    engine: postgres({ url, schema }),
    [Symbol.asyncDispose]: async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`drop schema ${schema} cascade`);
      await client.end();
    },
  };
}
