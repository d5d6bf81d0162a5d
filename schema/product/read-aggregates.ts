// Reads what is selected beneath `aggregate`.
import { asking } from "./asking-faults.ts";
import { type Aggregate, type AggregateFunction, aggregateName } from "./value.ts";

type Input = Readonly<Record<string, unknown>>;

/** A selected field of `aggregate`: `count`, or a function and its columns. */
export type SelectedAggregate = {
  readonly name: string;
  /** Coerced; asked for of a count alone. */
  readonly arguments: () => Input;
  readonly fields: readonly { readonly name: string }[];
};

/** Each once, in the order of their first selection. @throws asking.COLUMN_NEEDED */
export function readAggregates(selected: readonly SelectedAggregate[], at: string): readonly Aggregate[] {
  const aggregates = selected.flatMap((field): readonly Aggregate[] => {
    if (field.name === "count") return [readCount(field.arguments(), at)];
    return field.fields
      .filter(({ name }) => name !== "__typename")
      .map(({ name }) => ({ function: field.name as AggregateFunction, column: name }));
  });
  return [...new Map(aggregates.map((each) => [aggregateName(each), each])).values()];
}

/** @throws asking.COLUMN_NEEDED */
export function readCount({ column, distinct }: Input, at: string): Aggregate {
  if (column === undefined || column === null) {
    if (distinct) throw asking.COLUMN_NEEDED({ at: `${at}.count` });
    return { function: "count", distinct: false };
  }
  return { function: "count", column: column as string, distinct: distinct === true };
}
