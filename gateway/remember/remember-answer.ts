// Whole answers of one operation: remembered by the values of its variables, shared while they are being made.
import { createHash } from "node:crypto";
import type { OperationTypeNode } from "graphql";
import type { Fetch } from "../../cache/joins/asked.ts";
import type { Body } from "../../cache/store/body.ts";
import type { Signal } from "../../schema/product/ending.ts";
import type { Answer } from "../execute/answer.ts";
import type { Operator, Running } from "../execute/operator.ts";
import { isRemembered } from "../fetch/told.ts";
import type { JoinCache } from "./join-cache.ts";
import { type Parted, readParted, writeParted } from "./parted.ts";
import { partedRun, provenRun } from "./parted-run.ts";
import { oldest, type Part } from "./parts.ts";
import type { Remembering } from "./remembered-ask.ts";
import { remembering } from "./remembering-faults.ts";
import { openRevalidation, type Revalidating } from "./revalidate.ts";
import { type SubgraphProducts, smallest } from "./subgraph-products.ts";

export type RememberedOperation = {
  readonly text: string;
  readonly name: string | undefined;
  readonly type: OperationTypeNode;
  /** Those that its plan is known to ask; others are learnt when it asks them. */
  readonly subgraphs: readonly string[];
};

/** Not to be remembered: with errors. Whoever waits for it gets it as it is. */
class Unremembered extends Error {
  readonly parted: Parted;
  constructor(parted: Parted) {
    super("the answer has errors");
    this.parted = parted;
  }
}

/**
 * An answer depends on the products of the subgraphs that were asked for it. Which these are is known once it was made, but
 * their counters have to be read before: so that an operation goes by those that it asked so far, and what asks another is not
 * remembered.
 */
export function rememberAnswer(
  answering: Remembering & Revalidating,
  operation: RememberedOperation,
  run: Operator<Answer>,
): Operator<Parted> {
  const { cache, products, schemaVersion } = answering;
  const { edges, answers, now, token } = cache;
  const id = createHash("sha256")
    .update(JSON.stringify([operation.text, operation.name]))
    .digest("base64url");
  const edge = `answer: ${operation.name ?? "(no name)"} ${id.slice(0, 8)}`;
  const asked = new Set(operation.subgraphs);
  const learning = (runParted: Operator<Parted>): Operator<Parted> => {
    return async (running) => {
      const parted = await runParted(running);
      for (const { subgraph } of parted.parts ?? []) asked.add(subgraph);
      return parted;
    };
  };
  const runAndLearn = learning(partedRun(run));
  const runToKeep = learning(provenRun(run));
  const revalidate = openRevalidation(answering);
  type Within = Parameters<Fetch<unknown>>[0];
  const make = async (running: Running, { former: formerOf, ...within }: Within): Promise<Made> => {
    const asking = { ...running.asking, ...within };
    const former = await formerOf?.();
    if (!former) return { parted: await runToKeep({ ...running, asking }) };
    const { isSame, answered } = await revalidate(former, asking);
    if (isSame) return { former: former.body };
    return { parted: await runToKeep({ ...running, asking: { ...asking, answered } }) };
  };
  return async (running) => {
    const { signal, visibility, maxStalenessMs } = running.asking;
    const variables = textOf(running.variables);
    if (running.watch || variables === undefined) return runAndLearn(running);
    if (!edges.worth(edge, () => `${id} ${visibility.scope} ${variables}`))
      return runAndLearn({ ...running, asking: { ...running.asking, generation: token() } });
    const known = new Set(asked);
    const { ids, sloMs } = dependencies(products, known);
    if (sloMs === undefined) {
      if (known.size > 0) cache.observe({ kind: "cache.unstored", reason: "no objective", edge });
      return runAndLearn(running);
    }

    const beganMs = now();
    let lookMs: number | undefined;
    let own: { readonly made: Promise<Made>; readonly signal: Signal } | undefined;
    try {
      const answered = await answers.through(
        {
          request: `${id} ${variables}`,
          visibility: visibility.scope,
          schemaVersion,
          products: ids,
          sloMs,
          edge,
          maxStalenessMs,
        },
        async (within) => {
          lookMs ??= now() - beganMs;
          const fetchedMs = now();
          const made = make(running, within);
          own = { made, signal: within.signal };
          const { parted, former } = await made;
          if (former !== undefined) return { body: former, whole: true, isFormer: true };
          edges.fetched(edge, 1, now() - fetchedMs);
          if (parted.errors || !parted.data) {
            cache.observe({ kind: "cache.unstored", reason: "not whole", edge });
            throw new Unremembered(parted);
          }
          const { parts = [] } = parted;
          const whole = parts.length > 0 && parts.every(({ subgraph }) => known.has(subgraph));
          return { body: writeParted(parted), whole, ageMs: ageWhenAsked(cache, parts, fetchedMs) };
        },
        { signal },
      );
      const isHit = isRemembered(answered.how);
      edges.looked(edge, 1, isHit ? 1 : 0, lookMs ?? now() - beganMs);
      return readParted(answered.body, isHit);
    } catch (cause) {
      if (cause instanceof Unremembered) return cause.parted;
      if (cause !== signal.reason) throw cause;
      // The time is up: what there is of the answer is told, unless it is being made for others too.
      if (own?.signal.aborted) return partedOf(await own.made);
      throw remembering.SHARED_ANSWER_TIMEOUT({ waitedMs: Math.round(now() - beganMs) }, cause);
    }
  };
}

/** An answer made anew, or the bytes of the former one, which is still good. */
type Made =
  | { readonly parted: Parted; readonly former?: undefined }
  | { readonly former: Body; readonly parted?: undefined };

function partedOf({ parted, former }: Made): Parted {
  return parted ?? readParted(former, true);
}

/** No objective where one of them has none, or where nobody is known to be asked. */
function dependencies(
  products: ReadonlyMap<string, SubgraphProducts>,
  subgraphs: ReadonlySet<string>,
): { readonly ids: readonly string[]; readonly sloMs: number | undefined } {
  const known = [...subgraphs].map((subgraph) => products.get(subgraph));
  return {
    ids: known.flatMap((each) => each?.products ?? []),
    sloMs: known.length > 0 ? smallest(known.map((each) => each?.sloMs)) : undefined,
  };
}

/** How old its oldest part was when its making began. */
function ageWhenAsked({ wallMs }: JoinCache, parts: readonly Part[], beganMs: number): number {
  const beganAtMs = wallMs(beganMs);
  return Math.max(0, beganAtMs - (oldest(parts) ?? beganAtMs));
}

/** Undefined where they are nested too deeply to be written, as they are for whoever coerces them: he refuses them. */
function textOf(variables: Running["variables"]): string | undefined {
  try {
    return JSON.stringify(variables);
  } catch {
    return undefined;
  }
}
