// Copies a product's tables from the engine it is defined with into PostgreSQL.
import { type RawBuilder, sql } from "kysely";
import pg from "pg";
import { always } from "../../schema/product/predicate.ts";
import type { Column, Entity, Product } from "../product.ts";
import type { Engine, Row } from "./engine.ts";
import { listStatement } from "./list-statement.ts";
import { port } from "./port-faults.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { writeSql } from "./write-sql.ts";

export type SeedOptions = {
  /** `postgres://user:password@host:port/database`; the user must be allowed to create a schema. */
  readonly url: string;
  /** Schema of the tables. It is made anew: what was in it is dropped. */
  readonly schema: string;
  readonly signal: AbortSignal;
};

export type Seeded = { readonly table: string; readonly rows: number };

/** Rows sent in one statement. */
const batchRows = 10_000;

/**
 * Makes the schema anew with the product's tables, primary keys and indexes for its references: as a whole or not at
 * all. Holds one table at a time in memory.
 * @throws port.ENGINE_UNREACHABLE, and the faults of the engine that is read
 */
export async function seedPostgres(product: Product, options: SeedOptions): Promise<readonly Seeded[]> {
  const { url, schema, signal } = options;
  await using engine = await product.openEngine(product);
  const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
  try {
    await client.connect();
  } catch (cause) {
    throw port.ENGINE_UNREACHABLE({ problem: (cause as Error).message }, cause);
  }
  const run = (query: RawBuilder<unknown>, values: readonly unknown[] = []) =>
    client.query(writeSql(query).sql, [...values]);
  try {
    await run(sql`begin`);
    await run(sql`drop schema if exists ${sql.id(schema)} cascade`);
    await run(sql`create schema ${sql.id(schema)}`);
    const seeded: Seeded[] = [];
    for (const entity of product.entities.values()) {
      const rows = await allRows(product, entity, engine, signal);
      await copyTable(run, schema, entity, rows);
      seeded.push({ table: `${schema}.${entity.table}`, rows: rows.length });
    }
    await run(sql`commit`);
    return seeded;
  } finally {
    await client.end(); // an open transaction is rolled back
  }
}

function allRows(
  product: Product,
  entity: Entity,
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const unbounded = { ...entity, rowsMax: Number.MAX_SAFE_INTEGER - 1 };
  const asked = { dialect: engine.dialect, product, entity: unbounded, at: entity.collection };
  const columns = [...entity.columns.values()];
  return engine.run(listStatement(asked, { columns, where: always, order: [], page: { offset: 0 } }), {
    signal,
  });
}

type RunSql = (query: RawBuilder<unknown>, values?: readonly unknown[]) => Promise<unknown>;

async function copyTable(run: RunSql, schema: string, entity: Entity, rows: readonly Row[]): Promise<void> {
  const table = sql.id(schema, entity.table);
  const columns = [
    ...new Map([...entity.columns.values()].map((column) => [column.physical, column])).values(),
  ];
  const names = sql.join(columns.map(({ physical }) => sql.id(physical)));
  const key = sql.join(entity.key.map(({ physical }) => sql.id(physical)));
  const definitions = columns.map(({ physical, required, ...column }) => {
    const notNull = required ? sql` not null` : sql``;
    return sql`${sql.id(physical)} ${typeSql(column)}${notNull}`;
  });
  await run(sql`create table ${table} (${sql.join(definitions)}, primary key (${key}))`);
  const lists = columns.map((column, i) => sql`${sql.raw(`$${i + 1}`)}::${typeSql(column)}[]`);
  for (let start = 0; start < rows.length; start += batchRows) {
    const batch = rows.slice(start, start + batchRows);
    const values = columns.map(({ name }) => batch.map((row) => row[name] ?? null));
    await run(sql`insert into ${table} (${names}) select * from unnest(${sql.join(lists)})`, values);
  }
  for (const { key: held } of entity.references.values())
    await run(sql`create index on ${table} (${sql.join(held.map(({ column }) => sql.id(column.physical)))})`);
}

function typeSql({ scalar }: Pick<Column, "scalar">): RawBuilder<unknown> {
  return sql.raw(postgresDialect.typeOf(scalar, 0));
}
