// A Redis Stream as it is read for all gateways together: by one group, one reader at a time.
import { connectToWait, type RedisPlace } from "./redis-connection.ts";

export type StreamEntry = {
  readonly id: string;
  /** Whether it was trimmed or deleted after a reader had got it: nobody knows any more what it said. */
  readonly gone: boolean;
  /** What its field `event` holds; undefined where it has none. */
  readonly event: string | undefined;
};

export type RedisStream = AsyncDisposable & {
  /** Whether this process is the one that reads, now or still. It has to ask again within `readerMs`, or another is. */
  readonly take: () => Promise<"taken" | "kept" | "another's">;
  /** "given": what was given to a reader and not acknowledged. "new": what nobody was given; waits for some up to `waitMs`. */
  readonly read: (which: "given" | "new") => Promise<readonly StreamEntry[] | "no group">;
  /** Ends a read that waits; there can be none after it. */
  readonly interrupt: () => Promise<void>;
  readonly acknowledge: (ids: readonly string[]) => Promise<void>;
  /** The stream's last entry; "0" where there is none. */
  readonly lastId: () => Promise<string>;
  /** From here on the group gets what is later than the entry `afterId`. Makes the stream too. */
  readonly createGroup: (afterId: string) => Promise<void>;
};

export type RedisStreamOptions = {
  /** The stream's key. */
  readonly stream: string;
  /** A name that no other process has. */
  readonly holder: string;
  readonly entriesMax: number;
  readonly waitMs: number;
  readonly readerMs: number;
  readonly commandTimeoutMs: number;
};

export const usualStreamOptions = {
  entriesMax: 100,
  waitMs: 2_000,
  readerMs: 10_000,
  commandTimeoutMs: 1_000,
};

const group = "weft";
/** All gateways read under this name: whoever takes over finds what the reader before had not acknowledged. */
const consumer = "reader";

const takeReader = `#!lua flags=allow-oom
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return "another's" end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return holder and 'kept' or 'taken'
`;
const leaveReader = `#!lua flags=allow-oom
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
`;

/**
 * A group that several read at once gives the first of two events to one gateway and the second to another, and they
 * are applied in any order; each time it would look as if one was missing. So one reads, and the others stand by.
 * Two that read at once, after a pause that was too long, apply something twice: that harms nothing.
 */
export function openRedisStream(place: RedisPlace, options: RedisStreamOptions): RedisStream {
  const { stream, holder, entriesMax, waitMs, readerMs, commandTimeoutMs } = options;
  const reading = connectToWait(place, { commandTimeoutMs: waitMs + commandTimeoutMs });
  const commands = connectToWait(place, { commandTimeoutMs });
  const { call } = commands;
  const readerKey = `${stream}:reader`;
  return {
    take: async () =>
      (await call("eval", takeReader, 1, readerKey, holder, readerMs)) as "taken" | "kept" | "another's",
    read: async (which) => {
      const from = ["group", group, consumer, "count", entriesMax];
      const wait = which === "new" ? ["block", waitMs] : [];
      const after = which === "new" ? ">" : "0";
      try {
        const reply = await reading.call("xreadgroup", ...from, ...wait, "streams", stream, after);
        return entriesOf(reply as Reply);
      } catch (cause) {
        if (cause instanceof Error && cause.message.startsWith("NOGROUP")) return "no group";
        throw cause;
      }
    },
    interrupt: async () => reading[Symbol.asyncDispose](),
    acknowledge: async (ids) => void (await call("xack", stream, group, ...ids)),
    lastId: async () => {
      const [last] = (await call("xrevrange", stream, "+", "-", "count", 1)) as [string, unknown][];
      return last?.[0] ?? "0";
    },
    createGroup: async (afterId) => {
      await call("xgroup", "create", stream, group, afterId, "mkstream").catch((cause: Error) => {
        if (!cause.message.startsWith("BUSYGROUP")) throw cause; // another reader made it just now
      });
    },
    [Symbol.asyncDispose]: async () => {
      await call("eval", leaveReader, 1, readerKey, holder).catch(() => {}); // else it ends by itself
      await commands[Symbol.asyncDispose]();
      await reading[Symbol.asyncDispose]();
    },
  };
}

/** Streams, each with its entries: id, and fields and values in turn. Null for nothing new. */
type Reply = readonly [string, readonly [string, readonly string[] | null][]][] | null;

function entriesOf(reply: Reply): readonly StreamEntry[] {
  const [, entries] = reply?.[0] ?? ["", []];
  return entries.map(([id, fields]) => {
    const at = (fields ?? []).findIndex((name, i) => i % 2 === 0 && name === "event");
    return { id, gone: fields === null, event: at < 0 ? undefined : fields?.[at + 1] };
  });
}
