// How far an entity's source has got: the latest time in a column, as a point in time.
import { sql } from "kysely";
import { type Asked, finish } from "./asked.ts";
import type { Statement } from "./engine.ts";

/** One row with the watermark; null for a table without rows. Sessions are in UTC, and so are times without a zone. */
export function watermarkStatement(asked: Asked, table: string, column: string): Statement {
  const latest = sql`select cast(max(${sql.id(column)}) as timestamptz) from ${sql.table(table)}`;
  return finish(asked, latest, [{ name: "watermark", scalar: "DateTime" }]);
}
