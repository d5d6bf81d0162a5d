// What a table of PostgreSQL holds: from the catalog, and counted where the catalog does not say. Nothing is written.
import pg from "pg";
import { findKeys } from "./find-keys.ts";
import { introspecting } from "./introspecting-faults.ts";
import { quoteName } from "./load-file.ts";
import { type PostgresAddress, readPostgresAddress } from "./postgres-address.ts";
import { type CatalogColumn, type CatalogTable, listTables, readCatalog } from "./postgres-catalog.ts";
import { servedByPostgres } from "./scalars-of.ts";
import { type Source, type SourceColumn, type SourceTable, sampledRowsMax } from "./source-table.ts";

type Options = { readonly signal: AbortSignal };

/** From so many rows on, by the server's estimate, they are not counted. */
const countedRowsMax = 1_000_000;
/** Of one statement. */
const statementTimeoutMs = 20_000;

/**
 * Opens a session that reads only. No message has the password.
 * @throws introspecting.SOURCE_UNKNOWN, introspecting.SOURCE_UNREADABLE, introspecting.SOURCE_TABLE,
 * introspecting.SOURCE_WITHOUT_COLUMNS
 */
export async function openPostgresSource(from: string, { signal }: Options): Promise<Source> {
  const address = readPostgresAddress(from);
  const unreadable = (cause: Error) =>
    introspecting.SOURCE_UNREADABLE(
      { source: address.shown, problem: withoutPassword(cause.message, from) },
      cause,
    );
  const session = new pg.Client({
    connectionString: address.url,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    application_name: "weft init",
    options: "-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO",
  });
  session.on("error", () => {}); // a session that is lost fails its next statement
  await session.connect().catch(async (cause: Error) => {
    await session.end().catch(() => {});
    throw unreadable(cause);
  });
  const abandon = () => void session.end().catch(() => {});
  signal.addEventListener("abort", abandon, { once: true });
  const end = async () => {
    signal.removeEventListener("abort", abandon);
    await session.end().catch(() => {});
  };
  try {
    const table = await readTable(session, address);
    return {
      table,
      url: address.url,
      sample: (names, max) => sampleOf(session, address, names, max),
      countDistinct: (names) => countDistinct(session, qualified(address), names),
      [Symbol.asyncDispose]: end,
    };
  } catch (failure) {
    await end();
    throw failure instanceof pg.DatabaseError ? unreadable(failure) : failure;
  }
}

async function readTable(session: pg.Client, address: PostgresAddress): Promise<SourceTable> {
  const { schema, table, shown } = address;
  const catalog = table === undefined ? undefined : await readCatalog(session, schema, table);
  if (table === undefined || !catalog) {
    const tables = (await listTables(session)).join(", ");
    const problem = table === undefined ? "it names no table" : `there is no table ${schema}.${table}`;
    throw introspecting.SOURCE_TABLE({
      source: shown,
      problem: `${problem}; ${tables === "" ? "none that you may read is there" : `there are ${tables}`}`,
    });
  }
  const served = catalog.columns.filter(({ type }) => servedByPostgres(type));
  const leftOut = catalog.columns.filter(({ type }) => !servedByPostgres(type));
  if (served.length === 0) throw introspecting.SOURCE_WITHOUT_COLUMNS({ source: shown });
  const name = qualified(address);
  const counted = await countTable(session, name, catalog, served);
  const columns = served.map((column, i) => columnOf(column, counted.columns[i]));
  const promised = [...(catalog.primaryKey ? [catalog.primaryKey] : []), ...catalog.uniqueKeys].filter(
    (key) => key.every((part) => served.some((column) => column.name === part && column.required)),
  );
  const count = (names: readonly string[]) => countDistinct(session, name, names);
  return {
    place: { kind: "postgres", url: shown, schema },
    name: table,
    comment: catalog.comment,
    rows: counted.rows,
    rowsExact: counted.exact,
    columns,
    leftOut: leftOut.map(({ name: column, written }) => ({ name: column, type: written })),
    keys:
      promised.length > 0 || !counted.exact ? promised : await findKeys(table, counted.rows, columns, count),
    foreignKeys: catalog.foreignKeys,
  };
}

function qualified({ schema, table = "" }: PostgresAddress): string {
  return `${quoteName(schema)}.${quoteName(table)}`;
}

type Counts = Pick<SourceColumn, "nulls" | "distinct">;

function columnOf(
  { name, written, type, required, comment }: CatalogColumn,
  counts: Counts | undefined,
): SourceColumn {
  const { scalars } = servedByPostgres(type) as NonNullable<ReturnType<typeof servedByPostgres>>;
  return {
    name,
    type: written,
    scalars,
    required,
    nulls: required ? 0 : counts?.nulls,
    distinct: counts?.distinct,
    comment: comment ?? undefined,
  };
}

/** Rows, and of each column nulls and distinct values, exactly; of a large table what the server estimates. */
async function countTable(
  session: pg.Client,
  name: string,
  catalog: CatalogTable,
  columns: readonly CatalogColumn[],
): Promise<{ readonly rows: number; readonly exact: boolean; readonly columns: readonly Counts[] }> {
  const { rows: estimate = 0 } = catalog;
  if (estimate >= countedRowsMax) return { rows: estimate, exact: false, columns: [] };
  const terms = columns.map(({ name: column }, i) => {
    const id = quoteName(column);
    return `count(${id}) as known${i}, count(distinct ${id}) as distinct${i}`;
  });
  const { rows } = await session.query<Record<string, string>>(
    `select count(*) as rows, ${terms.join(", ")} from ${name}`,
  );
  const [row = {}] = rows;
  const all = Number(row.rows);
  return {
    rows: all,
    exact: true,
    columns: columns.map((_, i) => ({
      nulls: all - Number(row[`known${i}`]),
      distinct: Number(row[`distinct${i}`]),
    })),
  };
}

async function countDistinct(session: pg.Client, name: string, columns: readonly string[]): Promise<number> {
  const { rows } = await session.query<{ n: string }>(
    `select count(*) as n from (select distinct ${columns.map(quoteName).join(", ")} from ${name}) as combinations`,
  );
  return Number(rows[0]?.n);
}

async function sampleOf(
  session: pg.Client,
  address: PostgresAddress,
  columns: readonly string[],
  max: number,
): Promise<readonly (readonly string[])[]> {
  const values = columns.map((column) => `${quoteName(column)}::text`);
  const present = columns.map((column) => `${quoteName(column)} is not null`).join(" and ");
  const { rows } = await session.query<{ v: readonly string[] }>(
    `select distinct v from (select array[${values.join(", ")}] as v from ${qualified(address)} where ${present} limit ${sampledRowsMax}) as first limit ${max}`,
  );
  return rows.map(({ v }) => v);
}

/** Drivers and servers do not repeat it; this holds it so. */
function withoutPassword(message: string, from: string): string {
  const { password } = new URL(from);
  return password === ""
    ? message
    : message.replaceAll(decodeURIComponent(password), "…").replaceAll(password, "…");
}
