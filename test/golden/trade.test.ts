// Questions across a mesh shaped as TPC-H: two domains on DuckDB, two on PostgreSQL.
import { inject } from "vitest";
import { tradeMesh } from "../across/support/trade-mesh.ts";
import { allTables, tradeSize, tradeTables } from "../across/support/trade-tables.ts";
import { checkGoldens } from "./support/check-goldens.ts";

const tables = tradeTables(tradeSize);

checkGoldens("trade", allTables(tables), () => tradeMesh(tables, inject("postgresUrl")));
