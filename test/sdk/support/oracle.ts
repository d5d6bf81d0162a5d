// The oracle: a DuckDB of its own with the same rows, asked in SQL that is written by hand.
import { DuckDBInstance } from "@duckdb/node-api";

export type Oracle = AsyncDisposable & {
  /** The rows of a statement, as lists of its columns. Whole numbers are numbers: cast to text what is larger. */
  readonly rows: (sql: string) => Promise<readonly (readonly unknown[])[]>;
  /** The first column of each row. */
  readonly column: (sql: string) => Promise<readonly unknown[]>;
};

export async function openOracle(tables: readonly string[]): Promise<Oracle> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  for (const table of tables) await connection.run(table);
  const rows = async (sql: string) => {
    const found = await (await connection.run(sql)).getRows();
    return found.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
  };
  return {
    rows,
    column: async (sql) => (await rows(sql)).map(([first]) => first),
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
