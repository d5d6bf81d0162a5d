// The connection to Redis: a single server, a master that Sentinels name, or a Cluster. The one importer of ioredis.
import { createHash } from "node:crypto";
import { Cluster, Redis, type RedisOptions } from "ioredis";
import { type Script, scriptText } from "./scripts/script.ts";

type Address = { readonly host: string; readonly port: number };

export type RedisPlace =
  | { readonly kind: "single"; readonly url: string }
  | {
      readonly kind: "sentinel";
      readonly sentinels: readonly Address[];
      /** What the Sentinels call the master. */
      readonly name: string;
      readonly password?: string;
    }
  | { readonly kind: "cluster"; readonly nodes: readonly Address[]; readonly password?: string };

export type RedisConnection = AsyncDisposable & {
  /** Runs a script once for all keys that one server holds; `keys` of one call share their slot in a Cluster. */
  readonly run: (
    script: Script,
    keys: readonly string[],
    args: readonly (string | number | Buffer)[],
  ) => Promise<unknown>;
  /** Whether keys may lie on several servers. */
  readonly spread: boolean;
  /** Drops all connections and makes new ones: one may be dead without having said so. */
  readonly reconnect: () => void;
};

/** Commands that ioredis has and its types lack; `callBuffer` knows no autopipelining. */
type Scripting = Record<
  "evalshaBuffer" | "evalBuffer",
  (script: string, keys: number, ...rest: readonly (string | number | Buffer)[]) => Promise<unknown>
>;

/** Connects in the background; until then operations fail at once. Replies are buffers. */
export function connectRedis(
  place: RedisPlace,
  { commandTimeoutMs }: { readonly commandTimeoutMs: number },
): RedisConnection {
  const client = openClient(place, usualOptions);
  // Operations report what fails; without a listener ioredis would write to the console.
  client.on("error", () => {});
  const end = keepConnecting(client);
  const texts = new Map<Script, { readonly text: string; readonly sha: string }>();
  const prepared = (script: Script) => {
    const known = texts.get(script);
    if (known) return known;
    const text = scriptText(script);
    const made = { text, sha: createHash("sha1").update(text).digest("hex") };
    texts.set(script, made);
    return made;
  };
  return {
    run: async (script, keys, args) => {
      const { text, sha } = prepared(script);
      const rest = [...keys, ...args];
      try {
        return await within(commandTimeoutMs, client.evalshaBuffer(sha, keys.length, ...rest));
      } catch (cause) {
        if (!(cause instanceof Error && cause.message.startsWith("NOSCRIPT"))) throw cause;
        return within(commandTimeoutMs, client.evalBuffer(text, keys.length, ...rest));
      }
    },
    spread: place.kind === "cluster",
    reconnect: () => reconnect(client),
    [Symbol.asyncDispose]: async () => end(),
  };
}

/**
 * Fails where nothing has come after `ms`. Replies that came while this process was busy are read first: it is Redis that is
 * slow, not we.
 */
function within<T>(ms: number, reply: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let last: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      last = setImmediate(() => reject(new Error("Command timed out")));
    }, ms);
    const settled = () => {
      clearTimeout(timer);
      clearImmediate(last);
    };
    reply.then(resolve, reject).finally(settled);
  });
}

export type RedisCommands = AsyncDisposable & {
  /** Replies with text are strings. */
  readonly call: (command: string, ...args: readonly (string | number)[]) => Promise<unknown>;
};

/**
 * A connection for one caller, whose commands may wait: it shares nothing with others, whom that would hold up. Until it is
 * connected commands wait too, no longer than their timeout.
 */
export function connectToWait(
  place: RedisPlace,
  { commandTimeoutMs }: { readonly commandTimeoutMs: number },
): RedisCommands {
  const client = connect(place, {
    ...usualOptions,
    enableAutoPipelining: false,
    enableOfflineQueue: true,
    commandTimeout: commandTimeoutMs,
  });
  client.on("error", () => {});
  const end = keepConnecting(client);
  return {
    call: async (command, ...args) => {
      try {
        return await client.call(command, ...args);
      } catch (cause) {
        // The connection may be dead without having said so, or lead to a master that is none any more.
        if (/^(Command timed out|UNBLOCKED)/.test((cause as Error).message)) reconnect(client);
        throw cause;
      }
    },
    [Symbol.asyncDispose]: async () => end(),
  };
}

const usualOptions: RedisOptions = {
  connectTimeout: 2_000,
  enableOfflineQueue: false,
  enableAutoPipelining: true,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (tries) => Math.min(50 * tries, 1_000),
  // A master that was demoted answers so; the Sentinels are asked for the new one.
  reconnectOnError: (error) => error.message.startsWith("READONLY"),
};

/**
 * ioredis gives up for good where a connection is dropped, by us or by its detector of failovers, while it still asks the
 * Sentinels for the master: then it is begun anew. Ends the client when what is returned is called.
 */
function keepConnecting(client: Redis | Cluster): () => void {
  let again: NodeJS.Timeout | undefined;
  const begin = () => {
    again = setTimeout(() => void client.connect().catch(() => {}), connectAgainMs);
  };
  client.on("end", begin);
  return () => {
    client.off("end", begin);
    clearTimeout(again);
    client.disconnect();
  };
}

const connectAgainMs = 50;

function reconnect(client: Redis | Cluster): void {
  const nodes = client instanceof Cluster ? client.nodes("all") : [client];
  for (const node of nodes) node.disconnect(true);
}

function openClient(place: RedisPlace, options: RedisOptions): (Redis | Cluster) & Scripting {
  return connect(place, options) as (Redis | Cluster) & Scripting;
}

function connect(place: RedisPlace, options: RedisOptions): Redis | Cluster {
  const password = "password" in place && place.password !== undefined ? { password: place.password } : {};
  switch (place.kind) {
    case "single":
      return new Redis(place.url, options);
    case "sentinel":
      return new Redis({
        ...options,
        ...password,
        sentinels: place.sentinels.map((sentinel) => ({ ...sentinel })),
        name: place.name,
        sentinelRetryStrategy: (tries) => Math.min(50 * tries, 1_000),
        failoverDetector: true,
      });
    case "cluster":
      return new Cluster(
        place.nodes.map((node) => ({ ...node })),
        {
          redisOptions: { ...options, ...password },
          enableOfflineQueue: options.enableOfflineQueue === true,
          enableAutoPipelining: options.enableAutoPipelining === true,
          clusterRetryStrategy: (tries) => Math.min(50 * tries, 1_000),
          slotsRefreshTimeout: 2_000,
        },
      );
  }
}
