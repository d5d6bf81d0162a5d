// The registry in PostgreSQL, for meshes whose gateways share no folder.
import pg from "pg";
import { Fault } from "../product/fault.ts";
import { highestFirst } from "../product/version.ts";
import { registering } from "./registering-faults.ts";
import type { ProductVersion, Registry, Revision, RevisionDraft } from "./registry.ts";
import { checkDraft, checkName, checkVariant, checkVersion } from "./registry-names.ts";
import { readRevision } from "./revision-document.ts";

const connectionsMax = 2;
const commandTimeoutMs = 10_000;

/** One publishes at a time; whoever is first makes the tables. */
const lockSql = `select pg_advisory_xact_lock(7309453170), to_regclass('weft_registry.revision') is not null as is_there`;
const schemaSql = `
create schema if not exists weft_registry;
create table if not exists weft_registry.product_version (
  name text not null, version text not null, sdl text not null, contract text,
  at timestamptz not null, by text not null,
  primary key (name, version)
);
create table if not exists weft_registry.revision (
  variant text not null, number bigint not null check (number > 0),
  at timestamptz not null, by text not null, action jsonb not null, products jsonb not null,
  primary key (variant, number)
);`;

const newestSql = `select coalesce(max(number), 0)::int as newest from weft_registry.revision where variant = $1`;
const revisionColumns = `variant, number::int as number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, by, action, products`;

/**
 * Keeps its tables in the schema `weft_registry`, made at the first publishing. Gateways need no more than `select` on them; where
 * they are not there, nothing was published. The primary key (variant, number) decides between two that publish at once.
 */
export function openPostgresRegistry(url: string): Registry {
  const place = placeOf(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: commandTimeoutMs,
    query_timeout: commandTimeoutMs,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    application_name: "weft registry",
  });
  pool.on("error", () => {}); // an idle connection that breaks is replaced by the next command

  /** What the server says, as a fault that names the place. */
  const use = async <T>({ signal }: { readonly signal: AbortSignal }, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await untilAborted(signal, work());
    } catch (cause) {
      if (cause instanceof Fault || signal.aborted) throw cause;
      throw registering.REGISTRY_UNREACHABLE({ place, problem: problemOf(cause) }, cause);
    }
  };
  const select = async (text: string, values: readonly unknown[]): Promise<readonly Row[]> => {
    try {
      return (await pool.query<Row>(text, [...values])).rows;
    } catch (cause) {
      if (isNotThereYet(cause)) return [];
      throw cause;
    }
  };
  const newest = async (variant: string) =>
    ((await select(newestSql, [checkVariant(variant)]))[0]?.newest as number | undefined) ?? 0;
  const revision = async (variant: string, number: number): Promise<Revision> => {
    const text = `select ${revisionColumns} from weft_registry.revision where variant = $1 and number = $2`;
    const [row] = await select(text, [checkVariant(variant), number]);
    if (!row) throw registering.REVISION_BROKEN({ variant, number, problem: "it is not there" });
    return readRevision(row, variant, number);
  };
  const transact = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let failure: Error | undefined;
    try {
      await client.query("begin");
      const done = await work(client);
      await client.query("commit");
      return done;
    } catch (cause) {
      failure = cause as Error;
      // One whose transaction cannot be ended is closed, which ends it.
      await client.query("rollback").then(
        () => {
          failure = undefined;
        },
        () => {},
      );
      throw cause;
    } finally {
      client.release(failure);
    }
  };

  return {
    place,
    newest: (variant, options) => use(options, () => newest(variant)),
    revision: (variant, number, options) => use(options, () => revision(variant, number)),
    head: (variant, options) =>
      use(options, async () => {
        const number = await newest(variant);
        return number === 0 ? undefined : revision(variant, number);
      }),
    history: (variant, { limit, signal }) =>
      use({ signal }, async () => {
        const text = `select ${revisionColumns} from weft_registry.revision where variant = $1 order by number desc limit $2`;
        const rows = await select(text, [checkVariant(variant), limit]);
        return rows.flatMap((row) => {
          try {
            return [readRevision(row, variant, row.number as number)];
          } catch {
            return [];
          }
        });
      }),
    version: (name, version, options) =>
      use(options, async () => {
        const text = `select sdl, contract from weft_registry.product_version where name = $1 and version = $2`;
        const [row] = await select(text, [checkName(name), checkVersion(version)]);
        return row && versionOf(name, version, row);
      }),
    versions: (name, options) =>
      use(options, async () => {
        const text = `select version from weft_registry.product_version where name = $1`;
        const rows = await select(text, [checkName(name)]);
        return highestFirst(rows.map(({ version }) => String(version)));
      }),
    append: (draft, options) =>
      use(options, () => {
        checkDraft(draft);
        return transact(async (client) => {
          const { rows } = await client.query<Row>(lockSql);
          if (!rows[0]?.is_there) await client.query(schemaSql);
          if (draft.adds) await addVersion(client, draft.adds, draft);
          return addRevision(client, draft);
        });
      }),
    [Symbol.asyncDispose]: () => pool.end(),
  };
}

type Row = Readonly<Record<string, unknown>>;

function versionOf(name: string, version: string, { sdl, contract }: Row): ProductVersion {
  return { name, version, sdl: String(sdl), ...(contract !== null && { contract: String(contract) }) };
}

/** @throws registering.VERSION_TAKEN */
async function addVersion(
  client: pg.PoolClient,
  { name, version, sdl, contract }: ProductVersion,
  { at, by }: RevisionDraft,
): Promise<void> {
  const { rowCount } = await client.query(
    `insert into weft_registry.product_version (name, version, sdl, contract, at, by)
     values ($1, $2, $3, $4, $5, $6) on conflict (name, version) do nothing`,
    [name, version, sdl, contract ?? null, at, by],
  );
  if (rowCount === 1) return;
  const same = await client.query(
    `select 1 from weft_registry.product_version
     where name = $1 and version = $2 and sdl = $3 and contract is not distinct from $4`,
    [name, version, sdl, contract ?? null],
  );
  if (same.rowCount !== 1) throw registering.VERSION_TAKEN({ name, version });
}

/** @throws registering.REGISTRY_MOVED */
async function addRevision(
  client: pg.PoolClient,
  { after, adds: _, ...rest }: RevisionDraft,
): Promise<Revision> {
  const { variant, at, by, action, products } = rest;
  const added: Revision = { ...rest, number: after + 1 };
  const { rowCount } = await client
    .query(
      `insert into weft_registry.revision (variant, number, at, by, action, products)
       select $1, $2, $3, $4, $5, $6
       where (select coalesce(max(number), 0) from weft_registry.revision where variant = $1) = $7`,
      [variant, added.number, at, by, JSON.stringify(action), JSON.stringify(products), after],
    )
    .catch((cause) => {
      if ((cause as { code?: string }).code !== "23505") throw cause;
      throw registering.REGISTRY_MOVED({ variant, after }, cause);
    });
  if (rowCount !== 1) throw registering.REGISTRY_MOVED({ variant, after });
  return added;
}

/** Schema or table unknown to the server: 3F000, 42P01. */
function isNotThereYet(cause: unknown): boolean {
  return ["3F000", "42P01"].includes((cause as { code?: string }).code ?? "");
}

/** Node tells several addresses that refused as one error without a message. */
function problemOf(cause: unknown): string {
  const { message, code } = cause as { message?: string; code?: string };
  return message || code || "no answer";
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

/** Host, port and name of the database: a message never shows who logs in. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return "in PostgreSQL";
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
