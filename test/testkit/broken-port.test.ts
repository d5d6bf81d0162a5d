// The kit finds what is wrong: each seeded fault by the check that is for it, and nothing where there is none.
import { expect, it } from "vitest";
import { checkPort, reportText } from "weft/testkit";
import { museum } from "../sdk/support/museum.ts";
import { broken, type FaultName, faults } from "./broken-port.ts";

const limits = { rowsMax: 12 };
const cases = Object.entries(faults).map(([name, { finds }]) => [name as FaultName, finds] as const);

it.each(cases)(
  "where %s, %s fails and says what came",
  async (name, finds) => {
    // Where all rows are known, aggregates of a to-many are worked out; else the port is asked for them.
    const product = broken(museum(finds === "order-relationships" ? {} : limits), name);
    const report = await checkPort({ product }, { only: [finds] });
    const failed = report.checks.filter(({ passed }) => !passed);
    expect(
      failed.map((check) => check.name),
      reportText(report),
    ).toContain(finds);
    expect(failed[0]?.detail).toMatch(/^expected .*\ncame /s);
    expect(failed[0]?.question).toMatch(/^(query|\{)/);
  },
  60_000,
);

it("an order by aggregates is checked where not all rows are known", async () => {
  const product = broken(museum(limits), "an aggregate of no rows sorts as zero");
  const report = await checkPort({ product }, { only: ["order-relationships"] });
  expect(report.passed, reportText(report)).toBe(false);
}, 60_000);

it("without a fault no check fails", async () => {
  const report = await checkPort({ product: museum(limits) });
  expect(report.passed, reportText(report)).toBe(true);
}, 60_000);
