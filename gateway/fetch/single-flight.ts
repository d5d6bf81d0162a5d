// Single-flight: equal queries on their way at the same time are one request. This remembers which can be joined.

export type SingleFlight<Flight> = {
  readonly find: (scope: string, body: string) => Flight | undefined;
  readonly add: (scope: string, body: string, flight: Flight) => void;
  /** Once it has landed; another that took its place stays. */
  readonly remove: (scope: string, body: string, flight: Flight) => void;
  /** From now on nobody joins one that is on its way already: a mutation may have made its answer old. */
  readonly seal: () => void;
};

/** Keyed by who asks (the scope of the visibility) and by what is asked: two scopes never share. */
export function openSingleFlight<Flight>(): SingleFlight<Flight> {
  const scopes = new Map<string, Map<string, Flight>>();
  return {
    find: (scope, body) => scopes.get(scope)?.get(body),
    add: (scope, body, flight) => {
      const flights = scopes.get(scope);
      if (flights) flights.set(body, flight);
      else scopes.set(scope, new Map([[body, flight]]));
    },
    remove: (scope, body, flight) => {
      const flights = scopes.get(scope);
      if (flights?.get(body) !== flight) return;
      if (flights.size > 1) flights.delete(body);
      else scopes.delete(scope);
    },
    seal: () => scopes.clear(),
  };
}
