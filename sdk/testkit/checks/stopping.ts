// What is asked for no longer is not worked on: questions whose caller has gone, or whose time is up.
import { setTimeout as wait } from "node:timers/promises";
import { isTyped, type Question } from "../ask.ts";
import type { Bench, Check, Difference } from "../check.ts";
import { keySelection, listQuestion } from "../questions.ts";
import type { WatchedPort } from "../watch-port.ts";

const settleMs = 2_000;

export const cancellation: Check = {
  name: "cancellation",
  says: "When a caller goes away the statements of its question end, and the next question is answered.",
  skips: ({ sample }) => (sample.rows.length > 0 ? undefined : "it has no rows"),
  run: async (bench) => {
    const { watched, ask, subject } = bench;
    const question = longQuestion(bench);
    const leaving = new AbortController();
    const asked = ask(question, leaving.signal).then(
      () => {},
      () => {}, // it was abandoned
    );
    await Promise.race([asked, watched ? begun(watched) : wait(20)]);
    const runs = watched?.running() ?? [];
    leaving.abort();
    await asked;
    await watched?.settled(runs, settleMs);
    const answered = runs.filter(({ outcome }) => outcome !== "failed").length;
    if (answered > runs.length / 2)
      return { question, expected: `most of ${runs.length} statements end`, came: `${answered} went on` };
    const next = listQuestion(
      subject,
      subject.collection.limit ? { limit: 1 } : {},
      keySelection(subject.key),
    );
    const { errors } = await ask(next);
    return errors.length > 0 ? { question: next, expected: "an answer", came: { errors } } : undefined;
  },
};

async function begun(watched: WatchedPort): Promise<void> {
  while (watched.running().length === 0) await wait(1);
}

export const timeouts: Check = {
  name: "timeouts",
  says: "A question whose time is up is answered by a typed error, and its statements end.",
  skips: ({ watched, sample }) =>
    watched
      ? sample.rows.length > 0
        ? undefined
        : "it has no rows"
      : "only a product's own time can be set",
  run: async (bench): Promise<Difference | undefined> => {
    const watched = bench.watched as WatchedPort;
    const question = longQuestion(bench);
    const { errors } = await watched.askImpatiently(question, 1, { signal: bench.signal });
    const running = watched.running();
    await watched.settled(running, settleMs);
    const still = running.filter(({ outcome }) => outcome === "running").length;
    if (still > 0) return { question, expected: "no statement runs on", came: `${still} run on` };
    if (errors.length > 0 && errors.every(isTyped)) return undefined;
    return { question, expected: "a typed error", came: errors.length > 0 ? { errors } : "an answer" };
  },
};

const fieldsMax = 400;

/** One question of many lists: whatever one takes, all together take some time. */
function longQuestion({ subject }: Bench): Question {
  const { collection, key, columns } = subject;
  const column = columns.find(({ sortable, path }) => sortable && path.length === 1);
  const page = collection.limit ? [`limit: ${Math.min(10, collection.rowsMax)}`] : [];
  const order = column ? [`order_by: [{ ${column.name}: desc }]`] : [];
  const args = [...page, ...order].join(", ");
  const field = `${collection.name}${args && `(${args})`} { ${keySelection(key)} }`;
  const fields = Array.from({ length: fieldsMax }, (_, i) => `f${i}: ${field}`);
  return { query: `{ ${fields.join("\n")} }`, variables: {} };
}
