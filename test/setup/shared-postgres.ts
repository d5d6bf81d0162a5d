// One PostgreSQL for all tests that ask it, in a database of their own: a server that is named, or one started now.
import { randomBytes } from "node:crypto";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./start-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A database that is empty but for the schemas of other tests. */
    readonly postgresUrl: string;
  }
}

/** Vitest's hook: what it returns ends the server, or drops the database where the server was there before. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { WEFT_TEST_POSTGRES } = process.env;
  if (!WEFT_TEST_POSTGRES) {
    const server = await startPostgres();
    project.provide("postgresUrl", server.url);
    return async () => server[Symbol.asyncDispose]();
  }
  const name = `weft_test_${randomBytes(6).toString("hex")}`;
  const database = `create database ${name} encoding 'UTF8' template template0`;
  await run(WEFT_TEST_POSTGRES, `${database} locale_provider icu icu_locale 'en-US' locale 'C'`).catch(() =>
    run(WEFT_TEST_POSTGRES, database),
  );
  const url = new URL(WEFT_TEST_POSTGRES);
  url.pathname = `/${name}`;
  project.provide("postgresUrl", url.href);
  return () => run(WEFT_TEST_POSTGRES, `drop database ${name} with (force)`);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
