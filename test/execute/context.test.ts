// Arguments from above: which object is looked at, and by which path.
import { describe, expect, it } from "vitest";
import { compileContext } from "../../gateway/execute/federated/context.ts";
import { compilePlace, standings } from "../../gateway/execute/federated/places.ts";
import type { ContextArgument, RewriteStep } from "../../gateway/plan/fetch-tree.ts";

const field = (name: string): RewriteStep => ({ kind: "field", name });
const on = (...types: readonly string[]): RewriteStep => ({ kind: "on", types });
const argument = (up: number, ...path: readonly RewriteStep[]): ContextArgument => ({
  variable: "v",
  up,
  path,
});

const answer = JSON.parse(`{
  "lang": "root",
  "shop": {
    "__typename": "Shop", "lang": "de", "tags": ["x", "y"], "o": { "deep": 1 }, "l": [{ "n": 1 }, null, { "n": 2 }],
    "items": [{ "__typename": "Item", "own": 7, "maker": { "__typename": "Maker" } }]
  }
}`);
const [maker] = standings(answer, ["shop", "items", "@", "maker"]);

describe("an argument from above", () => {
  it.each<[string, readonly ContextArgument[], unknown]>([
    ["is a field of the object one up", [argument(1, field("own"))], 7],
    ["is a field two up, lists not counted", [argument(2, field("lang"))], "de"],
    ["is a field of the root", [argument(3, field("lang"))], "root"],
    ["is of the entity itself at 0", [argument(0, field("__typename"))], "Maker"],
    ["goes down into objects", [argument(2, field("o"), field("deep"))], 1],
    ["is a list where one stands", [argument(2, field("tags"))], ["x", "y"]],
    ["is a list of what its items hold", [argument(2, field("l"), field("n"))], [1, undefined, 2]],
    ["goes on where the type is right", [argument(2, on("Shop"), field("lang"))], "de"],
    ["is null where no type is right", [argument(2, on("Other"), field("lang"))], null],
    ["is null where nothing is there", [argument(2, field("nothing"))], null],
    ["is null where there is nothing so far up", [argument(9, field("lang"))], null],
    ["is the first that is there", [argument(2, on("Other"), field("lang")), argument(1, field("own"))], 7],
    ["is never inherited", [argument(1, field("constructor"))], null],
  ])("%s", (_, context, value) => {
    expect(compileContext(context)(maker as NonNullable<typeof maker>)).toEqual({ v: value });
  });
});

describe("a place", () => {
  it.each<[string, readonly string[], string, readonly string[]]>([
    ["of the root is the root", [], '{"a":1}', [""]],
    [
      "has each item of each list",
      ["l", "@", "o"],
      '{"l":[{"o":{}},{"o":null},null,{"o":{}}]}',
      ["l.0.o", "l.3.o"],
    ],
    ["has nothing where a list stands for an object", ["o"], '{"o":[{}]}', []],
    ["has nothing where an object stands for a list", ["o", "@"], '{"o":{"0":{}}}', []],
    ["is found by names that objects inherit", ["constructor"], '{"constructor":{}}', ["constructor"]],
    ["is not found where they are only inherited", ["constructor"], "{}", []],
  ])("%s", (_, at, data, paths) => {
    const root = JSON.parse(data);
    const found = standings(root, at);
    expect(found.map(({ path }) => path.join("."))).toEqual(paths);
    const visited: unknown[] = [];
    compilePlace(at)(root, (target) => visited.push(target));
    expect(visited).toEqual(found.map(({ target }) => target));
    visited.forEach((target, i) => {
      expect(target).toBe(found[i]?.target);
    });
  });
});
