// One fetch on its way, and those who wait for it. When all have left it is given up.
import { Ending, type Signal } from "../../schema/product/ending.ts";

export type Flight<T> = {
  readonly startedMs: number;
  /** Rejects with the signal's reason when this caller leaves. */
  readonly join: (options: { readonly signal: Signal }) => Promise<T>;
};

/** `ended` is called when it has landed, and before that where it was given up: nobody may join from then on. */
export function startFlight<T>(
  startedMs: number,
  fetch: (options: { readonly signal: Signal }) => Promise<T>,
  ended: () => void,
): Flight<T> {
  const giveUp = new Ending();
  let callers = 0;
  const landed = fetch({ signal: giveUp }).finally(ended);
  landed.catch(() => {}); // those who wait hear of it
  return {
    startedMs,
    join: ({ signal }) =>
      new Promise<T>((resolve, reject) => {
        callers++;
        const leave = () => {
          reject(signal.reason);
          if (--callers > 0) return;
          ended();
          giveUp.abort(signal.reason);
        };
        if (signal.aborted) return leave();
        signal.addEventListener("abort", leave, { once: true });
        landed.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      }),
  };
}
