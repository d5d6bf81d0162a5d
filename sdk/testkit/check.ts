// What a check is, and what it finds: nothing, or the first answer that is not what the SDL promises.
import type { GraphQLSchema } from "graphql";
import { type Answer, isTyped, type Question, type Tree } from "./ask.ts";
import type { Sample } from "./sample.ts";
import type { SampleRow } from "./sample-row.ts";
import type { Subject, TestedColumn } from "./subject.ts";
import type { WatchedPort } from "./watch-port.ts";

/** Everything that a check of one collection stands on. */
export type Bench = {
  readonly subject: Subject;
  readonly sample: Sample;
  /** The port's own collection of an entity, with its sample; undefined where it has none. */
  readonly known: (entity: string) => Promise<Known | undefined>;
  readonly schema: GraphQLSchema;
  readonly ask: (question: Question, signal?: AbortSignal) => Promise<Answer>;
  /** The port from inside, where the kit started it. */
  readonly watched: WatchedPort | undefined;
  /** The whole run's: a check ends when it does. */
  readonly signal: AbortSignal;
};

export type Known = { readonly subject: Subject; readonly sample: Sample };

export type Difference = {
  readonly question: Question | undefined;
  readonly expected: unknown;
  readonly came: unknown;
};

export type Check = {
  /** As in the report. */
  readonly name: string;
  /** What holds where it passes: one sentence. */
  readonly says: string;
  /** Why it asks nothing of this collection; undefined where it does. */
  readonly skips: (bench: Bench) => string | undefined;
  readonly run: (bench: Bench) => Promise<Difference | undefined>;
};

/** One question and the answer that it must have. */
export type Trial = {
  readonly question: Question;
  readonly expected: unknown;
  /** What is compared, read from the answer's data. */
  readonly read: (data: Tree) => unknown;
  /** Left out = the same JSON. */
  readonly agrees?: (expected: unknown, came: unknown) => boolean;
  /** May a typed error come instead? */
  readonly orRefused?: boolean;
};

export const aTypedError = "a typed error";

/** A question that must be refused with an error that has a code. */
export function refusal(question: Question): Trial {
  return { question, expected: aTypedError, read: () => "an answer" };
}

const atOnceMax = 8;

/** Asks all questions, some at a time, until one is answered wrongly. */
export async function firstDifference(
  { ask, signal }: Bench,
  trials: Iterable<Trial>,
): Promise<Difference | undefined> {
  const waiting = trials[Symbol.iterator]();
  let found: Difference | undefined;
  const work = async () => {
    for (let next = waiting.next(); !next.done && !found; next = waiting.next()) {
      signal.throwIfAborted();
      const difference = differenceOf(next.value, await ask(next.value.question));
      found ??= difference;
    }
  };
  await Promise.all(Array.from({ length: atOnceMax }, work));
  return found;
}

export function differenceOf(trial: Trial, { data, errors }: Answer): Difference | undefined {
  const { question, expected, read, agrees = isSame, orRefused = expected === aTypedError } = trial;
  if (errors.length > 0) {
    if (orRefused && errors.every(isTyped)) return undefined;
    return { question, expected, came: { errors } };
  }
  const came = read(data);
  return agrees(expected, came) ? undefined : { question, expected, came };
}

/** The same JSON, whatever the order of an object's fields. */
export function isSame(expected: unknown, came: unknown): boolean {
  return stable(expected) === stable(came);
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** The sampled rows on which a question about these columns has one answer. */
export function rowsFor({ sample }: Bench, ...columns: readonly TestedColumn[]): readonly SampleRow[] {
  const led = columns.flatMap(({ reference }) => reference ?? []);
  return sample.rows.filter(({ dangling }) => !dangling.some((name) => led.includes(name)));
}

/** A collection can be asked about known rows alone where its key can be filtered by. */
export function needsRestriction({ subject: { key, whereType } }: Bench): string | undefined {
  const can = key.length > 0 && key.every(({ exact }) => exact.includes("_eq"));
  return whereType && can ? undefined : "its primary key cannot be filtered by exactly";
}

const nearRowsMax = 50;

/** Of a large collection the first rows alone, where a question needs no others: engines find neighbours fast. */
export function nearRows({ sample }: Bench, rows: readonly SampleRow[]): readonly SampleRow[] {
  return sample.whole ? rows : rows.slice(0, nearRowsMax);
}
