// Reads the example questions the gateway offers to a new visitor.

/** A named operation and the variables to ask it with. */
export type Example = {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
};

const answerWithinMs = 5_000;

const isExample = (value: unknown): value is Example => {
  if (typeof value !== "object" || value === null) return false;
  const { name, query, variables } = value as Record<keyof Example, unknown>;
  return (
    typeof name === "string" &&
    typeof query === "string" &&
    (variables === undefined || (typeof variables === "object" && variables !== null))
  );
};

/** The examples; none when the gateway has none or cannot give them, as the page is useful without. */
export const readExamples = async (): Promise<readonly Example[]> => {
  try {
    const response = await fetch("/console/examples.json", { signal: AbortSignal.timeout(answerWithinMs) });
    const answer: unknown = response.ok ? await response.json() : [];
    return Array.isArray(answer) ? answer.filter(isExample) : [];
  } catch {
    return [];
  }
};
