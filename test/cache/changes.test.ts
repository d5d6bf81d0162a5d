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

it("holds no more texts than it says, and one log in any case", async () => {
  const named = Array.from({ length: 64 }, (_, i) => `n${i}`);
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ from: `t${i}`, to: `t${i + 1}`, named }));
  const { between, asked } = opened(async (product) => lines(product === "large" ? 2_000 : 256));
  const products = Array.from({ length: 50 }, (_, i) => `p${i}`);
  for (const product of products) await between(product, "t0", "t256");
  asked.length = 0;
  for (const product of products.toReversed()) await between(product, "t0", "t256");
  expect(asked.length, "of 16,897 texts each").toBe(45);
  await between("large", "t0", "t2000");
  asked.length = 0;
  await between("large", "t0", "t2000");
  expect(asked).toEqual([]);
});
