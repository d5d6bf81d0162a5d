// Recording of use: counts what is asked, and keeps it on disk.
import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { UseReport } from "../../schema/product/use.ts";
import { readClient } from "./client-name.ts";
import { type CountedOperation, type KeptUse, openUseRecord, type UseLimits } from "./record-use.ts";
import { openUseFile, type UseFile } from "./use-file.ts";

export type Use = AsyncDisposable & {
  readonly count: (
    asked: CountedOperation,
    headers: IncomingHttpHeaders,
    variables: Readonly<Record<string, unknown>>,
    nowMs: number,
  ) => void;
  readonly report: () => UseReport;
};

export type UseDependencies = {
  readonly now: () => number;
  /** What was kept cannot be read, or what is known cannot be written. */
  readonly failed: (problem: string) => void;
  /** Left out = nothing is read or written. */
  readonly directory: string | undefined;
};

export type UseOptions = UseLimits & { readonly clientHeaders: readonly string[] };

/**
 * Goes on with what the last run kept. `since` stays as it was where that run ended in order; else something may have been
 * used and not written, so that it is now. Written every `intervalMs` where there is something new, and at the end.
 */
export async function openUse(
  { now, failed, directory }: UseDependencies,
  { clientHeaders, ...limits }: UseOptions,
  intervalMs = 60_000,
): Promise<Use> {
  const file = directory === undefined ? undefined : openUseFile(directory);
  const record = openUseRecord(limits, await goOn(file, { now, failed }));
  const stopping = new AbortController();
  let isNew = true; // that the run goes on is written at once

  const keep = async (isWhole: boolean) => {
    if (!file || !(isNew || isWhole)) return;
    isNew = false;
    await file.keep({ ...record.report(now()), isWhole }).catch((failure: Error) => {
      isNew = true;
      failed(failure.message);
    });
  };
  await keep(false);
  const keeping = (async () => {
    const { signal } = stopping;
    while (!signal.aborted) {
      await sleep(intervalMs, undefined, { signal, ref: false }).catch(() => {});
      await keep(signal.aborted);
    }
  })();

  return {
    count: (asked, headers, variables, nowMs) => {
      isNew = true;
      record.count(asked, readClient(headers, clientHeaders), variables, nowMs);
    },
    report: () => {
      const { since, forgotten, operations } = record.report(now());
      return { since, forgotten, operations };
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await keeping;
    },
  };
}

/** For a run that records nothing: what was kept has a gap from now on. */
export async function interruptUse({ failed, directory }: Omit<UseDependencies, "now">): Promise<void> {
  if (directory === undefined) return;
  const file = openUseFile(directory);
  try {
    const kept = await file.recall();
    if (kept?.isWhole) await file.keep({ ...kept, isWhole: false });
  } catch (failure) {
    failed((failure as Error).message);
  }
}

async function goOn(
  file: UseFile | undefined,
  { now, failed }: Pick<UseDependencies, "now" | "failed">,
): Promise<KeptUse> {
  const begun = { since: new Date(now()).toISOString(), operations: [], forgottenOn: [] };
  try {
    const kept = await file?.recall();
    if (!kept) return begun;
    return kept.isWhole ? kept : { ...kept, since: begun.since };
  } catch (failure) {
    failed((failure as Error).message);
    return begun;
  }
}
