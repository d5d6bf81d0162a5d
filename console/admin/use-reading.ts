// Keeps what was read from the gateway fresh while its page is open.
import { useEffect, useState } from "react";

const answerWithinMs = 5_000;

export type Reading<Read> =
  | { readonly kind: "unread" }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "read"; readonly read: Read };

/** As last read. @param read - the same function each time the page is drawn; what it throws is why nothing could be read */
export const useReading = <Read>(
  read: (options: { readonly signal: AbortSignal }) => Promise<Read>,
  refreshAfterMs: number,
): Reading<Read> => {
  const [reading, setReading] = useState<Reading<Read>>({ kind: "unread" });
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async (): Promise<void> => {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(answerWithinMs)]);
      const next = await read({ signal }).then(
        (found): Reading<Read> => ({ kind: "read", read: found }),
        (thrown): Reading<Read> => ({
          kind: "unreachable",
          reason: thrown instanceof Error ? thrown.message : String(thrown),
        }),
      );
      if (leaving.signal.aborted) return;
      setReading(next);
      timer = setTimeout(() => void refresh(), refreshAfterMs);
    };
    void refresh();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [read, refreshAfterMs]);
  return reading;
};

/** The JSON at a path of the listener that served the page. @throws Error that says what is wrong with the answer */
export const readJson = async (
  path: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> => {
  const response = await fetch(path, { signal, headers: { accept: "application/json" } });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== "object" || answer === null)
    throw new Error(`${path} gave an answer that this page cannot read`);
  return answer as Readonly<Record<string, unknown>>;
};
