// The museum on PostgreSQL passes the checks that it passes on DuckDB.
import { expect, inject, it } from "vitest";
import { postgres } from "weft/sdk";
import { checkPort, reportText } from "weft/testkit";
import { museum, museumTables } from "../sdk/support/museum.ts";
import { postgresSchema } from "../sdk/support/postgres-schema.ts";

it("a product on PostgreSQL passes", async () => {
  const url = inject("postgresUrl");
  await using schema = await postgresSchema(url, museumTables);
  const report = await checkPort({ product: museum({ engine: postgres({ url, schema: schema.name }) }) });
  expect(report.passed, reportText(report)).toBe(true);
}, 120_000);
