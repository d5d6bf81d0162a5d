// The columns of a Parquet or CSV file, and of a CSV file how it is written.
import { duckdb } from "../sql/duckdb-engine.ts";
import type { Row } from "../sql/engine.ts";
import { askEngine } from "./ask-engine.ts";
import { literal } from "./load-file.ts";
import type { CsvForm } from "./source-table.ts";

type Options = { readonly signal: AbortSignal };

/** A column and its type as DuckDB writes it. */
export type Described = { readonly name: string; readonly type: string };

export async function describeParquet(file: string, options: Options): Promise<readonly Described[]> {
  const columns = `describe select * from read_parquet(${literal(file)})`;
  const load = `create table described as select column_name as name, column_type as type from (${columns})`;
  await using engine = await duckdb({ load: [load] })();
  return described(await askEngine(engine, "select name, type from described", ofColumns, options));
}

/** Guessed from the whole file, not from its beginning. */
export async function describeCsv(
  file: string,
  options: Options,
): Promise<{ readonly columns: readonly Described[]; readonly form: CsvForm }> {
  const load = [
    `create table sniffed as select * from sniff_csv(${literal(file)}, sample_size = -1)`,
    "create table described as select c.name as name, c.type as type from (select unnest(Columns) as c from sniffed)",
  ];
  await using engine = await duckdb({ load })();
  const columns = described(await askEngine(engine, "select name, type from described", ofColumns, options));
  const [row = {}] = await askEngine(
    engine,
    `select Delimiter as delimiter, Quote as quote, "Escape" as "escape", "Comment" as comment, SkipRows::integer as skip,
      HasHeader as header,
      DateFormat as date_format, TimestampFormat as timestamp_format from sniffed`,
    ofForm,
    options,
  );
  return { columns, form: formOf(row) };
}

const ofColumns = { name: "String", type: "String" } as const;
const ofForm = {
  delimiter: "String",
  quote: "String",
  escape: "String",
  comment: "String",
  skip: "Int",
  header: "Boolean",
  date_format: "String",
  timestamp_format: "String",
} as const;

function described(rows: readonly Row[]): readonly Described[] {
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }));
}

function formOf(row: Row): CsvForm {
  const quote = said(row.quote) ?? '"'; // a file without quotes today may have some tomorrow
  return {
    delimiter: said(row.delimiter) ?? ",",
    quote,
    escape: said(row.escape) ?? quote,
    comment: said(row.comment),
    skip: Number(row.skip ?? 0),
    header: row.header === true,
    dateFormat: said(row.date_format)?.replace(/^%Y-%m-%d$/, "") || undefined,
    timestampFormat: said(row.timestamp_format),
  };
}

/** DuckDB writes what a file has none of as an empty text, as `(empty)` or as the character 0. */
function said(value: Row[string] | undefined): string | undefined {
  return typeof value === "string" && !["", "\0", "(empty)"].includes(value) ? value : undefined;
}
