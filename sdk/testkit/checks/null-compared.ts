// A null compares with nothing: asking so is an error, never an empty list.
import { type Check, firstDifference, refusal } from "../check.ts";
import { keySelection, listQuestion, nest } from "../questions.ts";

export const nullCompared: Check = {
  name: "null-compared",
  says: "Any operator given null is a typed error.",
  skips: ({ subject }) => (subject.whereType ? undefined : "it has no `where`"),
  run: (bench) => {
    const { subject } = bench;
    const wheres = subject.columns.flatMap((column) =>
      column.operators.map((operator) => nest(column, { [operator]: null })),
    );
    const ask = (where: Record<string, unknown>) =>
      listQuestion(subject, { where }, keySelection(subject.key));
    return firstDifference(
      bench,
      [...wheres, { _and: null }, { _or: null }, { _not: null }].map((where) => refusal(ask(where))),
    );
  },
};
