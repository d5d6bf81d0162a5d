// The subgraph port: asks subgraphs over HTTP, each by a lane of its own, bounded in time, bytes and number.
import { performance } from "node:perf_hooks";
import type { Signal } from "../../schema/product/ending.ts";
import type { Config } from "../config.ts";
import type { Visibility } from "../policy/visibility.ts";
import { fetching } from "./fetching-faults.ts";
import type { SubgraphRequest } from "./flight.ts";
import type { Heard } from "./heard.ts";
import { askLane, closeLane, type Lane, type LaneDependencies, openLane } from "./lane.ts";
import type { OperationBudget } from "./operation-budget.ts";
import { endedBy } from "./passenger.ts";
import type { SubgraphAnswer } from "./read-answer.ts";
import type { AlreadyAnswered, Told } from "./told.ts";

export type { FetchEvent } from "./fetch-event.ts";
export type { SubgraphRequest } from "./flight.ts";
export type { SubgraphAnswer, SubgraphError } from "./read-answer.ts";

/** The signal's reason says why it ended: a TimeoutError that the time was up, anything else that the caller went away. */
export type Asking = {
  readonly signal: Signal;
  readonly visibility: Visibility;
  /** Told of each answer before it is handed over. */
  readonly heard?: (answered: Heard) => void;
  /** Does it want to know of the answer's parts? */
  readonly wantsParts?: boolean;
  /** Is the answer to be kept, so that what is told shall have evidence? */
  readonly wantsEvidence?: boolean;
  /** Told where each part of the answer came from. */
  readonly told?: (told: Told) => void;
  /** How old an answer this caller takes, in milliseconds; left out = as old as products allow. 0 = asked for after it came. */
  readonly maxStalenessMs?: number;
  /** Only what is asked under the same is shared on its way; left out = all of one visibility is. */
  readonly generation?: string;
  /** What was asked for this very answer already, and is not asked again. */
  readonly answered?: ReadonlyMap<string, AlreadyAnswered>;
  /** Of a question whose plan divides it into as many requests as it needs. */
  readonly budget?: OperationBudget;
};

export type Subgraphs = AsyncDisposable & {
  /**
   * Asks one subgraph. Equal queries of the same scope that are on their way at once are one request; each caller
   * gets objects of its own. A query is sent again where that may help and the retry budget allows it.
   * @throws fetching.*
   */
  readonly ask: (
    subgraph: { readonly name: string; readonly url: string },
    request: SubgraphRequest,
    asking: Asking,
  ) => Promise<SubgraphAnswer>;
  /**
   * Addresses by name are kept open until what is returned is called: the lanes of those that nobody else keeps then
   * end, with what is on its way in them.
   */
  readonly keep: (addresses: ReadonlyMap<string, string>) => () => Promise<void>;
};

/** Clocks and chance may be given for tests. Disposing ends what is on its way and closes all connections. */
export function openSubgraphs(
  {
    observe,
    now = () => performance.now(),
    wallNow = Date.now,
    random = Math.random,
    lookupOf = () => undefined,
  }: Pick<LaneDependencies, "observe"> & Partial<LaneDependencies>,
  options: Config["fetch"],
): Subgraphs {
  const lanes = new Map<string, Map<string, Lane>>();
  const kept = new Set<{ readonly addresses: ReadonlyMap<string, string> }>();
  let closing: Promise<unknown> | undefined;
  const laneOf = (name: string, url: string): Lane | undefined => {
    const known = lanes.get(name)?.get(url);
    if (known || !URL.canParse(url)) return known;
    const lane = openLane({ observe, now, wallNow, random, lookupOf }, { name, url }, options);
    const ofName = lanes.get(name);
    if (ofName) ofName.set(url, lane);
    else lanes.set(name, new Map([[url, lane]]));
    return lane;
  };
  /** The lane of an address that is not kept any more, if it was ever asked. */
  const takeUnkept = ([name, url]: readonly [string, string]): readonly Lane[] => {
    const lane = lanes.get(name)?.get(url);
    if (!lane || [...kept].some(({ addresses }) => addresses.get(name) === url)) return [];
    lanes.get(name)?.delete(url);
    return [lane];
  };
  const allLanes = () => [...lanes.values()].flatMap((ofName) => [...ofName.values()]);
  return {
    ask: ({ name, url }, request, { signal, visibility, generation, heard, budget }) => {
      if (signal.aborted) return Promise.reject(endedBy(signal, name, 0));
      const lane = closing ? undefined : laneOf(name, url);
      if (!lane) return Promise.reject(fetching.SUBGRAPH_UNREACHABLE({ subgraph: name }));
      if (!budget) return askLane(lane, request, { signal, visibility, generation, heard });
      return budget.spend((received) => {
        const hears = (answered: Heard) => {
          received(answered.bytes);
          heard?.(answered);
        };
        return askLane(lane, request, { signal, visibility, generation, heard: hears });
      });
    },
    keep: (addresses) => {
      const keeping = { addresses };
      kept.add(keeping);
      return async () => {
        if (kept.delete(keeping)) await Promise.all([...addresses].flatMap(takeUnkept).map(closeLane));
      };
    },
    [Symbol.asyncDispose]: async () => {
      closing ??= Promise.all(allLanes().map(closeLane));
      await closing;
    },
  };
}
