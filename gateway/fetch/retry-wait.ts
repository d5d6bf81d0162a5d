// How long to wait before a query is sent once more, and whether at all.
import type { Outcome } from "./exchange.ts";

/** Statuses of proxies and of servers that are busy or on their way down: another try may find them well. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Is the failure one that another try may not meet? Those of time are not: it would cost as much time again. */
export function isPassing(outcome: Outcome): boolean {
  return outcome.kind === "answered" ? passingStatuses.has(outcome.status) : outcome.kind === "unreachable";
}

/**
 * Milliseconds before retry number `retries + 1`: twice as long for each, less up to a half by chance, so that those
 * who failed together don't return together. What the subgraph asks for in `Retry-After` is waited for, too;
 * undefined where that is more than `retryWaitMs`.
 */
export function retryWait(
  { wallNow, random }: { readonly wallNow: () => number; readonly random: () => number },
  outcome: Outcome,
  retries: number,
  { retryDelayMs, retryWaitMs }: { readonly retryDelayMs: number; readonly retryWaitMs: number },
): number | undefined {
  const delayMs = retryDelayMs * 2 ** retries * (0.5 + random() / 2);
  const askedMs = outcome.kind === "answered" ? retryAfterMs(outcome.retryAfter, wallNow()) : 0;
  return askedMs > retryWaitMs ? undefined : Math.ceil(askedMs + Math.min(delayMs, retryWaitMs));
}

/** `Retry-After` in milliseconds from `nowMs` on, since the epoch: seconds or a date (RFC 9110, 10.2.3). 0 where it is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? 0 : Math.max(0, dateMs - nowMs);
}
