// A schema of one test's own in PostgreSQL, with its tables, gone with the test.
import { randomBytes } from "node:crypto";
import pg from "pg";

export type PostgresSchema = AsyncDisposable & {
  readonly name: string;
  /** Rows of a statement that runs beside the engine, in the schema, as one who may write. */
  readonly query: (
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>;
};

export async function postgresSchema(url: string, tables: readonly string[]): Promise<PostgresSchema> {
  const name = `weft_${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${name} -c timezone=UTC` });
  client.on("error", () => {}); // the server may be ended by the test
  await client.connect();
  await client.query(`create schema ${name}`);
  for (const table of tables) await client.query(inPostgres(table));
  return {
    name,
    query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
    [Symbol.asyncDispose]: async () => {
      await client.query(`drop schema ${name} cascade`);
      await client.end();
    },
  };
}

/** What the museum's tables have that PostgreSQL calls by another name. */
function inPostgres(statement: string): string {
  return statement.replaceAll(/\bdouble\b(?! precision)/g, "double precision");
}
