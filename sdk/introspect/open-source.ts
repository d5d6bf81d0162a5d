// Opens what a product is to be made of: a table of PostgreSQL, a CSV file or a Parquet file.
import { isFileName, openFileSource } from "./file-source.ts";
import { introspecting } from "./introspecting-faults.ts";
import { isPostgresUrl } from "./postgres-address.ts";
import { openPostgresSource } from "./postgres-source.ts";
import type { Source } from "./source-table.ts";

/**
 * Reads what the table is: columns, keys, comments, counts. Nothing is written there.
 * `from` = `postgres://user@host/database/schema.table`, `file.csv`, `file.tsv` (also `.gz`) or `file.parquet`.
 * @throws introspecting.SOURCE_UNKNOWN, introspecting.SOURCE_UNREADABLE, introspecting.SOURCE_TABLE,
 * introspecting.SOURCE_WITHOUT_COLUMNS
 */
export async function openSource(from: string, options: { readonly signal: AbortSignal }): Promise<Source> {
  if (isPostgresUrl(from)) return openPostgresSource(from, options);
  if (isFileName(from)) return openFileSource(from, options);
  throw introspecting.SOURCE_UNKNOWN({ source: from });
}
