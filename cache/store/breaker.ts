// Takes a store that fails out of the way, and tries it again with one operation after a rest.

export type Breaker = {
  /** Whether nobody may try now. */
  readonly rests: () => boolean;
  /** Milliseconds until an operation may be tried; 0 = now, and in doubt this caller's is the one that tries. */
  readonly waitMs: () => number;
  readonly worked: () => void;
  readonly failed: () => void;
};

export type BreakerParts = {
  readonly now: () => number;
  readonly suspended: (failures: number) => void;
  readonly resumed: () => void;
};

/** After `failuresMax` failures in a row it rests for `restMs`, and again for each try that fails. */
export function openBreaker(
  { now, suspended, resumed }: BreakerParts,
  { failuresMax, restMs }: { readonly failuresMax: number; readonly restMs: number },
): Breaker {
  let failures = 0;
  let restsUntilMs = 0;
  return {
    rests: () => failures >= failuresMax && now() < restsUntilMs,
    waitMs: () => {
      if (failures < failuresMax) return 0;
      const leftMs = restsUntilMs - now();
      if (leftMs > 0) return Math.ceil(leftMs);
      restsUntilMs = now() + restMs; // one tries; the others rest until it is known how that went
      return 0;
    },
    worked: () => {
      if (failures >= failuresMax) resumed();
      failures = 0;
    },
    failed: () => {
      failures++;
      if (failures < failuresMax) return;
      restsUntilMs = now() + restMs;
      if (failures === failuresMax) suspended(failures);
    },
  };
}
