// Whom a change hits: the differences of a port against who was seen to use it.
import type { UsedOperation, UseReport } from "../product/use.ts";
import { agoText } from "./ago-text.ts";
import type { Change, Verdict } from "./change.ts";
import { groupBy } from "./group-by.ts";

/** An operation that was seen to use what changes. */
export type Hit = Pick<UsedOperation, "client" | "operation" | "lastSeen" | "count">;

export type Judgement = Change & {
  /** By the differences alone. `verdict` is what is left of it once use is known. */
  readonly stated: Verdict;
  /** unasked: the change is safe whoever uses it. */
  readonly use: "used" | "unused" | "unknown" | "unasked";
  /** The latest first. */
  readonly hits: readonly Hit[];
  /** Who is hit, or why nobody can tell, in one sentence. */
  readonly usage: string;
};

export type JudgeOptions = {
  readonly now: Date;
  /** What nobody used for so many days can go. */
  readonly unusedDays: number;
};

const dayMs = 86_400_000;

/** Every change with whom it hits. One that nobody used for `unusedDays` days, as far back as use is known, is safe. */
export function judge(
  changes: readonly Change[],
  report: UseReport | undefined,
  { now, unusedDays }: JudgeOptions,
): readonly Judgement[] {
  const from = now.getTime() - unusedDays * dayMs;
  const unknown = whyUnknown(report, from, now);
  const users = usersOf(report, from);
  return changes.map((change) => {
    const stated = change.verdict;
    const judged = (part: Pick<Judgement, "verdict" | "use" | "hits" | "usage">) => ({
      ...change,
      stated,
      ...part,
    });
    if (stated === "safe") return judged({ verdict: stated, use: "unasked", hits: [], usage: "" });
    const hits = hitsOf(change, users);
    if (hits.length > 0)
      return judged({ verdict: stated, use: "used", hits, usage: hitText(hits, stated, now) });
    if (change.touches.length === 0)
      return judged({
        verdict: stated,
        use: "unknown",
        hits,
        usage: "No use of it is recorded: ask those who refer to it.",
      });
    if (unknown !== undefined) return judged({ verdict: stated, use: "unknown", hits, usage: unknown });
    return judged({
      verdict: "safe",
      use: "unused",
      hits,
      usage: `Nobody used it in the last ${unusedDays} days: it can go.`,
    });
  });
}

/** Why nothing can be said of what was not seen; undefined where the report is whole and old enough. */
function whyUnknown(report: UseReport | undefined, from: number, now: Date): string | undefined {
  if (!report) return "Use is not known: no gateway and no file says who asks what.";
  if (report.forgotten > 0)
    return `Use is not known: ${report.forgotten} operations were forgotten because there were too many.`;
  if (new Date(report.since).getTime() > from)
    return `Use is not known: it has been recorded since ${agoText(report.since, now)} only.`;
  return undefined;
}

/** The operations seen since `from`, by each coordinate that they use. */
function usersOf(report: UseReport | undefined, from: number): ReadonlyMap<string, readonly UsedOperation[]> {
  const users = new Map<string, UsedOperation[]>();
  for (const operation of report?.operations ?? []) {
    if (new Date(operation.lastSeen).getTime() < from) continue;
    for (const coordinate of operation.coordinates) {
      const before = users.get(coordinate);
      if (before) before.push(operation);
      else users.set(coordinate, [operation]);
    }
  }
  return users;
}

function hitsOf({ touches }: Change, users: ReadonlyMap<string, readonly UsedOperation[]>): readonly Hit[] {
  const hit = new Set(touches.flatMap((coordinate) => users.get(coordinate) ?? []));
  return [...hit]
    .map(({ client, operation, lastSeen, count }) => ({ client, operation, lastSeen, count }))
    .sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
}

/** `It breaks 2 operations of client ‘ops-dashboard’, last seen 3 hours ago.` */
function hitText(hits: readonly Hit[], stated: Verdict, now: Date): string {
  const verb = stated === "breaking" ? "It breaks" : "It may surprise";
  const clients = [...groupBy(hits, ({ client }) => client)].map(
    ([client, all]) =>
      `${all.length} ${all.length === 1 ? "operation" : "operations"} of client ‘${client}’, last seen ${agoText(all[0]?.lastSeen ?? "", now)}`,
  );
  return `${verb} ${clients.join("; ")}.`;
}
