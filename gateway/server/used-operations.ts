// Which operations are asked most, remembered on disk so that the next run prepares them before it is ready.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { writeWhole } from "../write-whole.ts";

const remembered = z.object({ texts: z.array(z.string()) });

/** Texts beyond this are not written. */
const charactersMax = 4_194_304;

export type UsedOperations = AsyncDisposable & {
  readonly count: (text: string) => void;
  /** The most used first; behind them those of the last run that were not asked in this one. */
  readonly texts: () => Promise<readonly string[]>;
};

export type UsedOptions = { readonly warmedMax: number; readonly preparedMax: number };

/**
 * Texts alone are written, without variables, every `intervalMs` where there is something new, and at the end.
 * @param directory - left out = nothing is read or written
 */
export function openUsedOperations(
  { failed }: { readonly failed: (problem: string) => void },
  directory: string | undefined,
  { warmedMax, preparedMax }: UsedOptions,
  intervalMs = 60_000,
): UsedOperations {
  const file = directory === undefined || warmedMax === 0 ? undefined : join(directory, "operations.json");
  const counts = new LRUCache<string, number>({ max: preparedMax });
  const recalling = file === undefined ? Promise.resolve([]) : recall(file);
  const stopping = new AbortController();
  let isNew = false;

  const texts = async () => {
    const counted = [...counts.entries()].sort(([, one], [, other]) => other - one).map(([text]) => text);
    return [...new Set([...counted, ...(await recalling)])].slice(0, warmedMax);
  };
  const keep = async () => {
    if (!isNew || file === undefined) return;
    isNew = false;
    try {
      // They may hold values that were written into them.
      await writeWhole(file, JSON.stringify({ texts: within(await texts()) }), { mode: 0o600 });
    } catch (failure) {
      failed((failure as Error).message);
    }
  };
  const keeping = (async () => {
    const { signal } = stopping;
    while (!signal.aborted) {
      await sleep(intervalMs, undefined, { signal, ref: false }).catch(() => {});
      await keep();
    }
  })();

  return {
    count: (text) => {
      isNew = true;
      counts.set(text, (counts.get(text) ?? 0) + 1);
    },
    texts,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await keeping;
    },
  };
}

async function recall(file: string): Promise<readonly string[]> {
  try {
    return remembered.parse(JSON.parse(await readFile(file, "utf8"))).texts;
  } catch {
    return [];
  }
}

function within(texts: readonly string[]): readonly string[] {
  let characters = 0;
  return texts.filter(({ length }) => {
    characters += length;
    return characters <= charactersMax;
  });
}
