// The use reports of several gateways as one.
import { expect, it } from "vitest";
import { mergeUse } from "../../schema/product/merge-use.ts";
import type { UsedOperation, UseReport } from "../../schema/product/use.ts";

const used = (
  client: string,
  days: readonly [first: number, last: number],
  coordinates: readonly string[],
): UsedOperation => ({
  client,
  operation: { name: "Q", hash: "h" },
  coordinates,
  firstSeen: `2026-11-0${days[0]}T00:00:00.000Z`,
  lastSeen: `2026-11-0${days[1]}T00:00:00.000Z`,
  count: 2,
});
const report = (since: number, forgotten: number, operations: readonly UsedOperation[]): UseReport => ({
  since: `2026-10-0${since}T00:00:00.000Z`,
  forgotten,
  operations,
});

it("is whole since the latest of them is, and knows what any of them knows", () => {
  const merged = mergeUse([
    report(1, 0, [used("desk", [2, 4], ["A.x", "A.y"]), used("board", [1, 1], ["A.x"])]),
    report(3, 2, [used("desk", [1, 5], ["A.z", "A.x"])]),
    report(2, 1, []),
  ]);
  expect(merged).toEqual(
    report(3, 3, [
      { ...used("desk", [1, 5], ["A.x", "A.y", "A.z"]), count: 4 },
      used("board", [1, 1], ["A.x"]),
    ]),
  );
});

it("leaves a single report as it is", () => {
  const single = report(1, 0, [used("desk", [2, 4], ["A.x"])]);
  expect(mergeUse([single])).toEqual(single);
});
