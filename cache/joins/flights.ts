// Fetches on their way, shared in this process by those who may share them.

export type Flights<T> = {
  /** `generation`: the counters' tokens and the lease under which the caller came. */
  readonly find: (asked: string, generation: string) => T | undefined;
  /** In the place of one that was begun under another generation: nobody joins that one any more. */
  readonly add: (asked: string, generation: string, flight: T) => void;
  /** Once it has landed; another that took its place stays. */
  readonly remove: (asked: string, flight: T) => void;
  /** From now on nobody joins one that is on its way. */
  readonly detach: () => void;
};

/**
 * An invalidation renews a counter or ends a lease, so that whoever comes later comes under another generation and
 * starts a flight of its own, on every gateway, without being told.
 */
export function openFlights<T>(): Flights<T> {
  const flights = new Map<string, { readonly generation: string; readonly flight: T }>();
  return {
    find: (asked, generation) => {
      const known = flights.get(asked);
      return known?.generation === generation ? known.flight : undefined;
    },
    add: (asked, generation, flight) => {
      flights.set(asked, { generation, flight });
    },
    remove: (asked, flight) => {
      if (flights.get(asked)?.flight === flight) flights.delete(asked);
    },
    detach: () => flights.clear(),
  };
}
