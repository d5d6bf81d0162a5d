// Follows a source of changes: delivers what comes after its cursor, and moves the cursor when it was acknowledged.
import { performance } from "node:perf_hooks";
import type { ChangeEvent } from "../../schema/product/change-event.ts";
import { Fault } from "../../schema/product/fault.ts";
import { pause } from "./bell.ts";
import type { ChangeSession, ChangeSource, Deliver, ObserveChanges } from "./change-source.ts";
import { announcing } from "./changes-faults.ts";

export type FollowParts = {
  /** The product's id. */
  readonly product: string;
  readonly source: ChangeSource;
  readonly deliver: Deliver;
  readonly observe: ObserveChanges;
  /** A number from 0 to 1 that spreads the waits, so that followers do not try all at once. */
  readonly random?: () => number;
};

export type FollowOptions = {
  readonly signal: AbortSignal;
  /** Most events in one delivery. Default 100. */
  readonly eventsMax?: number;
  /** Most bytes in one delivery of more than one event. Default one mebibyte. */
  readonly bytesMax?: number;
  /** Most keys in one delivery of more than one event: as many as a gateway takes. Default 10,000. */
  readonly keysAtOnceMax?: number;
  /** Time between two looks at a silent source, in milliseconds: should a wake-up be lost. Default 5,000. */
  readonly pollMs?: number;
  /** First wait after a failure, in milliseconds; each further one is twice as long. Default 200. */
  readonly retryMs?: number;
  /** Longest such wait. Default 30,000. */
  readonly retryMaxMs?: number;
  /** Wait after a refusal (a wrong secret, a wrong address), in milliseconds. Default 60,000. */
  readonly refusedRetryMs?: number;
};

/**
 * Delivers until the signal aborts, then resolves. In order and at least once: what was not acknowledged is delivered again,
 * with the same ids, for as long as it takes. It never skips an event and never gives up: a refusal too is tried again, seldom,
 * because it is mended at the other side. Does not reject.
 */
export async function followChanges(parts: FollowParts, options: FollowOptions): Promise<void> {
  const { source, observe, product } = parts;
  const { signal } = options;
  const wait = backoff(parts, options);
  while (!signal.aborted) {
    try {
      await using session = await source.open({ signal });
      observe({ kind: "changes.leading", consumer: source.consumer });
      await deliverFrom(session, parts, options, wait.reset);
    } catch (cause) {
      if (signal.aborted) return;
      const fault =
        cause instanceof Fault
          ? cause
          : announcing.CHANGES_UNREADABLE({ product, problem: problemOf(cause) }, cause);
      const againInMs = wait.next();
      observe({ kind: "changes.source_lost", consumer: source.consumer, fault, againInMs });
      await pause(againInMs, { signal });
    }
  }
}

/** Until the signal aborts. Rejects where the session is lost. After each wait it reads again: does it still lead? */
async function deliverFrom(
  session: ChangeSession,
  parts: FollowParts,
  options: FollowOptions,
  sourceAnswers: () => void,
): Promise<void> {
  const { source, deliver, observe } = parts;
  const { signal, eventsMax = 100, pollMs = 5_000, refusedRetryMs = 60_000 } = options;
  const { consumer } = source;
  const wait = backoff(parts, options);
  while (!signal.aborted) {
    const events = atOnce(await session.read({ eventsMax }), options);
    sourceAnswers();
    const last = events.at(-1)?.sequence;
    if (last === undefined) {
      await session.changed(pollMs, { signal });
      continue;
    }
    const startedMs = performance.now();
    const delivery = await deliver(events, { signal });
    switch (delivery.kind) {
      case "taken": {
        await session.acknowledge(last);
        const tookMs = performance.now() - startedMs;
        observe({ kind: "changes.delivered", consumer, events: events.length, last, tookMs });
        wait.reset();
        break;
      }
      case "later": {
        if (signal.aborted) return;
        const againInMs = Math.max(wait.next(), delivery.afterMs ?? 0);
        observe({ kind: "changes.delayed", consumer, fault: delivery.fault, againInMs });
        await pause(againInMs, { signal });
        break;
      }
      case "refused":
        observe({ kind: "changes.refused", consumer, fault: delivery.fault, againInMs: refusedRetryMs });
        await pause(refusedRetryMs, { signal });
        break;
    }
  }
}

/** The first of them that make one delivery together; one at least. */
function atOnce(
  events: readonly ChangeEvent[],
  { bytesMax = 1024 * 1024, keysAtOnceMax = 10_000 }: FollowOptions,
): readonly ChangeEvent[] {
  let bytes = 0;
  let keys = 0;
  const over = events.findIndex((event) => {
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    keys += event.data.keys?.length ?? 0;
    return bytes > bytesMax || keys > keysAtOnceMax;
  });
  return over < 0 ? events : events.slice(0, Math.max(over, 1));
}

/** Waits that double, each up to a half less. */
function backoff(
  { random = Math.random }: FollowParts,
  { retryMs = 200, retryMaxMs = 30_000 }: FollowOptions,
) {
  let failures = 0;
  return {
    next: () => Math.min(retryMs * 2 ** failures++, retryMaxMs) * (1 - random() / 2),
    reset: () => {
      failures = 0;
    },
  };
}

function problemOf(cause: unknown): string {
  const { message, code } = cause as Error & { readonly code?: string };
  return message || code || String(cause);
}
