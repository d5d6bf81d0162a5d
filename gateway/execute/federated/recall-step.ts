// A step of entities of which some are remembered: those are joined at once, and the rest goes into one request.
import { Ending, type Signal } from "../../../schema/product/ending.ts";
import { Fault } from "../../../schema/product/fault.ts";
import { endedBy } from "../../fetch/passenger.ts";
import { type Evidence, evidenceOfAll, type Told } from "../../fetch/told.ts";
import type { Running } from "../operator.ts";
import type { EntitiesAsked, FetchEntities, Recall, Recalled } from "../recall.ts";
import { batches } from "./batches.ts";
import type { PartOperator } from "./compile-part.ts";
import type { Gathered } from "./gather.ts";
import type { Json } from "./own.ts";
import type { Part, Step } from "./schedule.ts";
import { answeredOf, type Making, type Outcome, type StepAsking, takeOutcome } from "./step-outcome.ts";

/** What was looked up for each part; undefined for one that is not remembered. */
export type Recalling = readonly {
  readonly gathered: Gathered;
  readonly recalled: Recalled | undefined;
  readonly evidence: Told["evidence"];
}[];

/** Undefined where nothing is looked up, or the time is up: whoever asks then tells that. */
export async function recallEach(
  recall: Recall,
  { form }: StepAsking,
  gathered: readonly Gathered[],
  { asking, variables }: Running,
): Promise<Recalling | undefined> {
  const { step } = form();
  const all = gathered.map((each) => askedOf(step, each, variables));
  const looks = all.map((asked) => recall.entities(asked, asking));
  if (looks.every((look) => look === undefined)) return undefined;
  const { signal } = asking;
  const recalled = await Promise.all(looks).catch((cause) => {
    if (cause !== signal.reason) throw cause;
    return undefined;
  });
  if (!recalled) return undefined;
  return gathered.map((each, i) => ({
    gathered: each,
    recalled: recalled[i],
    evidence: recall.evidence(all[i] as EntitiesAsked),
  }));
}

/** Where none of them is looked up. */
export function tellingEvidence(
  recall: Recall,
  step: Step,
  gathered: readonly Gathered[],
  running: Running,
): Running {
  const { variables } = running;
  return withEvidence(running, () => gathered.map((each) => recall.evidence(askedOf(step, each, variables))));
}

function askedOf(
  { parts }: Step,
  { part, sent, texts }: Gathered,
  variables: Running["variables"],
): EntitiesAsked {
  const { fetch } = parts[part] as Part;
  return { fetch, sent, texts, variables: fetch.variables.map(({ name }) => variables[name]) };
}

/** What is told of a request goes by the evidence of all that is wanted at once: in whichever request it comes. */
function withEvidence(running: Running, all: () => readonly Told["evidence"][]): Running {
  const { told, wantsEvidence } = running.asking;
  if (!told || !wantsEvidence) return running;
  let known: { readonly evidence: Evidence | undefined } | undefined;
  const evidence = () => {
    known ??= { evidence: evidenceOfAll(all()) };
    return known.evidence;
  };
  return { ...running, asking: { ...running.asking, told: (part) => told({ ...part, evidence }) } };
}

type Joining = { readonly planned: Step; readonly running: Running; readonly making: Making };

/** An answer with errors: who asked tells them, others ask for themselves. */
class Incomplete extends Error {}

type Texts = readonly string[] | Fault | Incomplete;

/** Some of a part, to be fetched; `settle` hands it over to whoever else waits for it. */
type Wanted = {
  readonly gathered: Gathered;
  readonly signal: Signal;
  /** Undefined = nobody else's. */
  readonly generation: string | undefined;
  readonly settle: ((texts: Texts) => void) | undefined;
  readonly evidence: Told["evidence"];
};

export async function askRest(asking: StepAsking, recalling: Recalling, joining: Joining): Promise<void> {
  const { signal } = joining.running.asking;
  const wanted: Wanted[] = [];
  const brought = recalling.map(({ gathered, recalled, evidence }): Promise<void> => {
    if (recalled) return bring(asking, { gathered, recalled, evidence }, wanted, joining);
    wanted.push({ gathered, signal, generation: undefined, settle: undefined, evidence });
    return Promise.resolve();
  });
  await Promise.all([...brought, askWanted(asking, wanted, joining)]);
}

/** Says what it wants before it awaits anything, so that all parts find their place in one request. */
async function bring(
  asking: StepAsking,
  { gathered, recalled, evidence }: Pick<Wanted, "gathered" | "evidence"> & { readonly recalled: Recalled },
  wanted: Wanted[],
  { running, making, planned }: Joining,
): Promise<void> {
  const { found, missing, bring: bringRest } = recalled;
  const { signal } = running.asking;
  const own = new Set<number>();
  const isMissing = new Set(missing);
  joinFound(asking, gathered, found, making);
  if (found.size > 0) running.watch?.note(planned, { remembered: found.size });
  const fetch: FetchEntities = (places, within) => {
    const some = placesOf(gathered, places);
    if (!places.every((place) => isMissing.has(place))) return askAlone(asking, some, running, within);
    for (const place of places) own.add(place);
    return new Promise((resolve, reject) => {
      const settle = (texts: Texts) => (texts instanceof Error ? reject(texts) : resolve(texts));
      wanted.push({ gathered: some, ...within, settle, evidence });
    });
  };
  try {
    joinFound(asking, gathered, await bringRest(fetch, { signal }), making);
  } catch (cause) {
    const others = missing.filter((place) => !own.has(place));
    if (others.length === 0) return; // what this question asked for itself is told already
    const rest = [placesOf(gathered, others)];
    if (cause instanceof Incomplete)
      return takeOutcome(asking, rest, await asking.askBatch(rest, running), making);
    const failure = signal.aborted ? endedBy(signal, asking.subgraph, 0) : cause;
    if (!(failure instanceof Fault)) throw failure;
    takeOutcome(asking, rest, { form: asking.form(), failure }, making);
  }
}

/** Its own request goes on for those who share it, even where this question's time is up. */
async function askWanted(
  asking: StepAsking,
  wanted: readonly Wanted[],
  { running, making }: Joining,
): Promise<void> {
  if (wanted.length === 0) return;
  const generations = [running.asking, ...wanted].flatMap(({ generation }) => generation ?? []);
  const signal = whenAllEnd(wanted.map((each) => each.signal));
  const generation = generations.length > 0 ? { generation: generations.join() } : {};
  const asIs: Running = { ...running, asking: { ...running.asking, ...generation, signal } };
  const within = withEvidence(asIs, () => wanted.map(({ evidence }) => evidence));
  const all = batches(
    wanted.map(({ gathered }) => gathered),
    asking.limits.representationsMax,
  );
  const asked = all.map((batch) => ({ batch, outcome: asking.askBatch(batch, within) }));
  // Before it is joined: joining writes into what was answered.
  const written = asked.map(({ batch, outcome }) =>
    outcome.then((its) => batch.map((slice) => ({ slice, texts: textsOf(slice, its) }))),
  );
  const handOver = Promise.all(written).then(
    (slices) => {
      for (const { gathered, settle } of wanted) {
        const its = slices.flat().filter(({ slice }) => slice.part === gathered.part);
        settle?.(joined(its.map(({ texts }) => texts)));
      }
    },
    (cause) => {
      for (const { settle } of wanted) settle?.(cause);
    },
  );
  await Promise.all(
    asked.map(async ({ batch, outcome }) =>
      takeOutcome(asking, batch, await orEnded(asking, outcome, running.asking.signal), making),
    ),
  );
  if (!running.asking.signal.aborted) await handOver;
}

/** For those that are remembered and age: no answer waits for it. */
async function askAlone(
  { askBatch, limits }: StepAsking,
  gathered: Gathered,
  { variables, asking: { visibility } }: Running,
  within: { readonly signal: Signal; readonly generation: string },
): Promise<readonly string[]> {
  const all = batches([gathered], limits.representationsMax);
  const running = { variables, asking: { visibility, ...within } };
  const asked = await Promise.all(all.map((batch) => askBatch(batch, running)));
  const texts = joined(asked.flatMap((outcome, i) => (all[i] ?? []).map((slice) => textsOf(slice, outcome))));
  if (texts instanceof Error) throw texts;
  return texts;
}

/** The texts of all slices, or what is wrong with one. */
function joined(slices: readonly Texts[]): Texts {
  const texts: string[] = [];
  for (const slice of slices) {
    if (slice instanceof Error) return slice;
    texts.push(...slice);
  }
  return texts;
}

function textsOf(slice: Gathered, { form, answer, failure }: Outcome): Texts {
  if (!answer) return failure ?? new Incomplete();
  if (answer.errors?.length) return new Incomplete();
  const operator = form.operators[slice.part] as PartOperator;
  const { entities, problem } = operator.match(slice, answeredOf(form, slice, answer));
  return problem === undefined ? entities.map((entity) => JSON.stringify(entity)) : new Incomplete(problem);
}

function joinFound(
  { form }: StepAsking,
  gathered: Gathered,
  found: ReadonlyMap<number, Json | null>,
  { unknown }: Making,
): void {
  const operator = form().operators[gathered.part] as PartOperator;
  if (found.size > 0) operator.join(placesOf(gathered, [...found.keys()]), [...found.values()], unknown);
}

function placesOf(gathered: Gathered, places: readonly number[]): Gathered {
  const { sent, texts, targets } = gathered;
  const only = <T>(all: readonly T[]) => places.map((place) => all[place] as T);
  return { ...gathered, sent: only(sent), texts: only(texts), targets: only(targets) };
}

/** Ends when the last of them has. */
function whenAllEnd(signals: readonly Signal[]): Signal {
  const ending = new Ending();
  let going = signals.length;
  for (const signal of signals) {
    const end = () => {
      if (--going === 0) ending.abort(signal.reason);
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  }
  return ending;
}

/** The outcome, or that the time of him who waits for it is up. */
function orEnded(
  { form, subgraph }: StepAsking,
  outcome: Promise<Outcome>,
  signal: Signal,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const end = () => resolve({ form: form(), failure: endedBy(signal, subgraph, 0) });
    if (signal.aborted) end();
    signal.addEventListener("abort", end, { once: true });
    outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
