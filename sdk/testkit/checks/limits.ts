// Limits: past one is a typed error, up to one a whole answer; nothing is cut off.
import { isTyped } from "../ask.ts";
import {
  type Bench,
  type Check,
  type Difference,
  differenceOf,
  firstDifference,
  isSame,
  refusal,
  type Trial,
} from "../check.ts";
import { keySelection, listQuestion } from "../questions.ts";
import { keyOf } from "../sample.ts";

export const limits: Check = {
  name: "limits",
  says: "A negative page is refused, and no answer is cut at `rowsMax` or `keysMax`.",
  skips: () => undefined,
  run: async (bench) =>
    (await firstDifference(bench, negativePages(bench))) ??
    (await firstDifference(bench, keyLists(bench))) ??
    (await wholeOrRefused(bench)),
};

function negativePages({ subject }: Bench): readonly Trial[] {
  if (!subject.collection.limit) return [];
  const pages = [{ limit: -1 }, { offset: -1 }, { limit: 5, offset: -5 }];
  return pages.map((page) => refusal(listQuestion(subject, page, keySelection(subject.key))));
}

function* keyLists({ subject, sample }: Bench): Iterable<Trial> {
  const { collection, key } = subject;
  const [only, ...others] = key;
  const [row] = sample.rows;
  if (!only || !row || others.length > 0 || !only.exact.includes("_in")) return;
  const list = (keys: number) =>
    listQuestion(
      subject,
      { where: { [only.name]: { _in: Array.from({ length: keys }, () => row.key[0]) } } },
      keySelection(key),
    );
  yield {
    question: list(collection.keysMax),
    expected: [row.key],
    read: ({ rows }) => rows.map((tree: object) => keyOf(tree, key)),
  };
  yield refusal(list(collection.keysMax + 1));
}

/** The list without arguments: all of it, or a typed error. Whether it is all, the row after it tells. */
async function wholeOrRefused({ subject, ask, sample }: Bench): Promise<Difference | undefined> {
  const { key, collection } = subject;
  const question = listQuestion(subject, {}, keySelection(key));
  const { data, errors } = await ask(question);
  if (errors.length > 0)
    return sample.whole && sample.rows.length < collection.rowsMax
      ? { question, expected: `${sample.rows.length} rows`, came: { errors } }
      : errors.every(isTyped)
        ? undefined
        : { question, expected: "a typed error", came: { errors } };
  const found: readonly object[] = data.rows;
  if (found.length > collection.rowsMax)
    return { question, expected: `at most ${collection.rowsMax} rows, or a typed error`, came: found.length };
  const keys = new Set(found.map((tree) => JSON.stringify(keyOf(tree, key))));
  const missing = sample.rows.find((row) => !keys.has(JSON.stringify(row.key)));
  if (missing)
    return {
      question,
      expected: `all rows (${JSON.stringify(missing.key)} among them), or a typed error`,
      came: found.length,
    };
  if (!collection.limit) return undefined;
  const after = listQuestion(subject, { limit: 1, offset: found.length }, keySelection(key));
  return differenceOf(
    { question: after, expected: [], read: ({ rows }) => rows, agrees: isSame },
    await ask(after),
  );
}
