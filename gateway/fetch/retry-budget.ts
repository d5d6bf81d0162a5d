// The retry budget: retries are a small share of the requests, so that a failing subgraph is not asked to death.

export type RetryBudget = {
  /** Says that a question is sent for the first time: it pays for a share of a retry. */
  readonly earn: () => void;
  /** Takes one retry from the budget, if it holds one. */
  readonly spend: () => boolean;
};

/**
 * A token bucket filled by requests instead of time: of `n` requests there are at most
 * `retryBurstMax + n * retryPercentMax / 100` retries. It starts full.
 */
export function openRetryBudget(options: {
  readonly retryPercentMax: number;
  readonly retryBurstMax: number;
}): RetryBudget {
  const { retryPercentMax } = options;
  const hundredthsMax = options.retryBurstMax * 100; // whole numbers: tenths do not add up in Floats
  let hundredths = hundredthsMax;
  return {
    earn: () => {
      hundredths = Math.min(hundredthsMax, hundredths + retryPercentMax);
    },
    spend: () => {
      if (hundredths < 100) return false;
      hundredths -= 100;
      return true;
    },
  };
}
