// Things done at once, but only so many.
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inTurns } from "../../../gateway/execute/rows/in-turns.ts";

describe("turns", () => {
  it("are taken by so many at once, and give outcomes in the order of their items", async () => {
    let running = 0;
    let most = 0;
    const outcomes = await inTurns([5, 1, 3, 2, 4], 2, async (item) => {
      most = Math.max(most, ++running);
      await wait(item);
      running--;
      return item * 10;
    });
    expect(outcomes).toEqual([50, 10, 30, 20, 40]);
    expect(most).toBe(2);
  });

  it("are not begun after a failure", async () => {
    const begun: number[] = [];
    const failing = inTurns([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await wait(1);
      if (item === 2) throw new RangeError("two");
      await wait(10);
    });
    await expect(failing).rejects.toThrow("two");
    await wait(30);
    expect(begun).toEqual([1, 2]);
  });
});
