// Twenty questions at once are answered as one after the other.
import type { Answer, Question } from "../ask.ts";
import { type Bench, type Check, isSame, needsRestriction } from "../check.ts";
import { aggregateQuestion, among, keySelection, listQuestion } from "../questions.ts";
import { sampleSelection } from "../sample.ts";
import { entitiesTrial } from "./entities.ts";

const questionsMax = 20;

export const concurrency: Check = {
  name: "concurrency",
  says: "Questions asked side by side get the answers that they get alone.",
  skips: ({ sample }) => (sample.rows.length > 0 ? undefined : "it has no rows"),
  run: async (bench) => {
    const questions = questionsOf(bench);
    const alone: Answer[] = [];
    for (const question of questions) alone.push(await bench.ask(question));
    const together = await Promise.all(questions.map((question) => bench.ask(question)));
    const i = questions.findIndex((_, at) => !isSame(alone[at], together[at]));
    return i < 0 ? undefined : { question: questions[i], expected: alone[i], came: together[i] };
  },
};

function questionsOf(bench: Bench): readonly Question[] {
  const { subject, sample } = bench;
  return Array.from({ length: questionsMax }, (_, i): Question => {
    const rows = sample.rows.filter((_, at) => at % (i + 1) === 0);
    const where = needsRestriction(bench) === undefined ? { where: among(rows, subject) } : {};
    if (i % 3 === 0 && subject.collection.aggregate)
      return aggregateQuestion(subject, where, "aggregate { count }");
    if (i % 3 === 1 && subject.key.length > 0)
      return entitiesTrial(
        bench,
        rows.map(({ key }) => key),
      ).question;
    return listQuestion(subject, where, i % 2 === 0 ? sampleSelection(subject) : keySelection(subject.key));
  });
}
