// A cache over any store, as the gateway would open it, with what a test needs to steer it.
import { setMaxListeners } from "node:events";
import type { CacheEvent } from "../../../cache/cache-event.ts";
import { openInvalidation } from "../../../cache/invalidation/invalidation.ts";
import type { Admission } from "../../../cache/joins/admission.ts";
import { type AnswerFlight, openAnswers } from "../../../cache/joins/answers.ts";
import { type CacheOptions, usualCacheOptions } from "../../../cache/joins/cache-parts.ts";
import { type EntityFlight, openEntities } from "../../../cache/joins/entities.ts";
import { type Flights, openFlights } from "../../../cache/joins/flights.ts";
import type { Store } from "../../../cache/store/store.ts";
import { rest as restFor } from "../../../schema/product/ending.ts";
import { token } from "./stores.ts";

export type CacheInTest = ReturnType<typeof openCache>;

/** Lets everything in, so that a test need not ask twice. */
const everything: Admission = {
  asked: () => 1,
  count: () => 1,
  saw: () => {},
  judging: () => () => ({ verdict: "admitted", score: 1 }),
};

export function openCache(
  store: Store,
  {
    options = {},
    now = () => performance.now(),
    random = () => 0,
    rest = restFor,
    admission = everything,
    answerFlights = openFlights<AnswerFlight>(),
    entityFlights = openFlights<EntityFlight>(),
  }: {
    readonly options?: Partial<CacheOptions>;
    readonly now?: () => number;
    readonly random?: () => number;
    readonly rest?: typeof restFor;
    readonly admission?: Admission;
    readonly answerFlights?: Flights<AnswerFlight>;
    readonly entityFlights?: Flights<EntityFlight>;
  } = {},
) {
  const observed: CacheEvent[] = [];
  const observe = (event: CacheEvent) => void observed.push(event);
  const refreshDeadline = () => new AbortController().signal;
  const parts = {
    store,
    admission,
    isCrowded: () => false,
    now,
    random,
    token,
    rest,
    refreshDeadline,
    observe,
  };
  const settings = { ...usualCacheOptions, ...options };
  const answers = openAnswers({ ...parts, flights: answerFlights }, settings);
  const entities = openEntities({ ...parts, flights: entityFlights }, settings);
  const detach = () => {
    answerFlights.detach();
    entityFlights.detach();
  };
  const invalidation = openInvalidation({ store, isKey: () => true, detach, observe });
  return {
    answers,
    entities,
    invalidation,
    observed,
    idle: async () => {
      await answers.idle();
      await entities.idle();
    },
  };
}

/** The signal of callers who never leave. */
export const never = new AbortController().signal;
setMaxListeners(0, never);
