// One statement for each collection field, one for each type of `_entities`, and none more for more parents.
import type { Question } from "../ask.ts";
import { type Bench, type Check, type Difference, needsRestriction } from "../check.ts";
import {
  aggregateQuestion,
  among,
  groupsQuestion,
  keySelection,
  listQuestion,
  select,
} from "../questions.ts";
import type { WatchedPort } from "../watch-port.ts";
import { entitiesTrial } from "./entities.ts";
import { parentsOf, underParents } from "./inverses.ts";

export const statements: Check = {
  name: "statements",
  says: "How many statements an answer takes depends on the question, never on its rows.",
  skips: ({ watched, sample }) =>
    watched
      ? sample.rows.length > 0
        ? undefined
        : "it has no rows"
      : "only a product's own statements can be counted",
  run: async (bench) => {
    const watched = bench.watched as WatchedPort;
    for (const [question, most] of [...fields(bench), ...parents(bench)]) {
      const ran = await watched.statements(() => bench.ask(question));
      if (ran.length > most) return differs(question, most, ran);
    }
    return undefined;
  },
};

function differs(question: Question, most: number, ran: readonly string[]): Difference {
  return {
    question,
    expected: `at most ${most} statements`,
    came: `${ran.length}: ${ran.slice(0, 8).join(", ")}`,
  };
}

type Budgeted = readonly (readonly [question: Question, statementsMax: number])[];

function fields(bench: Bench): Budgeted {
  const { subject, sample } = bench;
  const { collection, key, columns } = subject;
  const where = needsRestriction(bench) === undefined ? { where: among(sample.rows, subject) } : {};
  const grouped = columns.find(({ groupable }) => groupable);
  return [
    [listQuestion(subject, where, keySelection(key)), 1],
    ...(collection.aggregate ? [[aggregateQuestion(subject, where, "aggregate { count }"), 1] as const] : []),
    ...(collection.groups && grouped
      ? [[groupsQuestion(subject, where, `by { ${select(grouped)} } aggregate { count }`), 1] as const]
      : []),
    [
      entitiesTrial(
        bench,
        sample.rows.map((row) => row.key),
      ).question,
      1,
    ],
  ];
}

/** Under all parents in one statement; an own parent's row, which the SDK reads first, is one more. */
function parents({ subject, sample }: Bench): Budgeted {
  return subject.references.flatMap((reference): Budgeted => {
    const all = parentsOf(reference, sample.rows);
    const { inverse, inverseAggregate } = reference;
    if (!inverse || all.length === 0) return [];
    const most = reference.own ? 2 : 1;
    const list = `${inverse}(where: $where) { ${keySelection(subject.key)} }`;
    const count = inverseAggregate ? [`${inverseAggregate}(where: $where) { aggregate { count } }`] : [];
    return [list, ...count].map((selection) => [underParents(subject, reference, all, selection), most]);
  });
}
