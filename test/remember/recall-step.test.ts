// A step whose entities are partly remembered, partly on their way for others: it comes to what the plain step comes to.
import fc from "fast-check";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { openEdges, usualEdgesOptions } from "../../cache/joins/edges.ts";
import { openKeyspace } from "../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../cache/store/memory-store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { compileStep } from "../../gateway/execute/federated/compile-step.ts";
import { newMaking } from "../../gateway/execute/federated/step-outcome.ts";
import type { Runtime } from "../../gateway/execute/runtime.ts";
import { fetching } from "../../gateway/fetch/fetching-faults.ts";
import { endedBy } from "../../gateway/fetch/passenger.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import type { JoinCache } from "../../gateway/remember/join-cache.ts";
import { recallEntities } from "../../gateway/remember/recall-entities.ts";
import { type Ask, tellingAsk } from "../../gateway/remember/remembered-ask.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import { never, openCache } from "../cache/support/open-cache.ts";
import { token } from "../cache/support/stores.ts";
import { fetchOf, keyed, stepOf } from "../execute/support/fetches.ts";

const long = process.env.WEFT_TEST_LONG !== undefined;

/** What the subgraph says of an entity; of `failing` ones it says nothing, whatever else is asked with them. */
type Truth = "whole" | "null" | "error" | "failing";
type Question = {
  /** Ids at each of the two places. */
  readonly ids: readonly [readonly number[], readonly number[]];
  /** Turns of the scheduler that it waits before it begins, and after which its time is up. */
  readonly after: number;
  readonly endsAfter: number | undefined;
};
type Setting = { readonly isStale: boolean; readonly isPartly: boolean; readonly representationsMax: number };
type Told = { readonly data: string; readonly errors: readonly string[] };

const [xs, ys] = ["a", "b"].map((name, i) =>
  fetchOf({
    subgraph: "shop",
    selection: `{... on T{${name}}}`,
    receives: [{ name }],
    at: [i === 0 ? "xs" : "ys", "@"],
    entities: keyed("T", ["id"]),
  }),
) as [ReturnType<typeof fetchOf>, ReturnType<typeof fetchOf>];
const step = stepOf(xs, ys);
const visibility = mintVisibility({}, []);

/** A subgraph that answers by `truth`, each time when the scheduler says so. */
function askBy(truth: readonly Truth[], s: fc.Scheduler): Ask {
  return async ({ name }, { body }, { signal }) => {
    const { variables } = JSON.parse(body) as { variables: Record<string, { id: number }[]> };
    await s.schedule(Promise.resolve(), "the subgraph answers");
    if (signal.aborted) throw endedBy(signal, name, 0);
    const errors: { message: string; path: (string | number)[] }[] = [];
    const data: Record<string, unknown> = {};
    for (const [list, sent] of Object.entries(variables)) {
      const part = list.slice("representations".length);
      data[`entities${part}`] = sent.map(({ id }, i) => {
        const is = truth[id];
        if (is === "failing") throw fetching.SUBGRAPH_UNREACHABLE({ subgraph: name });
        if (is === "error") errors.push({ message: `no ${id}`, path: [`entities${part}`, i] });
        return is === "whole" ? { __typename: "T", [part === "0" ? "a" : "b"]: `${part} ${id}` } : null;
      });
    }
    return { data, ...(errors.length > 0 && { errors }) } as never;
  };
}

const compile = (runtime: Pick<Runtime, "ask"> & Partial<Runtime>, representationsMax: number) =>
  compileStep(
    {
      schema: buildSchema("type Query { t: T } type T { id: Int a: String b: String }"),
      subgraphs: new Map([["shop", "http://shop"]]),
      limits: { representationsMax },
      ...runtime,
    } as Runtime,
    step,
  );

/** Runs the questions; what each was told. */
async function run(
  questions: readonly Question[],
  s: fc.Scheduler,
  runtime: Pick<Runtime, "ask"> & Partial<Runtime>,
  representationsMax: number,
): Promise<readonly Told[]> {
  const operator = compile(runtime, representationsMax);
  const ask = async ({ ids, after, endsAfter }: Question): Promise<Told> => {
    const leaving = new AbortController();
    const turns = async (count: number) => {
      for (let left = count; left > 0; left--) await s.schedule(Promise.resolve(), "later");
    };
    await turns(after);
    const [first, second] = ids.map((all) => all.map((id) => ({ __typename: "T", id })));
    const making = newMaking({ xs: first, ys: second });
    if (endsAfter !== undefined)
      void turns(endsAfter).then(() => leaving.abort(new DOMException("late", "TimeoutError")));
    await operator({ asking: { signal: leaving.signal, visibility }, variables: {} }, making).catch((cause) =>
      making.errors.push(cause),
    );
    // As it is then: nobody may write into it afterwards.
    const data = JSON.stringify(making.data);
    return { data, errors: making.errors.map(({ path, message }) => `${path?.join(".")} ${message}`).sort() };
  };
  const told = Promise.all(questions.map(ask));
  await s.waitIdle();
  return told;
}

/** The same cache for all questions, over memory. */
function remembered(ask: Ask, isStale: boolean, isPartly: boolean): Pick<Runtime, "ask" | "recall"> {
  const now = () => performance.now();
  const keyspace = openKeyspace({ bytesMax: 1_000_000 });
  const store = openMemoryStore({ now, token, epoch: () => "e", keyspace }, usualStoreLimits);
  const edges = openEdges(usualEdgesOptions);
  const cache = {
    ...openCache(store, isStale ? { options: { freshShare: 0 } } : {}),
    edges: { ...edges, worth: (edge: string) => !(isPartly && edge.includes("{b}")) },
    rests: store.rests,
    token,
    now,
    wallMs: Date.now,
  } as unknown as JoinCache;
  const products = new Map([["shop", { products: ["shop"], sloMs: 600_000 }]]);
  const remembering = { cache, ask, products, schemaVersion: "1" };
  const mesh = { entities: new Map() } as unknown as Mesh;
  return { ask, recall: { ask: tellingAsk(remembering), ...recallEntities(remembering, mesh) } };
}

const idsMax = 8;
const someIds = fc.array(fc.nat(idsMax - 1), { maxLength: 5 });
const question = (endsAfter: fc.Arbitrary<number | undefined>): fc.Arbitrary<Question> =>
  fc.record({ ids: fc.tuple(someIds, someIds), after: fc.nat(6), endsAfter });
const questions = (endsAfter: fc.Arbitrary<number | undefined>) =>
  fc.array(question(endsAfter), { minLength: 1, maxLength: 4 });
const truths = (...all: readonly Truth[]) =>
  fc.array(fc.constantFrom(...all), { minLength: idsMax, maxLength: idsMax });
const settings: fc.Arbitrary<Setting> = fc.record({
  isStale: fc.boolean(),
  isPartly: fc.boolean(),
  representationsMax: fc.constantFrom(2, 5, 1_000),
});
const numRuns = long ? 20_000 : 400;

/** Whatever is asked of whatever the subgraph has, in whatever order things happen. */
const always = (
  endsAfter: fc.Arbitrary<number | undefined>,
  truth: fc.Arbitrary<Truth[]>,
  holds: (s: fc.Scheduler, asked: Question[], truth: Truth[], setting: Setting) => Promise<void>,
) =>
  fc.assert(fc.asyncProperty(fc.scheduler(), questions(endsAfter), truth, settings, holds), {
    numRuns,
    seed: 1,
  });

describe("a step whose entities are remembered", () => {
  it("comes to what the plain step comes to, whoever else asks for the same", async () => {
    await always(
      fc.constant(undefined),
      truths("whole", "whole", "whole", "null", "error"),
      async (s, asked, truth, { isStale, isPartly, representationsMax }) => {
        const ask = askBy(truth, s);
        const plain = await run(asked, s, { ask }, representationsMax);
        const recalled = await run(asked, s, remembered(ask, isStale, isPartly), representationsMax);
        expect(recalled).toEqual(plain);
      },
    );
  }, 300_000);

  it("gives whoever stays what he would have without those whose time is up, and them an error", async () => {
    await always(
      fc.option(fc.nat(6), { nil: undefined }),
      truths("whole", "whole", "null"),
      async (s, asked, truth, { isStale, isPartly, representationsMax }) => {
        const ask = askBy(truth, s);
        const stays = asked.map(({ ids, after }) => ({ ids, after, endsAfter: undefined }));
        const plain = await run(stays, s, { ask }, representationsMax);
        const recalled = await run(asked, s, remembered(ask, isStale, isPartly), representationsMax);
        recalled.forEach((told, i) => {
          if (asked[i]?.endsAfter === undefined || told.errors.length === 0) expect(told).toEqual(plain[i]);
          else expect(plain[i]?.data.length).toBeGreaterThanOrEqual(told.data.length);
        });
      },
    );
  }, 300_000);

  it("keeps nobody past his time, while what he asked for goes on for others", async () => {
    let answers = () => {};
    const held = new Promise<void>((resolve) => {
      answers = resolve;
    });
    const whole = Array.from({ length: idsMax }, (): Truth => "whole");
    const now = { schedule: <T>(value: Promise<T>) => held.then(() => value) } as unknown as fc.Scheduler;
    const operator = compile(remembered(askBy(whole, now), false, false), 1_000);
    const leaving = new AbortController();
    const ask = async (signal: AbortSignal) => {
      const making = newMaking({ xs: [{ __typename: "T", id: 1 }], ys: [] });
      await operator({ asking: { signal, visibility }, variables: {} }, making);
      return { data: JSON.stringify(making.data), errors: making.errors.length };
    };
    const hasty = ask(leaving.signal);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const patient = ask(never);
    await new Promise((resolve) => setTimeout(resolve, 10));
    leaving.abort(new DOMException("late", "TimeoutError"));
    expect(await hasty).toEqual({ data: '{"xs":[{"__typename":"T","id":1}],"ys":[]}', errors: 1 });
    answers();
    expect(await patient).toEqual({
      data: '{"xs":[{"__typename":"T","id":1,"a":"0 1"}],"ys":[]}',
      errors: 0,
    });
  });

  it("shares nothing on its way of a part that is not remembered, though the others are", async () => {
    const generations: (string | undefined)[] = [];
    const whole = Array.from({ length: idsMax }, (): Truth => "whole");
    const now = { schedule: <T>(value: Promise<T>) => value } as unknown as fc.Scheduler;
    const answer = askBy(whole, now);
    const ask: Ask = (subgraph, request, asking) => {
      generations.push(asking.generation);
      return answer(subgraph, request, asking);
    };
    const operator = compile(remembered(ask, false, true), 1_000);
    for (let turn = 0; turn < 3; turn++) {
      const making = newMaking({ xs: [{ __typename: "T", id: 1 }], ys: [{ __typename: "T", id: 1 }] });
      await operator({ asking: { signal: never, visibility }, variables: {} }, making);
      await new Promise((resolve) => setTimeout(resolve, 10)); // it is remembered by then
    }
    expect(generations).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    expect(new Set(generations).size).toBe(3);
  });

  it("tells of each failure, and mixes nothing up", async () => {
    await always(
      fc.constant(undefined),
      truths("whole", "whole", "null", "error", "failing"),
      async (s, asked, truth, { isStale, isPartly, representationsMax }) => {
        const recalled = await run(
          asked,
          s,
          remembered(askBy(truth, s), isStale, isPartly),
          representationsMax,
        );
        recalled.forEach(({ data, errors }) => {
          const { xs, ys } = JSON.parse(data) as Record<
            "xs" | "ys",
            { id: number; a?: string; b?: string }[]
          >;
          const got = [
            ...xs.map(({ id, a }) => ({ id, value: a, right: `0 ${id}` })),
            ...ys.map(({ id, b }) => ({ id, value: b, right: `1 ${id}` })),
          ];
          for (const { id, value, right } of got) {
            if (value !== undefined) expect(value).toBe(right);
            else if (truth[id] !== "null") expect(errors).not.toEqual([]);
          }
        });
      },
    );
  }, 300_000);
});
