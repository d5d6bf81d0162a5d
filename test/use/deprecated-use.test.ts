// What can go: nobody has used it for so long, and that is known.
import { describe, expect, it } from "vitest";
import { deprecatedUse } from "../../gateway/use/deprecated-use.ts";
import type { UseReport } from "../../schema/product/use.ts";
import { shop } from "./support/shop.ts";

const dayMs = 86_400_000;
const nowMs = Date.parse("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(nowMs - days * dayMs).toISOString();
const operation = (client: string, coordinates: readonly string[], lastDays: number) => ({
  client,
  operation: { hash: client },
  coordinates,
  firstSeen: daysAgo(90),
  lastSeen: daysAgo(lastDays),
  count: 1,
});
const whole: UseReport = {
  since: daysAgo(60),
  forgotten: 0,
  operations: [
    operation("desk", ["Query.old", "Query.things"], 40),
    operation("board", ["Query.old"], 35),
    operation("phone", ["Tone.GREY"], 1),
  ],
};
const of = (report: UseReport) => deprecatedUse(report, shop, { unusedDays: 30, nowMs }).deprecated;

describe("what is deprecated", () => {
  it("can go where nobody used it for long enough", () => {
    expect(of(whole)).toEqual([
      expect.objectContaining({ coordinate: "thing_exp.size", users: [], lastSeen: null, canGo: true }),
      expect.objectContaining({
        coordinate: "Query.old",
        users: [
          { client: "board", operation: { hash: "board" }, lastSeen: daysAgo(35), count: 1 },
          { client: "desk", operation: { hash: "desk" }, lastSeen: daysAgo(40), count: 1 },
        ],
        lastSeen: daysAgo(35),
        canGo: true,
      }),
      expect.objectContaining({ coordinate: "Query.old(of:)", canGo: true }),
      expect.objectContaining({ coordinate: "Tone.GREY", lastSeen: daysAgo(1), canGo: false }),
    ]);
  });

  it.each<[string, Partial<UseReport>]>([
    ["use is not known for so long", { since: daysAgo(29) }],
    ["something was forgotten", { forgotten: 1 }],
  ])("can't be said to be able to go where %s", (_, change) => {
    expect(of({ ...whole, ...change }).filter(({ canGo }) => canGo)).toEqual([]);
  });
});
