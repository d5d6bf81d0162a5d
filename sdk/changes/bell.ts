// A bell: one waits for it, another rings. A ring while nobody waits is kept for the next who does.

export type Bell = {
  readonly ring: () => void;
  /** Resolves at a ring, after `withinMs`, or once the signal aborts. One waits at a time. */
  readonly wait: (withinMs: number, options: { readonly signal: AbortSignal }) => Promise<void>;
};

export function openBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: (withinMs, { signal }) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          wake = undefined;
          rung = false;
          resolve();
        };
        const timer = setTimeout(() => end(), withinMs);
        wake = end;
        if (rung || signal.aborted) end();
        else signal.addEventListener("abort", end);
      }),
  };
}

/** Resolves after so many milliseconds, or once the signal aborts. */
export function pause(forMs: number, options: { readonly signal: AbortSignal }): Promise<void> {
  return openBell().wait(forMs, options);
}
