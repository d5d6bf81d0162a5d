// A product whose tables in PostgreSQL announce their changes, and what follows them.
import { fetch } from "undici";
import {
  type ChangeSource,
  type ChangesEvent,
  defineProduct,
  deliverToGateways,
  type FollowOptions,
  followChanges,
  type PostgresChangesOptions,
  postgres,
  postgresChanges,
} from "weft/sdk";
import { type PostgresSchema, postgresSchema } from "../../support/postgres-schema.ts";

export const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

export const harbourTables = [
  "create table ships (imo integer primary key, name text not null, tons numeric)",
  // A composite key of values that JSON has no form for, and columns with names of their own.
  `create table "Berths" (port text, "no" bigint, since timestamptz, depth numeric(6, 2) not null,
    primary key (port, "no", since))`,
];

export function harbour(url: string, schema: string) {
  const description = "What it is called says what it is.";
  return defineProduct({
    id: "harbour",
    version: "1.0.0",
    domain: "sea",
    owner: "Port Authority",
    contact: "port@weft.example",
    freshness: { slo: "PT1H" },
    engine: postgres({ url, schema }),
    entities: {
      Ship: {
        description,
        collection: "ships",
        key: ["imo"],
        columns: { imo: { type: "Int!", description }, name: { type: "String!", description } },
      },
      Berth: {
        description,
        collection: "berths",
        table: "Berths",
        key: ["port", "number", "since"],
        columns: {
          port: { type: "ID!", description },
          number: { type: "BigInt!", description, column: "no" },
          since: { type: "DateTime!", description },
          depth: { type: "Decimal!", description },
        },
      },
    },
  });
}

export type Harbour = AsyncDisposable & {
  readonly schema: PostgresSchema;
  readonly changes: ReturnType<typeof postgresChanges>;
  readonly source: ChangeSource;
};

/** Tables, outbox and triggers in a schema of their own. */
export async function openHarbour(
  url: string,
  options: Partial<PostgresChangesOptions> = {},
): Promise<Harbour> {
  const schema = await postgresSchema(url, harbourTables);
  const changes = postgresChanges({
    connection: { url, schema: schema.name },
    product: harbour(url, schema.name),
    ...options,
  });
  await changes.install();
  return {
    schema,
    changes,
    source: changes.source("gateways"),
    [Symbol.asyncDispose]: () => schema[Symbol.asyncDispose](),
  };
}

/** Ends the session that leads, as an operator or a failing network would. */
export async function endLeader({ schema }: Harbour): Promise<void> {
  await schema.query(
    `select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a using (pid)
      where locktype = 'advisory' and application_name = 'weft changes'
        and objid = (hashtext($1)::bigint & 4294967295)::oid`,
    [`${schema.name} gateways`],
  );
}

export type Follower = AsyncDisposable & {
  readonly seen: readonly ChangesEvent[];
  readonly leads: () => boolean;
};

/** Follows, with waits that suit a test. Disposing ends it. */
export function follow(
  source: ChangeSource,
  urls: readonly string[],
  options: Partial<FollowOptions> = {},
): Follower {
  const ending = new AbortController();
  const seen: ChangesEvent[] = [];
  const following = followChanges(
    {
      product: "harbour",
      source,
      deliver: deliverToGateways(
        { fetch, now: Date.now },
        { product: "harbour", urls, secret, timeoutMs: 2_000 },
      ),
      observe: (event) => seen.push(event),
    },
    { retryMs: 20, retryMaxMs: 100, refusedRetryMs: 100, ...options, signal: ending.signal },
  );
  return {
    seen,
    leads: () => seen.some(({ kind }) => kind === "changes.leading"),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await following;
    },
  };
}
