// The record of use: who, what, when; bounded, and hard to flood.
import { describe, expect, it } from "vitest";
import { openUseRecord, type UseLimits } from "../../gateway/use/record-use.ts";
import { preparedUse } from "./support/shop.ts";

const limits: UseLimits = {
  operationsMax: 100,
  coordinatesMax: 10_000,
  clientsMax: 3,
  clientCharactersMax: 20,
  keepDays: 90,
};
const startMs = Date.parse("2026-11-01T00:00:00Z");
const minuteMs = 60_000;
const dayMs = 86_400_000;
const begun = { since: new Date(startMs).toISOString(), operations: [], forgottenOn: [] };
const record = (changed: Partial<UseLimits> = {}, kept = begun) =>
  openUseRecord({ ...limits, ...changed }, kept);
const named = (i: number | string) => preparedUse(`query Q${i} { things { id } }`);

describe("the record of use", () => {
  it("tells who asked what, when and how often, the last seen first", () => {
    const { count, report } = record();
    const [one, other] = [preparedUse("query One { things { id } }"), preparedUse("{ old }")];
    count(one, "desk", {}, startMs);
    count(other, "desk", {}, startMs + 1);
    count(one, "desk", {}, startMs + 2);
    count(one, "board", {}, startMs + 1);
    expect(report(startMs + 2)).toEqual({
      since: "2026-11-01T00:00:00.000Z",
      forgotten: 0,
      forgottenOn: [],
      operations: [
        {
          client: "desk",
          operation: { name: "One", hash: one.hash },
          coordinates: ["Query.things", "Thing.id"],
          firstSeen: "2026-11-01T00:00:00.000Z",
          lastSeen: "2026-11-01T00:00:00.002Z",
          count: 2,
        },
        expect.objectContaining({ client: "desk", operation: { hash: other.hash }, count: 1 }),
        expect.objectContaining({ client: "board", operation: { name: "One", hash: one.hash }, count: 1 }),
      ],
    });
  });

  it("counts texts that differ in values alone as one operation", () => {
    const { count, report } = record();
    for (let i = 0; i < 5; i++) count(preparedUse(`{ things(limit: ${i}) { id } }`), "desk", {}, startMs);
    expect(report(startMs).operations).toMatchObject([{ count: 5 }]);
  });

  it("adds what variables name", () => {
    const { count, report } = record();
    const asked = preparedUse(
      "query ($w: [thing_exp!], $t: Tone) { things(where: { _and: $w }, tones: [LOUD]) { name(tone: $t) } }",
    );
    const where = [
      { name: { _eq: "secret" }, size: null },
      { unknown: { _eq: 1 }, json: { secret: { name: 1 } } },
    ];
    count(asked, "desk", { w: where, t: "GREY", other: { name: 1 } }, startMs);
    count(asked, "board", {}, startMs);
    const of = (client: string) =>
      report(startMs).operations.find((each) => each.client === client)?.coordinates ?? [];
    const before = of("board");
    expect(of("desk").filter((each) => !before.includes(each))).toEqual([
      "Tone.GREY",
      "text_exp._eq",
      "thing_exp.json",
      "thing_exp.name",
      "thing_exp.size",
    ]);
  });

  it.each<[string, unknown]>([
    ["a value of another type", 1],
    ["a list within a list", [[{ name: 1 }]]],
    ["null", null],
    ["a name that every object has", { constructor: 1, __proto__: { name: {} }, toString: 2 }],
  ])("passes over %s in variables", (_, w) => {
    const { count, report } = record();
    count(preparedUse("query ($w: thing_exp) { things(where: $w) { id } }"), "desk", { w }, startMs);
    expect(report(startMs).operations[0]?.coordinates).toEqual([
      "Query.things",
      "Query.things(where:)",
      "Thing.id",
      "thing_exp",
    ]);
  });

  it("looks into variables of the first 1,000 requests, and then of one in 64", () => {
    const { count, report } = record();
    const asked = preparedUse("query ($w: thing_exp) { things(where: $w) { id } }");
    const names = () => report(startMs).operations[0]?.coordinates ?? [];
    for (let i = 0; i < 1_000; i++) count(asked, "desk", {}, startMs);
    for (let i = 1_001; i < 1_024; i++) count(asked, "desk", { w: { size: 1 } }, startMs);
    expect(names()).not.toContain("thing_exp.size");
    count(asked, "desk", { w: { size: 1 } }, startMs);
    expect(names()).toContain("thing_exp.size");
  });

  it("looks at a bounded part of a long list in variables", () => {
    const { count, report } = record();
    const asked = preparedUse("query ($w: [thing_exp!]) { things(where: { _and: $w }) { id } }");
    const long = [...Array.from({ length: 2_000 }, () => ({})), { size: 1 }];
    count(asked, "desk", { w: long }, startMs);
    expect(report(startMs).operations[0]?.coordinates).not.toContain("thing_exp.size");
  });

  it("forgets the operations asked longest ago past the limit, and tells how many", () => {
    const { count, report } = record({ operationsMax: 20 });
    for (let i = 0; i < 30; i++) count(named(i), "desk", {}, startMs + i);
    const { operations, forgotten, forgottenOn } = report(startMs + 30);
    expect(operations.length + forgotten).toBe(30);
    expect(operations.length).toBeLessThanOrEqual(20);
    expect(operations[0]?.operation.name).toBe("Q29");
    expect(forgottenOn).toEqual([{ day: "2026-11-01", count: forgotten }]);
    expect(operations.map(({ operation }) => operation.name)).not.toContain("Q0");
  });

  it("forgets in the same way past the limit of names", () => {
    const { count, report } = record({ coordinatesMax: 20 });
    for (let i = 0; i < 30; i++) count(named(i), "desk", {}, startMs + i);
    expect(report(startMs + 30).operations.length).toBeLessThanOrEqual(10);
    expect(report(startMs + 30).forgotten).toBeGreaterThanOrEqual(20);
  });

  it("counts an operation anew that it had forgotten", () => {
    const { count, report } = record({ operationsMax: 2 });
    const asked = named("first");
    count(asked, "desk", {}, startMs);
    for (let i = 0; i < 10; i++) count(named(i), "desk", {}, startMs + i);
    count(asked, "desk", {}, startMs + 20);
    expect(report(startMs + 20).operations[0]).toMatchObject({ operation: { name: "Qfirst" }, count: 1 });
  });

  it("does not forget what has long been asked for a flood of what has not", () => {
    const { count, report } = record({ operationsMax: 50 });
    const long = [1, 2, 3].map((i) => preparedUse(`query Long${i} { things { id } }`));
    for (const asked of long) count(asked, "desk", {}, startMs);
    for (const asked of long) count(asked, "desk", {}, startMs + 90 * minuteMs);
    for (let i = 0; i < 1_000; i++) count(named(i), "flood", {}, startMs + 91 * minuteMs + i);
    const { operations, forgotten } = report(startMs + 92 * minuteMs);
    expect(operations.filter(({ client }) => client === "desk")).toHaveLength(3);
    expect(operations.length).toBeLessThanOrEqual(50);
    expect(forgotten).toBe(1_003 - operations.length);
  });

  it("has room for what is new where all has long been asked", () => {
    const { count, report } = record({ operationsMax: 20 });
    const long = Array.from({ length: 20 }, (_, i) => named(`long${i}`));
    for (const asked of long) count(asked, "desk", {}, startMs);
    for (const asked of long) count(asked, "desk", {}, startMs + 90 * minuteMs);
    count(named("new"), "desk", {}, startMs + 91 * minuteMs);
    count(named("newer"), "desk", {}, startMs + 92 * minuteMs);
    const names = report(startMs + 93 * minuteMs).operations.map(({ operation }) => operation.name);
    expect(names.slice(0, 2)).toEqual(["Qnewer", "Qnew"]);
  });

  it("forgets nothing of what was last asked within `keepDays`, and all before; what was forgotten before counts no longer", () => {
    const { count, report } = record({ operationsMax: 2 });
    for (let i = 0; i < 10; i++) count(named(i), "desk", {}, startMs);
    expect(report(startMs).forgotten).toBeGreaterThan(0);
    count(named(9), "desk", {}, startMs + 50 * dayMs);
    const later = report(startMs + 100 * dayMs);
    expect(later).toMatchObject({ forgotten: 0, since: new Date(startMs + 10 * dayMs).toISOString() });
    expect(later.operations.map(({ operation }) => operation.name)).toEqual(["Q9"]);
  });
});

describe("the clients of an operation", () => {
  const clients = (report: ReturnType<typeof record>["report"]) =>
    report(startMs + dayMs)
      .operations.map(({ client, count }) => `${client} ${count}`)
      .sort();

  it("past the limit are told as (other)", () => {
    const { count, report } = record();
    const asked = named(1);
    for (const client of ["a", "b", "c", "d", "e", "a"]) count(asked, client, {}, startMs);
    expect(clients(report)).toEqual(["(other) 2", "a 2", "b 1", "c 1"]);
  });

  it("that have long been there keep their place in a flood of made-up ones", () => {
    const { count, report } = record();
    const asked = named(1);
    count(asked, "desk", {}, startMs);
    count(asked, "desk", {}, startMs + 61 * minuteMs);
    for (let i = 0; i < 10_000; i++) count(asked, `made-up ${i}`, {}, startMs + 62 * minuteMs + i * 1_000);
    const { operations } = report(startMs + dayMs);
    expect(operations).toHaveLength(4);
    expect(operations.find(({ client }) => client === "desk")).toMatchObject({ count: 2 });
    expect(operations.reduce((sum, { count: each }) => sum + each, 0)).toBe(10_002);
  });

  it("take the place of one that came and went", () => {
    const { count, report } = record();
    const asked = preparedUse("query ($t: Tone) { things { name(tone: $t) } }");
    count(asked, "gone", { t: "GREY" }, startMs);
    for (const client of ["b", "c", "late"]) count(asked, client, {}, startMs + 2 * minuteMs);
    expect(clients(report)).toEqual(["(other) 1", "b 1", "c 1", "late 1"]);
    const others = report(startMs + dayMs).operations.find(({ client }) => client === "(other)");
    expect(others?.coordinates).toContain("Tone.GREY");
  });

  it.each([
    ["control characters", "de\u0000sk\r\n1", "de sk 1"],
    ["spaces around it", "  desk\t", "desk"],
    ["marks that turn the direction of text", "\u202edesk\u2066", "desk"],
    ["more characters than the limit", "x".repeat(50), "x".repeat(20)],
    ["characters of two units at the limit", "😀".repeat(50), "😀".repeat(20)],
    ["nothing but spaces", " \u00a0 ", "(unnamed)"],
  ])("are told without %s", (_, given, told) => {
    const { count, report } = record();
    count(named(1), given, {}, startMs);
    count(named(1), given, {}, startMs);
    expect(clients(report)).toEqual([`${told} 2`]);
  });
});

describe("a record that goes on", () => {
  it("adds to what was kept, and keeps what variables named", () => {
    const before = record();
    const text = "query ($t: Tone) { things { name(tone: $t) } }";
    before.count(preparedUse(text), "desk", { t: "GREY" }, startMs);
    const after = record({}, JSON.parse(JSON.stringify(before.report(startMs))));
    after.count(preparedUse(text), "desk", {}, startMs + dayMs);
    expect(after.report(startMs + dayMs).operations).toEqual([
      expect.objectContaining({
        count: 2,
        firstSeen: new Date(startMs).toISOString(),
        lastSeen: new Date(startMs + dayMs).toISOString(),
        coordinates: before.report(startMs).operations[0]?.coordinates,
      }),
    ]);
  });
});
