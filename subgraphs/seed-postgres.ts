// Copies the products that can move to PostgreSQL into the database that WEFT_POSTGRES names: `npm run seed`.
import { seedPostgres } from "weft/sdk";
import { airports } from "./airports/product.ts";
import { safety } from "./safety/product.ts";

const { WEFT_POSTGRES: url } = process.env;
if (!url) throw new Error("Set WEFT_POSTGRES to postgres://user:password@host:port/database.");

for (const product of [airports, safety]) {
  const tables = await seedPostgres(product, {
    url,
    schema: product.id,
    signal: AbortSignal.timeout(600_000),
  });
  for (const { table, rows } of tables) process.stdout.write(`${table}: ${rows} rows\n`);
}
