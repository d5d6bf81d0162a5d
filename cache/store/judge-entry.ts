// Reads the bytes found under a name: a sound entry before its end, or nothing, and says why.
import type { ObserveCache } from "../cache-event.ts";
import { readEntry } from "./entry-format.ts";
import type { Entry } from "./store.ts";

export type JudgeEntry = (
  name: string,
  found: Buffer | "too large" | undefined,
  atMs: number,
) => Entry | undefined;

export function judgeEntries(observe: ObserveCache, entryBytesMax: number): JudgeEntry {
  return (name, found, atMs) => {
    if (found === undefined) return undefined;
    const entry = found === "too large" ? found : readEntry(name, found, entryBytesMax);
    if (typeof entry === "string") {
      observe({ kind: "cache.entry-rejected", reason: entry });
      return undefined;
    }
    return atMs < entry.deleteAtMs ? entry : undefined;
  };
}
