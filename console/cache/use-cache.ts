// Keeps the numbers fresh while the page is open.
import { useEffect, useState } from "react";
import { type Cache, readCache } from "./read-cache.ts";

const refreshAfterMs = 2_000;
const answerWithinMs = 5_000;

/** As last read; `unread` until the first answer. */
export const useCache = (): Cache => {
  const [cache, setCache] = useState<Cache>({ kind: "unread" });
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async (): Promise<void> => {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(answerWithinMs)]);
      const next = await readCache({ signal });
      if (leaving.signal.aborted) return;
      setCache(next);
      timer = setTimeout(() => void refresh(), refreshAfterMs);
    };
    void refresh();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);
  return cache;
};
