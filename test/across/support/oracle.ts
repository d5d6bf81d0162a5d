// The oracle: a DuckDB of its own with the same rows, asked in plain SQL. Its rows are written as the surface writes them.
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";

export type Written =
  | string
  | number
  | boolean
  | null
  | readonly Written[]
  | { readonly [field: string]: Written };
export type Row = Readonly<Record<string, Written>>;

export type Oracle = AsyncDisposable & {
  /**
   * The rows of a statement, by their columns. An INTEGER is a number, any wider whole number and a DECIMAL a text, a
   * struct an object: a column is what the answer has in its place, so that `count(*)` is cast to `int`.
   */
  readonly rows: (sql: string) => Promise<readonly Row[]>;
  /** The same, each row as a list of its columns. */
  readonly lists: (sql: string) => Promise<readonly (readonly Written[])[]>;
};

export async function openOracle(tables: readonly string[]): Promise<Oracle> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  for (const table of tables) await connection.run(table);
  return {
    rows: async (sql) => {
      const found = await (await connection.run(sql)).getRowObjects();
      return found.map(writtenRow);
    },
    lists: async (sql) => {
      const found = await (await connection.run(sql)).getRows();
      return found.map((row) => row.map(written));
    },
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function writtenRow(row: Readonly<Record<string, DuckDBValue>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, written(value)]));
}

function written(value: DuckDBValue): Written {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (typeof value === "bigint" || value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return shortestDecimal(value.toString());
  if (value instanceof DuckDBTimestampValue) return clock(value.toString());
  if (value instanceof DuckDBTimestampTZValue) return `${clock(value.toString().replace(/\+00$/, ""))}Z`;
  if (value instanceof DuckDBStructValue) return writtenRow(value.entries);
  if (value instanceof DuckDBListValue) return value.items.map(written);
  throw new Error(`The surface has no ${value.constructor.name}.`);
}

/** No zeros at the end of the fraction. */
function shortestDecimal(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function clock(text: string): string {
  const [seconds, fraction = ""] = text.replace(" ", "T").split(".");
  const shortest = fraction.replace(/0+$/, "");
  return shortest === "" ? `${seconds}` : `${seconds}.${shortest}`;
}
