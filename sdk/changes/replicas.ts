// Replicas that a port reads: an event may be told once all of them have what it tells of.
import pg from "pg";
import { closeClient } from "./postgres-client.ts";

export type Replicas = AsyncDisposable & {
  /** The latest sequence that all of them have; undefined where there are none to wait for. */
  readonly reached: () => Promise<bigint | undefined>;
};

/**
 * The outbox's counter is replicated with the rows that it counts: where it stands, they are.
 * Rejects where one does not answer.
 */
export async function openReplicas(configs: readonly pg.ClientConfig[]): Promise<Replicas> {
  const clients = configs.map((config) => new pg.Client(config));
  const close = async () => {
    await Promise.all(clients.map(closeClient));
  };
  for (const client of clients) client.on("error", () => {}); // its next statement fails
  try {
    await Promise.all(clients.map((client) => client.connect()));
  } catch (failure) {
    await close();
    throw failure;
  }
  return {
    reached: async () => {
      const counters = await Promise.all(clients.map(counterOf));
      return counters.reduce<bigint | undefined>(
        (least, counter) => (least === undefined || counter < least ? counter : least),
        undefined,
      );
    },
    [Symbol.asyncDispose]: close,
  };
}

async function counterOf(client: pg.Client): Promise<bigint> {
  const { rows } = await client.query<{ last: string }>("select last from weft_sequence");
  return BigInt(rows[0]?.last ?? 0);
}
