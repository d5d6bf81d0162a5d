// `checkPort`: does a port do exactly what its SDL declares? A report of every check of every collection.
import { workSignal } from "../../http/deadline.ts";
import type { Bench, Check, Difference, Known } from "./check.ts";
import { checks } from "./checks.ts";
import { type Declared, type OpenPort, openPort, type Target } from "./open-port.ts";
import { type Sample, takeSample } from "./sample.ts";
import type { Subject } from "./subject.ts";

export type CheckOptions = {
  /** Ends the checks early: those not yet made fail. */
  readonly signal?: AbortSignal;
  /** Time for everything, in milliseconds. Default 120,000. */
  readonly budgetMs?: number;
  /** Rows that are learnt of each collection. Default 200. */
  readonly sampleRowsMax?: number;
  /** Names of the checks to make. Left out = all. */
  readonly only?: readonly string[];
};

export type CheckResult = {
  readonly name: string;
  /** The collection's name; `*` for what is the whole port's. */
  readonly collection: string;
  readonly passed: boolean;
  readonly tookMs: number;
  /** What was expected and what came; or why the check had nothing to ask. */
  readonly detail?: string;
  /** GraphQL and variables, ready to be asked again. */
  readonly question?: string;
};

export type PortReport = { readonly checks: readonly CheckResult[]; readonly passed: boolean };

export const wholePort = "*";
const never = new AbortController().signal;

/** Checks a port. Rejects only where it cannot be reached at all. */
export async function checkPort(target: Target, options: CheckOptions = {}): Promise<PortReport> {
  const signal = workSignal(options.signal ?? never, options.budgetMs ?? 120_000);
  await using port = await openPort(target, { signal });
  const results = [checkSdl(port.declared)];
  const knownOf = samplingOnce(port, options.sampleRowsMax, signal);
  for (const subject of port.declared.kind === "read" ? port.declared.subjects : [])
    for (const check of chosen(options)) results.push(await runCheck(check, port, subject, knownOf, signal));
  return { checks: results, passed: results.every(({ passed }) => passed) };
}

export function chosen({ only }: CheckOptions): readonly Check[] {
  return checks.filter(({ name }) => only?.includes(name) ?? true);
}

/** The SDL composes by itself, and declares a collection. */
export function checkSdl(declared: Declared): CheckResult {
  const result = { name: "sdl", collection: wholePort, tookMs: 0 };
  return declared.kind === "read"
    ? { ...result, passed: true }
    : { ...result, passed: false, detail: declared.problems.join("\n") };
}

export type Sampling = (subject: Subject) => Promise<Known>;

/** Takes a collection's sample at the first call; all checks share it. */
export function samplingOnce(port: OpenPort, sampleRowsMax = 200, signal: AbortSignal): Sampling {
  const taken = new Map<Subject, Promise<Sample>>();
  return async (subject) => {
    const sample =
      taken.get(subject) ?? takeSample(subject, sampleRowsMax, (question) => port.ask(question, { signal }));
    taken.set(subject, sample);
    return { subject, sample: await sample };
  };
}

export async function runCheck(
  check: Check,
  port: OpenPort,
  subject: Subject,
  knownOf: Sampling,
  signal: AbortSignal,
): Promise<CheckResult> {
  const startedMs = performance.now();
  const outcome = await outcomeOf(check, port, subject, knownOf, signal);
  const tookMs = Math.round(performance.now() - startedMs);
  return { name: check.name, collection: subject.collection.name, tookMs, ...outcome };
}

type Outcome = Pick<CheckResult, "passed" | "detail" | "question">;

async function outcomeOf(
  check: Check,
  { ask, watched, declared }: OpenPort,
  subject: Subject,
  knownOf: Sampling,
  signal: AbortSignal,
): Promise<Outcome> {
  if (declared.kind !== "read") return { passed: false, detail: "its SDL could not be read" };
  try {
    signal.throwIfAborted();
    const bench: Bench = {
      ...(await knownOf(subject)),
      known: async (entity) => {
        const own = declared.subjects.find((each) => each.entity === entity);
        return own && knownOf(own);
      },
      schema: declared.schema,
      watched,
      signal,
      ask: (question, own) => ask(question, { signal: own ? AbortSignal.any([signal, own]) : signal }),
    };
    const skipped = check.skips(bench);
    if (skipped !== undefined) return { passed: true, detail: `Not asked: ${skipped}.` };
    const difference = await check.run(bench);
    return difference ? { passed: false, ...described(difference) } : { passed: true };
  } catch (failure) {
    const message = signal.aborted ? "The time for the checks was up." : (failure as Error).message;
    return { passed: false, detail: message };
  }
}

function described({ question, expected, came }: Difference): Pick<CheckResult, "detail" | "question"> {
  const detail = `expected ${shown(expected)}\ncame     ${shown(came)}`;
  if (!question) return { detail };
  return { detail, question: `${question.query}\n${JSON.stringify(question.variables)}` };
}

const shownMax = 2_000;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > shownMax ? `${text.slice(0, shownMax)}… (${text.length} characters)` : text;
}

/** The report as text: failures with their questions, then a line of counts. */
export function reportText({ checks: results }: PortReport): string {
  const lines = results.map(({ name, collection, passed, tookMs, detail, question }) =>
    [
      `${passed ? "ok  " : "FAIL"} ${collection} ${name} (${tookMs} ms)`,
      ...[question, detail].flatMap((text) => (text ? [text.replace(/^/gm, "       ")] : [])),
    ].join("\n"),
  );
  const failed = results.filter(({ passed }) => !passed).length;
  return [...lines, `${results.length} checks, ${failed} failed`].join("\n");
}
