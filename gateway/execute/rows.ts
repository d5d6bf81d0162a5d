// Rows: what operators below an answer hand to each other.
import { type Answer, readData } from "./answer.ts";

export type Row = Readonly<Record<string, unknown>>;
export type Rows = readonly Row[];

/**
 * The list under a name of an answer. A question that stands on it can't be answered by a part, so the first error of
 * the answer ends it.
 * @throws GraphQLError of the answer
 */
export function readList(answer: Answer, name: string): Rows {
  if (answer.errors?.[0]) throw answer.errors[0];
  return (readData(answer)?.[name] ?? []) as Rows;
}
