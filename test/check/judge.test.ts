// Whom a change hits, said as a team reads it; and when nobody can tell.
import { describe, expect, it } from "vitest";
import type { Change } from "../../schema/check/change.ts";
import { judge } from "../../schema/check/judge.ts";
import { nextVersion, stepFor } from "../../schema/check/next-version.ts";
import { days, hours, now, usedBy } from "./support/use-reports.ts";

const removed: Change = {
  kind: "field removed",
  coordinate: "Airport.city",
  verdict: "breaking",
  text: "The field Airport.city is removed.",
  touches: ["Airport.city", "airports_bool_exp.city"],
};
const options = { now, unusedDays: 30 };
const operation = (client: string, coordinate: string, lastSeen: string, name = "Map") => ({
  client,
  operation: { name, hash: "b".repeat(64) },
  coordinates: [coordinate],
  firstSeen: days(55),
  lastSeen,
  count: 1,
});
const judged = (change: Change, report: ReturnType<typeof usedBy> | undefined) => {
  const [judgement] = judge([change], report, options);
  if (!judgement) throw new Error("nothing was judged");
  return judgement;
};

describe("a breaking change", () => {
  it("names clients, how many operations each, and how long ago", () => {
    const operations = [
      operation("ops-dashboard", "Airport.city", hours(3)),
      operation("ops-dashboard", "airports_bool_exp.city", hours(30)),
      operation("weekly-report", "Airport.city", days(6)),
      operation("other", "Airport.name", hours(1)),
    ];
    expect(judged(removed, usedBy([], { operations }))).toMatchObject({
      verdict: "breaking",
      use: "used",
      usage:
        "It breaks 2 operations of client ‘ops-dashboard’, last seen 3 hours ago; 1 operation of client ‘weekly-report’, last seen 6 days ago.",
    });
  });

  it("can go where nobody used it for as long as was asked", () => {
    const operations = [operation("ops-dashboard", "Airport.city", days(31))];
    expect(judged(removed, usedBy([], { operations }))).toMatchObject({
      verdict: "safe",
      stated: "breaking",
      use: "unused",
      hits: [],
      usage: "Nobody used it in the last 30 days: it can go.",
    });
  });

  it.each([
    ["there is no report", undefined, /no gateway and no file/],
    ["operations were forgotten", usedBy([], { forgotten: 7 }), /7 operations were forgotten/],
    ["it has not been recorded for long enough", usedBy([], { since: days(29) }), /since 29 days ago only/],
  ])("stays breaking where %s", (_, report, why) => {
    const judgement = judged(removed, report);
    expect(judgement).toMatchObject({ verdict: "breaking", use: "unknown", hits: [] });
    expect(judgement.usage).toMatch(why);
  });

  it("tells of use that is known, although more may not be", () => {
    const operations = [operation("ops-dashboard", "Airport.city", hours(3))];
    for (const report of [
      usedBy([], { operations, forgotten: 7 }),
      usedBy([], { operations, since: days(2) }),
    ])
      expect(judged(removed, report)).toMatchObject({ verdict: "breaking", use: "used" });
  });

  it("stays breaking where no use can tell", () => {
    const key: Change = { ...removed, kind: "key removed", touches: [] };
    expect(judged(key, usedBy([]))).toMatchObject({ verdict: "breaking", use: "unknown" });
  });

  it("is known from the very moment on that is asked for", () => {
    expect(judged(removed, usedBy([], { since: days(30) })).use).toBe("unused");
  });
});

it("does not look at use where a change is safe", () => {
  expect(judged({ ...removed, verdict: "safe" }, undefined)).toMatchObject({
    verdict: "safe",
    use: "unasked",
    usage: "",
  });
});

it("says of a risky change that it may surprise", () => {
  expect(judged({ ...removed, verdict: "risky" }, usedBy(["Airport.city"])).usage).toBe(
    "It may surprise 1 operation of client ‘ops-dashboard’, last seen 3 hours ago.",
  );
});

describe("the next version", () => {
  const of = (verdict: Change["verdict"], kind = "description changed") => ({ kind, verdict });
  it.each([
    ["breaking", "1.4.2", [of("safe", "field added"), of("breaking")], "2.0.0"],
    ["risky", "1.4.2", [of("risky")], "1.5.0"],
    ["something new", "1.4.2", [of("safe"), of("safe", "field added")], "1.5.0"],
    ["a wider collection", "1.4.2", [of("safe", "collection widened")], "1.5.0"],
    ["words", "1.4.2", [of("safe")], "1.4.3"],
    ["nothing", "1.4.2", [], "1.4.2"],
    ["breaking, before the first version", "0.4.2", [of("breaking")], "0.5.0"],
    ["something new, before the first version", "0.4.2", [of("safe", "field added")], "0.4.3"],
    ["breaking, of a prerelease of the next", "2.0.0-rc.1", [of("breaking")], "2.0.0"],
  ] as const)("%s: %s", (_, version, changes, next) => {
    expect(nextVersion(version, changes)).toBe(next);
    expect(stepFor(changes, version) === undefined).toBe(changes.length === 0);
  });
});
