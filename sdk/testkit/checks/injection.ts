// Text that would be SQL, a pattern or a parameter elsewhere is text here, and changes nothing.
import {
  type Bench,
  type Check,
  firstDifference,
  nearRows,
  needsRestriction,
  rowsFor,
  type Trial,
} from "../check.ts";
import { nest } from "../questions.ts";
import { whereTrial } from "./filter-operators.ts";

const strings = [
  `'; drop table "x"; --`,
  `' or '1' = '1`,
  `" or 1 = 1 --`,
  "$1 ? :a {} %s",
  "\\' \\\\ \\x00",
  "/* */ ; select 1",
];

export const injection: Check = {
  name: "injection",
  says: "No text given as a value is ever read as SQL.",
  skips: needsRestriction,
  run: async (bench) => {
    const everything = whereTrial(bench, bench.sample.rows, {});
    return (await firstDifference(bench, trialsOf(bench))) ?? (await firstDifference(bench, [everything]));
  },
};

function* trialsOf(bench: Bench): Iterable<Trial> {
  for (const column of bench.subject.columns.filter(({ scalar }) => scalar === "String" || scalar === "ID"))
    for (const text of strings) {
      const tests = { _eq: text, _in: [text], _gt: text, _like: `${text}%` };
      for (const [operator, operand] of Object.entries(tests))
        if ((column.operators as readonly string[]).includes(operator))
          yield whereTrial(
            bench,
            nearRows(bench, rowsFor(bench, column)),
            nest(column, { [operator]: operand }),
          );
    }
}
