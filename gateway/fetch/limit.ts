// The limit on requests in flight: so many at once, so many waiting in the order of their coming, and no more.

/** Who waits for a turn. */
export type Waiter = {
  /** It has the turn, and owes a `leave`. Called from a microtask, never from within another's `leave`. */
  readonly admitted: () => void;
};

export type Limit<W extends Waiter> = {
  /** "in" owes a `leave`; "waiting" will be `admitted`, unless it withdraws. */
  readonly enter: (waiter: W) => "in" | "waiting" | "full";
  /** Gives the turn to the next who waits. */
  readonly leave: () => void;
  readonly withdraw: (waiter: W) => void;
  /** Those who wait; they don't any more. */
  readonly dismiss: () => readonly W[];
  readonly counts: () => { readonly running: number; readonly waiting: number };
};

export function openLimit<W extends Waiter>(options: {
  readonly requestsMax: number;
  readonly queueMax: number;
}): Limit<W> {
  const { requestsMax, queueMax } = options;
  const waiting = new Set<W>();
  let running = 0;
  return {
    enter: (waiter) => {
      if (running < requestsMax) {
        running++;
        return "in";
      }
      if (waiting.size >= queueMax) return "full";
      waiting.add(waiter);
      return "waiting";
    },
    leave: () => {
      const next = waiting.size > 0 ? waiting.values().next().value : undefined;
      if (next === undefined) {
        running--;
        return;
      }
      waiting.delete(next);
      // Who leaves may stand within undici's parser, which can't be entered twice.
      queueMicrotask(next.admitted.bind(next));
    },
    withdraw: (waiter) => {
      waiting.delete(waiter);
    },
    dismiss: () => {
      const dismissed = [...waiting];
      waiting.clear();
      return dismissed;
    },
    counts: () => ({ running, waiting: waiting.size }),
  };
}
