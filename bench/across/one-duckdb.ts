// One DuckDB that holds all domains' tables: what a question costs where nobody owns anything.
import { DuckDBInstance } from "@duckdb/node-api";

export type OneDuckDB = AsyncDisposable & {
  /** Rows as lists of their columns, as JSON has them. */
  readonly ask: (sql: string) => Promise<readonly (readonly unknown[])[]>;
};

/** With 2 threads, as each port has. */
export async function openOneDuckDB(tables: readonly string[]): Promise<OneDuckDB> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  for (const table of tables) await connection.run(table);
  return {
    ask: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson(),
    [Symbol.asyncDispose]: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
