// The changes of tables in PostgreSQL: installs what announces them, and is the source that a follower reads.
import { createHash } from "node:crypto";
import pg from "pg";
import { outboxSql } from "../../schema/product/change-event.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Entity, Product } from "../product.ts";
import { port } from "../sql/port-faults.ts";
import type { ChangeSource } from "./change-source.ts";
import type { ChangesConnection } from "./changes-connection.ts";
import { announcing } from "./changes-faults.ts";
import {
  type AnnouncedTable,
  announcedName,
  announcedOperations,
  changesSql,
  quotedTable,
} from "./changes-sql.ts";
import { clientConfig, closeClient } from "./postgres-client.ts";
import { openPostgresSession } from "./postgres-session.ts";

export type ChangedTable = {
  /** Name of a table, `schema.table` where it is in another schema than the outbox. No view and no partition. */
  readonly table: string;
  /** Entity of the product whose rows these are, or to whose they belong. */
  readonly entity: string;
  /** For each field of the entity's key: the column of the table that holds it. */
  readonly key: Readonly<Record<string, string>>;
};

export type PostgresChangesOptions = {
  readonly connection: ChangesConnection;
  readonly product: Product;
  /** Left out = the table of each entity of the product. Name them where the product reads views. */
  readonly tables?: readonly ChangedTable[];
  /** More keys of one entity in one transaction are an event without keys. At most 10,000; default 1,000. */
  readonly keysMax?: number;
  /** Time that delivered events are kept, in milliseconds. Default one day. */
  readonly keptMs?: number;
  /** Time that events are kept for a consumer that is away: it then finds a gap. In milliseconds. Default seven days. */
  readonly undeliveredMs?: number;
};

export type PostgresChanges = {
  /** What `install` runs, for teams whose migrations do it: with the tables' schema first in the search path. */
  readonly sql: string;
  /**
   * Makes the outbox and the triggers, unless all is there as it should be. Making triggers waits for transactions that
   * write the tables, for some seconds at most.
   * @throws announcing.CHANGES_NOT_INSTALLED, port.ENGINE_UNREACHABLE
   */
  readonly install: () => Promise<void>;
  /** The events for one consumer. The first time it gets all that are kept. */
  readonly source: (consumer: string) => ChangeSource;
};

/** Waiting longer for a lock would keep those waiting who write the tables. */
const lockTimeoutMs = 3_000;

/**
 * One product in one schema. The connection must be to PostgreSQL itself, not through a pooler that shares sessions.
 * @throws announcing.CHANGES_DEFINITION
 */
export function postgresChanges(options: PostgresChangesOptions): PostgresChanges {
  const { connection, product, keysMax = 1_000 } = options;
  const { keptMs = 86_400_000, undeliveredMs = 7 * 86_400_000 } = options;
  if (!(Number.isInteger(keysMax) && keysMax > 0 && keysMax <= 10_000))
    throw definitionFault(product, `keysMax is ${keysMax}, and must be a whole number from 1 to 10,000`);
  const announced = (options.tables ?? [...product.entities.values()].map(ownTable)).map((table) =>
    announcedTable(product, table),
  );
  const made = changesSql(outboxSql, announced, keysMax);
  const mark = JSON.stringify({ product: product.id, sql: createHash("sha256").update(made).digest("hex") });
  const text = `${made}comment on table weft_outbox is ${pg.escapeLiteral(mark)};\n`;
  return {
    sql: text,
    install: () => install(connection, product, announced, { text, mark }),
    source: (consumer) => ({
      consumer,
      open: ({ signal }) =>
        openPostgresSession({ connection, product, consumer, keptMs, undeliveredMs }, { signal }),
    }),
  };
}

function ownTable(entity: Entity): ChangedTable {
  const key = Object.fromEntries(entity.key.map(({ name, physical }) => [name, physical]));
  return { table: entity.table, entity: entity.name, key };
}

function announcedTable(product: Product, { table, entity, key }: ChangedTable): AnnouncedTable {
  const known = product.entities.get(entity);
  if (!known) throw definitionFault(product, `${entity} is not one of its entities`);
  // PostgreSQL cuts names off at 63 bytes, and those of triggers say more than the entity.
  if (entity.length > 40) throw definitionFault(product, `${entity} is longer than 40 characters`);
  const fields = known.key.map(({ name }) => name);
  const given = Object.keys(key);
  if (given.length !== fields.length || given.some((field) => !fields.includes(field))) {
    const problem = `the key for ${table} names ${given.join(", ")}, and ${entity} is found by ${fields.join(", ")}`;
    throw definitionFault(product, problem);
  }
  return {
    table,
    entity,
    key: known.key.map(({ name, scalar }) => ({ field: name, column: key[name] as string, scalar })),
  };
}

function definitionFault(product: Product, problem: string): Fault {
  return announcing.CHANGES_DEFINITION({ product: product.id, problem });
}

type Installed = { readonly text: string; readonly mark: string };

async function install(
  connection: ChangesConnection,
  product: Product,
  tables: readonly AnnouncedTable[],
  { text, mark }: Installed,
): Promise<void> {
  const client = new pg.Client(clientConfig(connection));
  client.on("error", () => {}); // a lost session: its statement fails
  try {
    await client.connect().catch((cause: Error) => {
      throw port.ENGINE_UNREACHABLE({ problem: problemOf(cause) }, cause);
    });
    if (await isInstalled(client, product, tables, mark)) return;
    await client.query(`begin; set local lock_timeout = ${lockTimeoutMs}`);
    await client.query("select pg_advisory_xact_lock(hashtext('weft_install'), hashtext(current_schema()))");
    if (!(await isInstalled(client, product, tables, mark))) await client.query(text);
    await client.query("commit");
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw announcing.CHANGES_NOT_INSTALLED({ product: product.id, problem: problemOf(cause) }, cause);
  } finally {
    await closeClient(client); // an open transaction is rolled back
  }
}

/** @throws announcing.CHANGES_NOT_INSTALLED where the outbox is another product's */
async function isInstalled(
  client: pg.Client,
  product: Product,
  tables: readonly AnnouncedTable[],
  mark: string,
): Promise<boolean> {
  const triggers = tables.flatMap((table) =>
    announcedOperations.map((operation) => [quotedTable(table.table), announcedName(operation, table)]),
  );
  const { rows } = await client.query<{ mark: string | null; found: number }>(
    `select obj_description(to_regclass('weft_outbox'), 'pg_class') as mark,
      (select count(*)::integer from unnest($1::text[], $2::text[]) as expected(relation, name)
        join pg_catalog.pg_trigger t on t.tgrelid = to_regclass(relation) and t.tgname = name
        where t.tgenabled <> 'D') as found`,
    [triggers.map(([table]) => table), triggers.map(([, name]) => name)],
  );
  const [found] = rows;
  const owner = found?.mark ? (JSON.parse(found.mark) as { readonly product: string }).product : product.id;
  if (owner !== product.id) {
    const problem = `the outbox in this schema is that of ${owner}, and each product needs a schema of its own`;
    throw announcing.CHANGES_NOT_INSTALLED({ product: product.id, problem });
  }
  return found?.mark === mark && found.found === triggers.length;
}

function problemOf(cause: unknown): string {
  const { message, code } = cause as Error & { readonly code?: string };
  return message || code || "no answer";
}
