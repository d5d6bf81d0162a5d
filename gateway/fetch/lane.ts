// The lane to one subgraph: its connections, and all that is remembered of it while it is asked.
import type { LookupFunction } from "node:net";
import { Pool } from "undici";
import type { Signal } from "../../schema/product/ending.ts";
import type { Config } from "../config.ts";
import type { Visibility } from "../policy/visibility.ts";
import { type Breaker, openBreaker } from "./breaker.ts";
import type { FetchEvent } from "./fetch-event.ts";
import { Flight, type SubgraphRequest } from "./flight.ts";
import type { Heard } from "./heard.ts";
import { type Limit, openLimit } from "./limit.ts";
import type { SubgraphAnswer } from "./read-answer.ts";
import { openRetryBudget, type RetryBudget } from "./retry-budget.ts";
import { openSingleFlight, type SingleFlight } from "./single-flight.ts";

export type LaneDependencies = {
  readonly observe: (event: FetchEvent) => void;
  /** Milliseconds from any point on; never goes back. */
  readonly now: () => number;
  /** Milliseconds since the epoch, for dates that subgraphs name. */
  readonly wallNow: () => number;
  /** 0 up to 1. */
  readonly random: () => number;
  /** Where the host of an address is found; undefined = wherever DNS says. */
  readonly lookupOf: (url: string) => LookupFunction | undefined;
};

export type Lane = LaneDependencies & {
  readonly name: string;
  readonly path: string;
  readonly pool: Pool;
  readonly options: Config["fetch"];
  readonly limit: Limit<Flight>;
  readonly breaker: Breaker;
  readonly budget: RetryBudget;
  readonly flights: SingleFlight<Flight>;
  /** Those that wait for their next try. */
  readonly resting: Set<Flight>;
  closed: boolean;
};

export function openLane(
  dependencies: LaneDependencies,
  { name, url }: { readonly name: string; readonly url: string },
  options: Config["fetch"],
): Lane {
  const { origin, pathname, search } = new URL(url);
  const { now, observe, lookupOf } = dependencies;
  const lookup = lookupOf(url);
  const breaker = openBreaker(
    {
      now,
      suspended: (failures) =>
        observe({ kind: "subgraph.suspended", subgraph: name, failures, forMs: options.suspendedMs }),
      resumed: () => observe({ kind: "subgraph.resumed", subgraph: name }),
    },
    options,
  );
  const pool = new Pool(origin, {
    connections: options.requestsMax,
    connectTimeout: options.connectTimeoutMs,
    headersTimeout: 0, // an exchange has a timer of its own: undici's are half a second coarse
    bodyTimeout: 0,
    ...(lookup && { connect: { lookup } }),
  });
  return {
    ...dependencies,
    name,
    path: `${pathname}${search}`,
    pool,
    options,
    limit: openLimit(options),
    breaker,
    budget: openRetryBudget(options),
    flights: openSingleFlight(),
    resting: new Set(),
    closed: false,
  };
}

type Caller = {
  readonly signal: Signal;
  readonly visibility: Visibility;
  readonly generation: string | undefined;
  readonly heard: ((answered: Heard) => void) | undefined;
};

/** Joins the flight that carries the same question for the same scope and generation, or starts one. */
export function askLane(
  lane: Lane,
  request: SubgraphRequest,
  { signal, visibility, generation, heard }: Caller,
): Promise<SubgraphAnswer> {
  const scope = generation === undefined ? visibility.scope : `${visibility.scope} ${generation}`;
  const shared = request.kind === "query" ? lane.flights.find(scope, request.body) : undefined;
  if (shared) return shared.join(signal, heard && ((bytes, text) => heard({ bytes, text, isShared: true })));
  const flight = new Flight(lane, request, visibility, scope);
  const answer = flight.join(signal, heard && ((bytes, text) => heard({ bytes, text, isShared: false })));
  if (request.kind === "query") lane.flights.add(scope, request.body, flight);
  flight.start();
  return answer;
}

/** Ends what is on its way, and closes the connections. */
export async function closeLane(lane: Lane): Promise<void> {
  lane.closed = true;
  const cause = new Error("the lane closes");
  for (const flight of [...lane.limit.dismiss(), ...lane.resting]) flight.close(cause);
  await lane.pool.destroy(cause);
}
