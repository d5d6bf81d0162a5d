// A follower's session with PostgreSQL: it leads by a lock, is woken by notifications, and keeps its cursor in a table.
import pg from "pg";
import type { Product } from "../product.ts";
import { openBell, pause } from "./bell.ts";
import type { ChangeSession } from "./change-source.ts";
import type { ChangesConnection } from "./changes-connection.ts";
import { clientConfig, closeClient } from "./postgres-client.ts";
import { openReplicas, type Replicas } from "./replicas.ts";
import { type Change, writeEvent } from "./write-event.ts";

export type SessionParts = {
  readonly connection: ChangesConnection;
  readonly product: Product;
  readonly consumer: string;
  readonly keptMs: number;
  readonly undeliveredMs: number;
};

/** Time between two looks whether the leader is gone. The lock itself is not waited for: that would hold back vacuum. */
const standbyMs = 500;
/** Time between two looks whether replicas have caught up. */
const replayMs = 50;

/** Resolves once this session leads. Rejects where the server fails, or once the signal aborts. */
export async function openPostgresSession(
  parts: SessionParts,
  { signal }: { readonly signal: AbortSignal },
): Promise<ChangeSession> {
  const { connection, consumer } = parts;
  const client = new pg.Client(clientConfig(connection));
  const bell = openBell();
  client.on("notification", ({ payload }) => {
    if (payload === (connection.schema ?? "public")) bell.ring();
  });
  client.on("error", bell.ring); // the next statement fails
  let replicas: Replicas;
  try {
    await client.connect();
    await lead(client, consumer, signal);
    await client.query("listen weft_outbox");
    await client.query("insert into weft_cursor (consumer) values ($1) on conflict do nothing", [consumer]);
    const addresses = connection.replicas ?? [];
    replicas = await openReplicas(addresses.map((url) => clientConfig({ ...connection, url })));
  } catch (failure) {
    await closeClient(client);
    throw failure;
  }
  let behind = false;
  return {
    read: async ({ eventsMax }) => {
      const events = await read(client, parts, eventsMax);
      const reached = events.length === 0 ? undefined : await replicas.reached();
      if (reached === undefined) return events;
      const told = events.filter(({ sequence }) => BigInt(sequence) <= reached);
      behind = told.length < events.length;
      return told;
    },
    acknowledge: (sequence) => acknowledge(client, parts, sequence),
    changed: (withinMs, options) => bell.wait(behind ? Math.min(withinMs, replayMs) : withinMs, options),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([closeClient(client), replicas[Symbol.asyncDispose]()]);
    },
  };
}

async function lead(client: pg.Client, consumer: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const { rows } = await client.query<{ leads: boolean }>(
      "select pg_try_advisory_lock(hashtext('weft_follow'), hashtext(current_schema() || ' ' || $1)) as leads",
      [consumer],
    );
    if (rows[0]?.leads) return;
    await pause(standbyMs, { signal });
  }
}

async function read(client: pg.Client, { product, consumer }: SessionParts, eventsMax: number) {
  const { rows } = await client.query<Change>(
    `select sequence, at, entity, keys, version from weft_outbox
      where sequence > coalesce((select c.sequence from weft_cursor c where c.consumer = $1), 0)
      order by sequence limit $2`,
    [consumer, eventsMax],
  );
  return rows.map((row) => writeEvent(product, row));
}

/** Each time the oldest are looked at too: those that nobody waits for, or that waited too long, go. */
async function acknowledge(
  client: pg.Client,
  { consumer, keptMs, undeliveredMs }: SessionParts,
  sequence: string,
): Promise<void> {
  await client.query(
    `insert into weft_cursor (consumer, sequence) values ($1, $2) on conflict (consumer)
      do update set sequence = excluded.sequence, at = excluded.at where weft_cursor.sequence < excluded.sequence`,
    [consumer, sequence],
  );
  await client.query(
    `delete from weft_outbox o
      using (select sequence, at from weft_outbox order by sequence limit 1000) as oldest
      where o.sequence = oldest.sequence and (
        oldest.at < clock_timestamp() - $1 * interval '1 millisecond'
          and oldest.sequence <= (select min(c.sequence) from weft_cursor c)
        or oldest.at < clock_timestamp() - $2 * interval '1 millisecond')`,
    [keptMs, undeliveredMs],
  );
}
