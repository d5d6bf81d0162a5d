// Warm-up: what is likely to be asked is prepared on a supergraph before it has to be.
import { performance } from "node:perf_hooks";
import { OperationTypeNode } from "graphql";
import { workSignal } from "../../http/deadline.ts";
import type { Config } from "../config.ts";
import { mintVisibility } from "../policy/visibility.ts";
import { parseQuestions } from "./parse-questions.ts";
import type { Question } from "./prepare.ts";
import type { Served } from "./serve-supergraph.ts";

export type WarmUp = {
  /** Those in use on the present supergraph, latest first. */
  readonly known: readonly Question[];
  /** Texts of the registered, then of the most used operations. */
  readonly texts: readonly string[];
};

/** Stops after `warmMs`; an operation that the supergraph has no answer for is left for those who ask it. */
export async function warm(
  { operations }: Served,
  { known, texts }: WarmUp,
  options: Config["operation"],
): Promise<void> {
  const untilMs = performance.now() + options.warmMs;
  const knownTexts = new Set(known.map(({ text }) => text));
  const others = texts.filter((text) => !knownTexts.has(text));
  for (const question of [...known, ...others.flatMap((text) => parsed(text, options))]) {
    if (performance.now() > untilMs) return;
    await operations.prepare(question).catch(() => undefined);
  }
}

/**
 * Asks the queries that were prepared and need no variables, one after another, as a caller without any header, so that their
 * answers are remembered. Stops after `warmMs`; what fails is left for those who ask it.
 */
export async function runOnce(
  { operations, during }: Served,
  texts: readonly string[],
  options: Config["operation"],
  stopping: AbortSignal,
): Promise<void> {
  const asking = { signal: workSignal(stopping, options.warmMs), visibility: mintVisibility({}, []) };
  for (const question of texts.flatMap((text) => parsed(text, options))) {
    if (asking.signal.aborted) return;
    const prepared = operations.find(question.text, question.name);
    if (prepared && isSelfSufficient(question))
      await during(() => prepared.run({ asking, variables: {} })).catch(() => undefined);
  }
}

function isSelfSufficient({ definition: { operation, variableDefinitions = [] } }: Question): boolean {
  const needsNone = variableDefinitions.every(
    ({ type, defaultValue }) => type.kind !== "NonNullType" || defaultValue !== undefined,
  );
  return operation === OperationTypeNode.QUERY && needsNone;
}

/** None of a text that cannot be read: it was kept by another version, or under other limits. */
function parsed(text: string, limits: Config["operation"]): readonly Question[] {
  try {
    return parseQuestions(text, limits);
  } catch {
    return [];
  }
}
