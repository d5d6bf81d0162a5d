// The circuit breaker: a subgraph that failed many times in a row is left alone for a while, then tried with one request.

/** How a request ended, as far as it says whether the subgraph is well. "undecided": given up before it could be known. */
export type Verdict = "well" | "failed" | "undecided";

/** Leave to send one request; how it ended has to be told. */
export type Permit = "usual" | "probe";

export type Breaker = {
  /** Milliseconds until a request may be sent; 0 = now. Changes nothing. */
  readonly closedForMs: () => number;
  /** Undefined = not now. In doubt one request alone gets leave, the probe. */
  readonly admit: () => Permit | undefined;
  readonly settle: (permit: Permit, verdict: Verdict) => void;
};

type State =
  | { readonly kind: "closed"; failures: number }
  /** After `untilMs` the next request is the probe; until it has ended there is no other. */
  | { readonly kind: "open"; readonly failures: number; readonly untilMs: number; probing: boolean };

/** The words of electricity: closed = requests pass, open = none does. */
export function openBreaker(
  {
    now,
    suspended,
    resumed,
  }: {
    readonly now: () => number;
    readonly suspended: (failures: number) => void;
    readonly resumed: () => void;
  },
  { failuresMax, suspendedMs }: { readonly failuresMax: number; readonly suspendedMs: number },
): Breaker {
  let state: State = { kind: "closed", failures: 0 };
  const suspend = (failures: number) => {
    state = { kind: "open", failures, untilMs: now() + suspendedMs, probing: false };
    suspended(failures);
  };
  const closedForMs = () => {
    if (state.kind === "closed") return 0;
    const leftMs = Math.ceil(state.untilMs - now());
    return state.probing ? Math.max(1, leftMs) : Math.max(0, leftMs);
  };
  return {
    closedForMs,
    admit: () => {
      if (state.kind === "closed") return "usual";
      if (closedForMs() > 0) return undefined;
      state.probing = true;
      return "probe";
    },
    settle: (permit, verdict) => {
      if (state.kind === "closed") {
        if (verdict === "well") state.failures = 0;
        else if (verdict === "failed" && ++state.failures >= failuresMax) suspend(state.failures);
      } else if (permit === "probe") {
        if (verdict === "well") {
          state = { kind: "closed", failures: 0 };
          resumed();
        } else if (verdict === "failed") suspend(state.failures + 1);
        else state.probing = false;
      } // else: sent before the subgraph was suspended, and known since
    },
  };
}
