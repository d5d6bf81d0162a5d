// The planner: plans operations on one supergraph in a thread of its own, which is replaced when it fails.
import type { Worker } from "node:worker_threads";
import type { GraphQLFormattedError } from "graphql";
import type { Fault } from "../../schema/product/fault.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { FetchTree } from "../plan/fetch-tree.ts";
import { federating } from "./federation-faults.ts";
import type { OperationUse } from "./planning/operation-use.ts";
import type { FromThread, PlanningThreadData, SentFault } from "./planning/planning-thread.ts";
import { startThread } from "./start-thread.ts";

export type Question = { readonly text: string; readonly operationName: string | undefined };

export type Planned =
  | {
      readonly kind: "planned";
      readonly tree: FetchTree | undefined;
      /**
       * Response names of the operation that stand under another name in what the tree fetches: those of fields that
       * have an alias which is not their own name.
       */
      readonly aliases: Readonly<Record<string, string>>;
      readonly use: OperationUse;
    }
  /** Valid on the published schema and not on the composed one: it asks across domains. */
  | { readonly kind: "across"; readonly use: OperationUse }
  /** All errors of the document at once. */
  | { readonly kind: "invalid"; readonly errors: readonly GraphQLFormattedError[] };

export type Planner = AsyncDisposable & {
  /**
   * Questions are planned one after another, in order.
   * @throws federating.DEFER_NOT_YET, PLAN_TOO_LARGE, PLAN_INCOMPLETE, PLANNING_FAILED, PLAN_TIMEOUT,
   *   PLANS_WAITING_MAX, PLANNER_LOST, PLANNER_CLOSED
   */
  readonly plan: (question: Question) => Promise<Planned>;
};

export type PlannerOptions = {
  readonly planTimeoutMs: number;
  readonly plansWaitingMax: number;
  /** Of the thread's heap. */
  readonly plannerMegabytesMax: number;
};

/** What the thread says of the supergraph. */
export type OpenPlanner = Planner & {
  /** Of the schema that callers see, and that their questions are checked by. */
  readonly publishedSdl: string;
  /** Address by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
};

type Waiting = {
  readonly question: Question;
  readonly resolve: (planned: Planned) => void;
  readonly reject: (fault: Fault) => void;
};

type Ready = Extract<FromThread, { readonly kind: "ready" }>;

/**
 * Resolves when the thread has loaded the supergraph. Without a mesh callers see the composed schema. Disposing lets
 * the questions that wait be answered, takes no more, and ends the thread.
 * @throws federating.FEATURES_NOT_ENFORCED, SUPERGRAPH_REFUSED
 */
export async function openPlanner(
  supergraphSdl: string,
  options: PlannerOptions,
  mesh?: Mesh,
): Promise<OpenPlanner> {
  const { planTimeoutMs, plansWaitingMax, plannerMegabytesMax } = options;
  const waiting: Waiting[] = [];
  let current: Waiting | undefined;
  let thread: Worker | undefined;
  let isReady = false;
  let timer: NodeJS.Timeout | undefined;
  let closed: PromiseWithResolvers | undefined;

  /** Starts a thread; `done` once: when it has loaded, or can't. */
  const start = (done: (outcome: Ready | Fault) => void): void => {
    const started = startThread("./planning/planning-thread", import.meta.url, {
      workerData: { supergraphSdl, mesh } satisfies PlanningThreadData,
      // What planning makes is soon thrown away: a small nursery keeps it from spreading.
      resourceLimits: { maxOldGenerationSizeMb: plannerMegabytesMax, maxYoungGenerationSizeMb: 6 },
    });
    thread = started;
    isReady = false;
    const isOld = () => thread !== started;
    started.on("message", (message: FromThread) => {
      if (isOld()) return;
      switch (message.kind) {
        case "ready":
          isReady = true;
          done(message);
          next();
          break;
        case "refused":
          lost(started, refusal(message), done);
          break;
        case "answered":
          finish((asked) => asked.resolve(message.planned));
          break;
        case "failed":
          finish((asked) => asked.reject(restored(message.fault)));
      }
    });
    const end = (problem: string, cause?: unknown) => {
      if (!isOld()) lost(started, federating.PLANNER_LOST({ problem }, cause), done);
    };
    started.on("error", (cause) => end(cause.message, cause));
    started.on("exit", (code) => end(`it exited with code ${code}`));
  };

  /** A thread that is gone, or of no use: what it worked on fails, the rest is asked of the next one. */
  const lost = (gone: Worker, fault: Fault, done: (outcome: Ready | Fault) => void): void => {
    const wasReady = isReady;
    thread = undefined;
    isReady = false;
    void gone.terminate();
    if (!wasReady) {
      done(fault);
      // Where it loaded before and does not now, nobody is kept waiting for another try.
      for (const each of waiting.splice(0)) each.reject(fault);
    }
    finish((asked) => asked.reject(fault));
  };

  const finish = (answer: (asked: Waiting) => void): void => {
    clearTimeout(timer);
    const asked = current;
    current = undefined;
    if (asked) answer(asked);
    next();
  };

  const next = (): void => {
    if (current) return;
    if (waiting.length === 0) {
      thread?.unref();
      if (closed) void close(closed);
      return;
    }
    if (!thread) start(() => {});
    thread?.ref();
    if (!isReady) return;
    current = waiting.shift() as Waiting;
    thread?.postMessage(current.question);
    timer = setTimeout(tooLong, planTimeoutMs);
  };

  const tooLong = (): void => {
    if (thread) lost(thread, federating.PLAN_TIMEOUT({ planTimeoutMs }), () => {});
    // The next question finds a thread that is ready.
    if (!thread && !closed) start(() => {});
  };

  const close = async ({ resolve }: PromiseWithResolvers): Promise<void> => {
    const last = thread;
    thread = undefined;
    await last?.terminate();
    resolve();
  };

  const ready = await new Promise<Ready>((resolve, reject) => {
    start((outcome) => ("kind" in outcome ? resolve(outcome) : reject(outcome)));
  });
  return {
    publishedSdl: ready.publishedSdl,
    subgraphs: ready.subgraphs,
    plan: (question) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(federating.PLANNER_CLOSED({}));
        if (waiting.length >= plansWaitingMax)
          return reject(federating.PLANS_WAITING_MAX({ plansWaitingMax }));
        waiting.push({ question, resolve, reject });
        next();
      }),
    [Symbol.asyncDispose]: async () => {
      closed ??= promiseWithResolvers();
      next();
      await closed.promise;
    },
  };
}

function refusal({ problem, fault }: Extract<FromThread, { readonly kind: "refused" }>): Fault {
  return fault ? restored(fault) : federating.SUPERGRAPH_REFUSED({ problem: problem.replace(/\.$/, "") });
}

function restored({ code, facts }: SentFault): Fault {
  return (federating[code] as (facts: unknown) => Fault)(facts);
}

type PromiseWithResolvers = { readonly promise: Promise<void>; readonly resolve: () => void };

function promiseWithResolvers(): PromiseWithResolvers {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
