// Change events that come by a Redis Stream: applied in order, acknowledged when they are, and never lost on the way.
import type { z } from "zod";
import { changeEventSchema } from "../../schema/product/change-event.ts";
import type { RedisStream, StreamEntry } from "../store/redis-stream.ts";
import type { Invalidation } from "./invalidation.ts";

export type StreamEvent =
  | { readonly kind: "stream.applied"; readonly count: number }
  /** An entry that is no change event. Where it names a product, the whole of it counts as changed; else it is nothing. */
  | {
      readonly kind: "stream.malformed";
      readonly entry: string;
      readonly product: string | undefined;
      readonly problem: string;
    }
  /** An entry was trimmed before it was applied: whatever is remembered is forgotten. */
  | { readonly kind: "stream.lost"; readonly entry: string }
  /** Nobody has read the stream before, or it was lost: whatever is remembered is forgotten. */
  | { readonly kind: "stream.begun" }
  /** The first failure of a row; it is tried again until it works. */
  | { readonly kind: "stream.failed"; readonly cause: unknown }
  | { readonly kind: "stream.resumed" };

export type StreamParts = {
  /** Disposed with the follower. */
  readonly stream: RedisStream;
  readonly invalidation: Invalidation;
  readonly observe: (event: StreamEvent) => void;
  /** Resolves after so many milliseconds, rejects when the signal is raised. */
  readonly rest: (ms: number, options: { readonly signal: AbortSignal }) => Promise<void>;
};

export type StreamFollowing = {
  /** An event with more keys counts for its whole product. */
  readonly keysMax: number;
  /** How often one that stands by looks whether it is to read. */
  readonly standByMs: number;
  readonly retryMs: number;
  readonly retryMsMax: number;
};

export const usualStreamFollowing = { standByMs: 1_000, retryMs: 100, retryMsMax: 5_000 };

/** Follows the stream until it is disposed. No failure ends it. */
export function followStream(
  { stream, invalidation, observe, rest }: StreamParts,
  { keysMax, standByMs, retryMs, retryMsMax }: StreamFollowing,
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const apply = applyWith(invalidation, observe, keysMax);

  /** One step; says what is to be read by the next. */
  const step = async (which: "given" | "new"): Promise<"given" | "new"> => {
    const taken = await stream.take();
    if (taken === "another's") {
      await rest(standByMs, { signal });
      return "given";
    }
    const next = taken === "taken" ? "given" : which;
    const entries = await stream.read(next);
    if (entries === "no group") {
      // In this order: what is added meanwhile is read later, and where the first fails there is no group as before.
      const lastId = await stream.lastId();
      await invalidation.all();
      await stream.createGroup(lastId);
      observe({ kind: "stream.begun" });
      return "given";
    }
    if (entries.length === 0) return "new";
    for (const entry of entries) await apply(entry);
    await stream.acknowledge(entries.map(({ id }) => id));
    observe({ kind: "stream.applied", count: entries.length });
    return next;
  };

  const follow = async () => {
    let which: "given" | "new" = "given";
    let failures = 0;
    while (!signal.aborted)
      try {
        which = await step(which);
        if (failures > 0) observe({ kind: "stream.resumed" });
        failures = 0;
      } catch (cause) {
        if (signal.aborted) return;
        if (failures++ === 0) observe({ kind: "stream.failed", cause });
        which = "given"; // what was read and not applied
        await rest(Math.min(retryMs * 2 ** Math.min(failures, 10), retryMsMax), { signal }).catch(() => {});
      }
  };
  const followed = follow();
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await stream.interrupt();
      await followed;
      await stream[Symbol.asyncDispose]();
    },
  };
}

function applyWith(invalidation: Invalidation, observe: StreamParts["observe"], keysMax: number) {
  return async ({ id, gone, event }: StreamEntry): Promise<void> => {
    if (gone) {
      observe({ kind: "stream.lost", entry: id });
      return invalidation.all();
    }
    const given = parsed(event);
    const read = changeEventSchema.safeParse(given);
    if (read.success) {
      const { keys, ...named } = read.data.data;
      const all = keys === undefined || keys.length <= keysMax;
      return invalidation.event(all ? read.data : { ...read.data, data: named });
    }
    const product = productNamedBy(given);
    const { path, message } = read.error.issues[0] as z.core.$ZodIssue;
    const problem = given === undefined ? "its field `event` is no JSON" : `${path.join(".")}: ${message}`;
    observe({ kind: "stream.malformed", entry: id, product, problem });
    if (product !== undefined) await invalidation.product(product);
  };
}

function parsed(event: string | undefined): unknown {
  try {
    return JSON.parse(event ?? "");
  } catch {
    return undefined;
  }
}

function productNamedBy(given: unknown): string | undefined {
  const source = (given as { source?: unknown } | null | undefined)?.source;
  return typeof source === "string" && source !== "" ? source : undefined;
}
