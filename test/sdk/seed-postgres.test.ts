// Seeding: a product's tables copied to PostgreSQL, and the same answers from there.
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { postgres, seedPostgres } from "weft/sdk";
import { airports } from "../../subgraphs/airports/product.ts";
import { safety } from "../../subgraphs/safety/product.ts";
import { askedPort } from "./support/asking.ts";

const url = inject("postgresUrl");
const signal = AbortSignal.timeout(60_000);

describe("a seeded product", () => {
  it.each([
    [
      airports,
      [{ table: "seed_airports.airports", rows: 3_376 }],
      `{ airports(order_by: [{ state: { code: desc } }, { name: asc }], limit: 50) { iata name city latitude state { code } country { code } }
         airports_groups { by { country { code } state { code } } aggregate { count avg { latitude } min { name } max { city } } } }`,
    ],
    [
      safety,
      [{ table: "seed_safety.strikes", rows: 10_000 }],
      `{ strikes(where: { _not: { airport: { iata: { _eq: "DFW" } } }, species: { _ilike: "%GOOSE%" } }, order_by: [{ cost: desc }]) { id date species size phase damage cost speed airport { iata } state { code } }
         strikes_groups { by { date_year size } aggregate { count sum { cost } count_speed: count(column: speed, distinct: true) } }
         strikes_watermark }`,
    ],
  ] as const)("answers the same from either engine: $id", async (product, tables, question) => {
    const schema = `seed_${product.id}`;
    expect(await seedPostgres(product, { url, schema, signal })).toEqual(tables);
    await using embedded = await askedPort(product);
    await using moved = await askedPort(product, { engine: postgres({ url, schema }) });
    expect(await moved.ask(question)).toEqual(await embedded.ask(question));
  });

  it("replaces what was there before", async () => {
    const schema = "seed_again";
    await seedPostgres(airports, { url, schema, signal });
    expect(await seedPostgres(airports, { url, schema, signal })).toEqual([
      { table: "seed_again.airports", rows: 3_376 },
    ]);
  });

  it("leaves what was there where seeding fails half way", async () => {
    const schema = "seed_kept";
    await query(`create schema ${schema}; create table ${schema}.kept (id integer)`);
    const stopped = AbortSignal.abort();
    await expect(seedPostgres(airports, { url, schema, signal: stopped })).rejects.toMatchObject({
      code: "STATEMENT_STOPPED",
    });
    expect(
      await query(
        `select count(*)::integer as tables from information_schema.tables where table_schema = '${schema}'`,
      ),
    ).toEqual([{ tables: 1 }]);
  });

  it("is refused where there is no server", async () => {
    const nowhere = "postgres://postgres@127.0.0.1:1/nothing";
    await expect(seedPostgres(airports, { url: nowhere, schema: "x", signal })).rejects.toMatchObject({
      code: "ENGINE_UNREACHABLE",
    });
  });
});

async function query(text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
