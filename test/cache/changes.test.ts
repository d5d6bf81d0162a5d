// What events named between two tokens of a product's counter, and when that is not known.
import { expect, it } from "vitest";
import { openChanges } from "../../cache/joins/changes.ts";
import type { Change } from "../../cache/store/change-log.ts";

const chain: readonly Change[] = [
  { from: "a", to: "b", named: ["x"] },
  { from: "b", to: "c", named: [] },
  { from: "c", to: "d", named: ["y", "z"] },
  { from: "e", to: "f", named: ["w"] },
  // What no store writes: tokens that come back.
  { from: "r", to: "r", named: [] },
  { from: "r", to: "s", named: [] },
  { from: "s", to: "r", named: [] },
];

const opened = (read: (product: string) => Promise<readonly Change[]>) => {
  const asked: string[] = [];
  const store = {
    changes: (product: string) => {
      asked.push(product);
      return read(product);
    },
  };
  return { ...openChanges({ store }), asked };
};

it.each([
  ["a", "d", ["x", "y", "z"]],
  ["b", "c", []],
  ["c", "d", ["y", "z"]],
  ["d", "d", []],
  ["a", "e", undefined],
  ["d", "f", undefined],
  ["0", "b", undefined],
  ["r", "u", undefined],
  ["d", "a", undefined],
])("from %s to %s", async (from, to, named) => {
  const { between } = opened(async () => chain);
  const found = await between("p", from, to);
  expect(found && [...found].sort()).toEqual(named);
});

it("reads what a product's events named once for each of its tokens", async () => {
  const { between, asked } = opened(async () => chain);
  await Promise.all([between("p", "a", "d"), between("p", "b", "d"), between("q", "a", "d")]);
  await between("p", "c", "d");
  expect(asked).toEqual(["p", "q"]);
  await between("p", "c", "e");
  expect(asked).toEqual(["p", "q", "p"]);
});

it("knows nothing while the store fails, and asks it again", async () => {
  let failures = 1;
  const { between } = opened(async () => {
    if (failures-- > 0) throw new Error("away");
    return chain;
  });
  expect(await between("p", "a", "b")).toBeUndefined();
  expect(await between("p", "a", "b")).toEqual(new Set(["x"]));
});
