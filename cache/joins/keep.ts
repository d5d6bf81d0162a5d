// What is done with the outcome of a write: it is reported, and never in a caller's way.
import type { ObserveCache, OfEdge, Unstored } from "../cache-event.ts";
import type { Written } from "../store/store.ts";

/** Resolves always. */
export async function keep(
  write: Promise<Written>,
  { bytes, score, edge }: OfEdge & { readonly bytes: number; readonly score: number },
  observe: ObserveCache,
): Promise<void> {
  const reason = await write.then(reasonOf, (): Unstored => "store failed");
  observe(
    reason === undefined
      ? { kind: "cache.stored", bytes, score, edge }
      : { kind: "cache.unstored", reason, score, edge },
  );
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
