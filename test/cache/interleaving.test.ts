// The real code under every order of its steps that fast-check tries: reads on two gateways, writes, evictions, failovers.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Judgement } from "../../cache/joins/admission.ts";
import type { Fetch, Fetched } from "../../cache/joins/asked.ts";
import type { Flights } from "../../cache/joins/flights.ts";
import { openFlights } from "../../cache/joins/flights.ts";
import type { Body } from "../../cache/store/body.ts";
import { openMemoryStore } from "../../cache/store/memory-store.ts";
import { hashNames, shortName } from "../../cache/store/names.ts";
import type { Store } from "../../cache/store/store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { changeOf } from "../setup/change-event.ts";
import { never, openCache } from "./support/open-cache.ts";
import { openReplicatedKeyspace } from "./support/open-to-failover.ts";

const long = process.env.WEFT_TEST_LONG !== undefined;

/** What is taken out of the code: with it gone, an old answer must get through. */
type Mutant = "none" | "lease" | "epoch" | "flights" | "counters" | "names";

type Action =
  | { readonly kind: "answer" | "entity"; readonly gateway: 0 | 1 }
  | { readonly kind: "write"; readonly by: "keys" | "product" }
  | { readonly kind: "other write" }
  | { readonly kind: "evict"; readonly which: number }
  | { readonly kind: "replicate" | "fail over" };

const gateway = fc.constantFrom(0 as const, 1 as const);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("answer" as const, "entity" as const), gateway }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      by: fc.constantFrom("keys" as const, "product" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("evict" as const), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("other write" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("replicate" as const, "fail over" as const) }),
  },
);

const ownName = shortName(hashNames("p", "Airport")({ id: 1 }));

/** An action, and how many turns of the scheduler it waits before it begins. */
const timed = fc.record({ after: fc.nat(20), action });
type Timed = { readonly after: number; readonly action: Action };

/** Every operation goes to the store, and its outcome comes back, when the scheduler says so. */
function scheduled(store: Store, s: fc.Scheduler): Store {
  const late =
    <A extends readonly unknown[], R>(name: string, run: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await s.schedule(Promise.resolve(), name);
      const result = await run(...args);
      await s.schedule(Promise.resolve(), `${name} is back`);
      return result;
    };
  return {
    ...store,
    read: late("read", store.read),
    write: late("write", store.write),
    readFields: late("readFields", store.readFields),
    fill: late("fill", store.fill),
    mark: late("mark", store.mark),
    changes: late("changes", store.changes),
    renew: late("renew", store.renew),
    claim: late("claim", store.claim),
  };
}

const all = () => true;

const blind = <T>(flights: Flights<T>): Flights<T> => ({
  ...flights,
  find: (asked) => flights.find(asked, ""),
  add: (asked, _generation, flight) => flights.add(asked, "", flight),
  detach: () => {},
});

const unleased = (store: Store): Store => ({
  ...store,
  fill: async (fills) => {
    const { fields } = await store.readFields(fills, [], { lease: all });
    return store.fill(fills.map((fill, i) => ({ ...fill, lease: fields[i]?.lease ?? "" })));
  },
});

type Variant = { readonly mutant: Mutant; readonly verdict?: Judgement["verdict"] };

/** Reads that were answered with something older than had been acknowledged when they began. */
async function oldReads(
  s: fc.Scheduler,
  actions: readonly Timed[],
  { mutant, verdict = "admitted" }: Variant,
): Promise<string[]> {
  let [clockMs, tokens, epoch, truth, acknowledged, sequence] = [0, 0, 0, 0, 0, 1];
  const keyspace = openReplicatedKeyspace();
  const now = () => clockMs;
  const memory = openMemoryStore(
    {
      now,
      token: () => (mutant === "counters" ? "0" : `t${tokens++}`),
      epoch: () => (mutant === "epoch" ? "e" : `e${epoch}`),
      keyspace,
    },
    usualStoreLimits,
  );
  // The first event of a product counts for the whole of it: the others are to be about keys.
  await memory.mark({ product: "p", sequence: "1", hashes: [] });
  const store = scheduled(mutant === "lease" ? unleased(memory) : memory, s);
  const rest = async (ms: number) => {
    await s.schedule(Promise.resolve(), "rest");
    clockMs += ms;
  };
  const gateways = [0, 1].map(() =>
    openCache(store, {
      now,
      rest,
      admission: {
        asked: () => 1,
        count: () => 1,
        saw: () => {},
        judging: () => () => ({ verdict, score: 1 }),
      },
      ...(mutant === "flights" && {
        answerFlights: blind(openFlights()),
        entityFlights: blind(openFlights()),
      }),
    }),
  );
  const asked = { request: "q", visibility: "v", schemaVersion: "1", products: ["p"], sloMs: 1e9 };
  const entity = { ...asked, product: "p", entity: "Airport", keys: [{ id: 1 }], reaches: [] };
  const fetch = async () => {
    await s.schedule(Promise.resolve(), "the source is asked");
    const body = String(truth);
    await s.schedule(Promise.resolve(), "the source answers");
    return { body, whole: true };
  };
  /** A former answer stays where no event named the entity that it tells of. */
  const fetchAnswer: Fetch<Fetched<Body>> = async ({ former: formerOf }) => {
    const former = await formerOf?.();
    const named = former?.changed.get("p");
    if (!former || !named || (named.has(ownName) && mutant !== "names")) return fetch();
    await s.schedule(Promise.resolve(), "found to be the same");
    return { body: former.body, whole: true, isFormer: true };
  };
  const old: string[] = [];
  const act = async (action: Action): Promise<void> => {
    switch (action.kind) {
      case "answer":
      case "entity": {
        const floor = acknowledged;
        const { answers, entities } = gateways[action.gateway] as (typeof gateways)[number];
        const answered =
          action.kind === "answer"
            ? await answers.through(asked, fetchAnswer, { signal: never })
            : (await entities.through(entity, async () => [await fetch()], { signal: never }))[0];
        const version = Number(answered?.body);
        if (version < floor) old.push(`${action.kind} ${answered?.how} is ${version}, older than ${floor}`);
        return;
      }
      case "write": {
        const version = ++truth;
        const { invalidation } = gateways[0] as (typeof gateways)[number];
        await (action.by === "keys"
          ? invalidation.event(changeOf("p", ++sequence, [{ id: 1 }]))
          : invalidation.product("p"));
        acknowledged = Math.max(acknowledged, version);
        return;
      }
      case "other write": {
        const { invalidation } = gateways[0] as (typeof gateways)[number];
        return invalidation.event(changeOf("p", ++sequence, [{ id: 2 }]));
      }
      case "evict":
        return keyspace.evict(action.which);
      case "replicate":
        return keyspace.replicate();
      case "fail over":
        epoch++;
        return keyspace.failOver();
    }
  };
  const begin = async ({ after, action }: Timed) => {
    for (let turn = 0; turn <= after; turn++) await s.schedule(Promise.resolve(), "later");
    await act(action);
  };
  for (const one of actions) void begin(one);
  await s.waitIdle();
  return old;
}

const check = (variant: Variant, numRuns: number, seed?: number) =>
  fc.check(
    fc.asyncProperty(fc.scheduler(), fc.array(timed, { minLength: 3, maxLength: 14 }), async (s, actions) => {
      const old = await oldReads(s, actions, variant);
      if (old.length > 0) throw new Error(old.join("; "));
    }),
    { numRuns, endOnFailure: true, ...(seed !== undefined && { seed }) },
  );

describe("the code, in any order of its steps", () => {
  it("never returns what is older than was acknowledged", async () => {
    const { failed, seed, counterexample, errorInstance } = await check(
      { mutant: "none" },
      long ? 20_000 : 1_500,
    );
    expect({ failed, seed: failed && seed, counterexample, errorInstance }).toMatchObject({ failed: false });
  }, 600_000);

  it("nor does where nothing is let in, so that entities have no lease", async () => {
    const variant = { mutant: "none", verdict: "seldom asked" } as const;
    const { failed, seed, counterexample, errorInstance } = await check(variant, long ? 20_000 : 1_500);
    expect({ failed, seed: failed && seed, counterexample, errorInstance }).toMatchObject({ failed: false });
  }, 600_000);

  it.each([
    "lease",
    "epoch",
    "flights",
    "counters",
    "names",
  ] as const)("does so where this is taken out: %s", async (mutant) => {
    const { failed, numRuns, errorInstance } = await check({ mutant }, 5_000, 1);
    expect({ failed, numRuns }).toMatchObject({ failed: true });
    expect(String(errorInstance)).toContain("older than");
  }, 60_000);
});
