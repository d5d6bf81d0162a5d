// Calendar buckets: the start of the year, quarter, month, ISO week, day or hour that a value lies in.
import { type RawBuilder, sql } from "kysely";
import type { Bucket, ScalarName } from "../../schema/product/scalar.ts";

type Sql = RawBuilder<unknown>;

/** Buckets of points in time are cut on the clock of `timeZone`; all others on their own. */
export function bucketSql(expression: Sql, scalar: ScalarName, bucket: Bucket, timeZone: Sql): Sql {
  const clock = scalar === "DateTime" ? sql`timezone(${timeZone}, ${expression})` : expression;
  const start = sql`date_trunc(${sql.lit(bucket)}, ${clock})`;
  if (bucket !== "hour") return sql`cast(${start} as date)`;
  // Subtracting the time since the hour struck keeps two hours apart that a clock set back shows twice.
  return scalar === "DateTime" ? sql`${expression} - (${clock} - ${start})` : start;
}
