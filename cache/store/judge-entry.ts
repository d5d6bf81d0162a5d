// Reads the bytes found under a name: a sound entry, or nothing, and says why.
import type { ObserveCache } from "../cache-event.ts";
import { readEntry } from "./entry-format.ts";
import type { Entry } from "./store.ts";

export type JudgeEntry = (name: string, found: Buffer | "too large" | undefined) => Entry | undefined;

export function judgeEntries(observe: ObserveCache, entryBytesMax: number): JudgeEntry {
  return (name, found) => {
    if (found === undefined) return undefined;
    const entry = found === "too large" ? found : readEntry(name, found, entryBytesMax);
    if (typeof entry !== "string") return entry;
    observe({ kind: "cache.entry-rejected", reason: entry });
    return undefined;
  };
}
