// What a CSV or Parquet file holds, read by DuckDB as the product is going to read it.
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { Fault } from "../../schema/product/fault.ts";
import { duckdb } from "../sql/duckdb-engine.ts";
import type { Engine } from "../sql/engine.ts";
import { askEngine } from "./ask-engine.ts";
import { type CountedColumn, countColumns } from "./count-columns.ts";
import { type Described, describeCsv, describeParquet } from "./describe-file.ts";
import { findKeys } from "./find-keys.ts";
import { introspecting } from "./introspecting-faults.ts";
import { literal, loadFileSql, quoteName } from "./load-file.ts";
import { servedByDuckDB } from "./scalars-of.ts";
import { type CsvForm, type Source, type SourceTable, sampledRowsMax } from "./source-table.ts";

type Options = { readonly signal: AbortSignal };

const fileEnding = /(\.parquet|\.[ct]sv(\.gz)?)$/i;

/** Is it the name of a file that can be read? */
export function isFileName(path: string): boolean {
  return fileEnding.test(path);
}

/** @throws introspecting.SOURCE_UNREADABLE, introspecting.SOURCE_WITHOUT_COLUMNS, introspecting.SOURCE_EMPTY */
export async function openFileSource(path: string, options: Options): Promise<Source> {
  const unreadable = (problem: string, cause: unknown) =>
    introspecting.SOURCE_UNREADABLE({ source: path, problem }, cause);
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(cause.code === "ENOENT" ? "there is no such file" : cause.message, cause);
  });
  if (!found.isFile()) throw unreadable("it is no file", undefined);
  try {
    return await openFile(path, options);
  } catch (failure) {
    if (!(failure instanceof Fault) || !engineFaults.has(failure.code)) throw failure;
    const [problem = ""] = (failure.cause instanceof Error ? failure.cause : failure).message.split("\n");
    throw unreadable(problem.replace(/\.$/, ""), failure);
  }
}

const engineFaults: ReadonlySet<string> = new Set([
  "LOADING_FAILED",
  "STATEMENT_FAILED",
  "VALUE_NOT_REPRESENTABLE",
]);

async function openFile(path: string, options: Options): Promise<Source> {
  const file = resolve(path);
  const { columns: all, form } = await describe(file, options);
  const served = all.flatMap((column) => {
    const serves = servedByDuckDB(column.type);
    return serves ? [{ ...column, ...serves }] : [];
  });
  if (served.length === 0) throw introspecting.SOURCE_WITHOUT_COLUMNS({ source: path });
  const csv = form && { csv: { form, all } };
  const load = loadFileSql({ table: "source", file: literal(file), columns: served, ...csv });
  const engine = await duckdb({ memoryMax: "4GB", load: [load] })();
  try {
    const counted = await countColumns(engine, served, options);
    if (form && counted.rows === 0) throw introspecting.SOURCE_EMPTY({ source: path });
    const columns = counted.columns.map(({ magnitude, ...column }) => ({
      ...column,
      scalars: form && isSmall(magnitude) ? (["Int", "BigInt", "Decimal"] as const) : column.scalars,
      required: false,
      comment: undefined,
    }));
    const name = basename(file).replace(fileEnding, "");
    const table: SourceTable = {
      place: form ? { kind: "csv", file, form, all } : { kind: "parquet", file },
      name,
      comment: undefined,
      rows: counted.rows,
      rowsExact: true,
      columns,
      leftOut: all.filter(({ type }) => !servedByDuckDB(type)),
      keys: await findKeys(name, counted.rows, columns, (names) => countDistinct(engine, names, options)),
      foreignKeys: [],
    };
    return {
      table,
      sample: (names, max, asked) => sampleOf(engine, names, max, asked),
      countDistinct: (names, asked) => countDistinct(engine, names, asked),
      [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
    };
  } catch (failure) {
    await engine[Symbol.asyncDispose]();
    throw failure;
  }
}

async function describe(
  file: string,
  options: Options,
): Promise<{ readonly columns: readonly Described[]; readonly form?: CsvForm }> {
  if (!/\.parquet$/i.test(file)) return describeCsv(file, options);
  return { columns: await describeParquet(file, options) };
}

/** Nothing but its values says what a whole number of a CSV file is: an Int, where they leave room to grow. */
function isSmall(magnitude: CountedColumn["magnitude"]): boolean {
  return magnitude !== undefined && magnitude <= 1_000_000_000n;
}

async function countDistinct(engine: Engine, names: readonly string[], options: Options): Promise<number> {
  const sql = `select count(*) as n from (select distinct ${names.map(quoteName).join(", ")} from source)`;
  const [row] = await askEngine(engine, sql, { n: "BigInt" }, options);
  return Number(row?.n);
}

async function sampleOf(
  engine: Engine,
  columns: readonly string[],
  max: number,
  options: Options,
): Promise<readonly (readonly string[])[]> {
  const values = columns.map((column, i) => `${quoteName(column)}::varchar as v${i}`);
  const present = columns.map((column) => `${quoteName(column)} is not null`).join(" and ");
  const first = `select ${values.join(", ")} from source where ${present} limit ${sampledRowsMax}`;
  const output = Object.fromEntries(columns.map((_, i) => [`v${i}`, "String" as const]));
  const rows = await askEngine(engine, `select distinct * from (${first}) limit ${max}`, output, options);
  return rows.map((row) => columns.map((_, i) => String(row[`v${i}`])));
}
