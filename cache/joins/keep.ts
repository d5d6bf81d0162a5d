// What is done with the outcome of writes: it is reported, and never in a caller's way.
import type { ObserveCache, OfEdge, Unstored } from "../cache-event.ts";
import type { Written } from "../store/store.ts";

/** What was to be written. */
export type Kept = OfEdge & { readonly bytes: number; readonly score: number };

/** `write` tells of each of `all`, in their order. Resolves always. */
export async function keep(
  write: Promise<readonly Written[]>,
  all: readonly Kept[],
  observe: ObserveCache,
): Promise<void> {
  const written = await write.catch(() => undefined);
  all.forEach(({ bytes, score, edge }, i) => {
    const reason = written ? reasonOf(written[i] as Written) : "store failed";
    observe(
      reason === undefined
        ? { kind: "cache.stored", bytes, score, edge }
        : { kind: "cache.unstored", reason, score, edge },
    );
  });
}

function reasonOf(written: Written): Unstored | undefined {
  switch (written) {
    case "stored":
      return undefined;
    case "large":
      return "too large";
    case "late":
      return "objective passed";
    case "full":
      return "store full";
    case "unleased":
      return "invalidated meanwhile";
  }
}
