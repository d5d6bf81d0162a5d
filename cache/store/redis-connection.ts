// The connection to Redis: a single server, a master that Sentinels name, or a Cluster. The one importer of ioredis.
import { createHash } from "node:crypto";
import { Cluster, Redis, type RedisOptions, SentinelConnector } from "ioredis";
import type { ObserveCache } from "../cache-event.ts";
import { type AskedServer, guardFailover } from "./guard-failover.ts";
import { openPatience } from "./patience.ts";
import { hearProblems } from "./redis-problems.ts";
import { type Script, scriptText } from "./scripts/script.ts";

type Address = { readonly host: string; readonly port: number };

/** How the server is known, and how we are: PEM texts. All left out = a certificate that this machine's own CAs vouch for. */
export type RedisTls = {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** The name that certificates must have; left out = the host's. */
  readonly servername?: string | undefined;
};

type Entered = {
  /** Left out = `default`. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Left out = no TLS. */
  readonly tls?: RedisTls | undefined;
};

export type RedisPlace =
  /** `url` has user and password; with `rediss://` there is TLS without `tls` too. */
  | { readonly kind: "single"; readonly url: string; readonly tls?: RedisTls | undefined }
  | (Entered & {
      readonly kind: "sentinel";
      readonly sentinels: readonly Address[];
      /** What the Sentinels call the master. */
      readonly name: string;
      readonly sentinelUsername?: string | undefined;
      readonly sentinelPassword?: string | undefined;
    })
  | (Entered & { readonly kind: "cluster"; readonly nodes: readonly Address[] });

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

export type RedisConnectionOptions = {
  /** While commands wait, a server that answers none of them for half as long is not waited for either. */
  readonly commandTimeoutMs: number;
  /** Hears why there is no connection, each reason once until there is one; and of masters that a failover may make forget. */
  readonly observe?: ObserveCache;
};

/**
 * Connects in the background; until then operations fail at once. Replies are buffers.
 * What an operation rejects with holds no argument of a command; where there is no connection it is `caching.CACHE_UNCONNECTED`,
 * as soon as the reason is known.
 */
export function connectRedis(
  place: RedisPlace,
  { commandTimeoutMs, observe = () => {} }: RedisConnectionOptions,
): RedisConnection {
  const client = openClient(place, usualOptions);
  const problems = hearProblems(
    { client, servers: serversOf(place), observe },
    { tls: place.tls, connectTimeoutMs },
  );
  if (place.kind !== "single")
    client.on("ready", () => void guardFailover(mastersOf(client, place), { observe }));
  const end = keepConnecting(client);
  const { within } = openPatience({ timeoutMs: commandTimeoutMs, silenceMs: commandTimeoutMs / 2 });
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
      const orByText = (cause: unknown) => {
        if (!(cause instanceof Error && cause.message.startsWith("NOSCRIPT"))) throw cause;
        return within(client.evalBuffer(text, keys.length, ...rest));
      };
      return within(client.evalshaBuffer(sha, keys.length, ...rest))
        .catch(orByText)
        .catch((cause) => {
          throw problems.told(cause);
        });
    },
    spread: place.kind === "cluster",
    reconnect: () => reconnect(client),
    [Symbol.asyncDispose]: async () => end(),
  };
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
  const client = connect(place, { ...usualOptions, enableAutoPipelining: false, enableOfflineQueue: true });
  const problems = hearProblems(
    { client, servers: serversOf(place), observe: () => {} },
    { tls: place.tls, connectTimeoutMs },
  );
  const end = keepConnecting(client);
  const { within } = openPatience({ timeoutMs: commandTimeoutMs, silenceMs: commandTimeoutMs });
  return {
    call: async (command, ...args) => {
      try {
        return await within(client.call(command, ...args));
      } catch (cause) {
        // The connection may be dead without having said so, or lead to a master that is none any more.
        if (/^(Command timed out|UNBLOCKED)/.test((cause as Error).message)) reconnect(client);
        throw problems.told(cause);
      }
    },
    [Symbol.asyncDispose]: async () => end(),
  };
}

const connectTimeoutMs = 2_000;
const usualOptions: RedisOptions = {
  connectTimeout: connectTimeoutMs,
  enableOfflineQueue: false,
  enableAutoPipelining: true,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (tries) => Math.min(50 * tries, 1_000),
  // A master that was demoted answers so; the Sentinels are asked for the new one.
  reconnectOnError: (error) => error.message.startsWith("READONLY"),
};

/** Those that are asked for others, and whose failures ioredis keeps to itself. */
function serversOf(place: RedisPlace): readonly Address[] {
  if (place.kind === "single") return [];
  return place.kind === "sentinel" ? place.sentinels : place.nodes;
}

function mastersOf(client: Redis | Cluster, place: RedisPlace): readonly AskedServer[] {
  const asked = (redis: Redis, name: string): AskedServer => ({
    name,
    ask: (command, ...args) => redis.call(command, ...args),
  });
  if (!(client instanceof Cluster)) return [asked(client, "name" in place ? place.name : "")];
  return client.nodes("master").map((node) => asked(node, `${node.options.host}:${node.options.port}`));
}

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
  const { tls } = place;
  switch (place.kind) {
    case "single":
      return new Redis(place.url, { ...options, ...(tls && { tls }) });
    case "sentinel":
      return new Redis({
        ...options,
        username: place.username,
        password: place.password,
        sentinelUsername: place.sentinelUsername,
        sentinelPassword: place.sentinelPassword,
        ...(tls && { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
        sentinels: place.sentinels.map((sentinel) => ({ ...sentinel })),
        name: place.name,
        sentinelRetryStrategy: (tries) => Math.min(50 * tries, 1_000),
        failoverDetector: true,
        Connector: HeardSentinels,
      });
    case "cluster":
      return new Cluster(
        place.nodes.map((node) => ({ ...node })),
        {
          redisOptions: {
            ...options,
            username: place.username,
            password: place.password,
            ...(tls && { tls }),
          },
          // A certificate is for a name: it is looked up at connecting, not before.
          ...(tls && { dnsLookup: (host, found) => found(null, host) }),
          enableOfflineQueue: options.enableOfflineQueue === true,
          enableAutoPipelining: options.enableAutoPipelining === true,
          clusterRetryStrategy: (tries) => Math.min(50 * tries, 1_000),
          slotsRefreshTimeout: 2_000,
          retryDelayOnFailover: 0, // a command that was sent, and not answered, may have been run
        },
      );
  }
}

/** Hears the errors of the connections to the Sentinels, which ioredis would write to the console. */
class HeardSentinels extends SentinelConnector {
  constructor(options: unknown) {
    super(options as ConstructorParameters<typeof SentinelConnector>[0]);
    const own = this as unknown as { connectToSentinel: (...sentinel: readonly unknown[]) => Redis };
    const connectTo = own.connectToSentinel.bind(this);
    own.connectToSentinel = (...sentinel) => {
      const client = connectTo(...sentinel);
      client.on("error", () => {});
      return client;
    };
  }
}
