// Joining what was received: grafting it onto the answer, and the rewrites before that.
import { describe, expect, it } from "vitest";
import { afterRewrites, compileGraft } from "../../gateway/execute/federated/graft.ts";
import { compileRewrites } from "../../gateway/execute/federated/rewrite.ts";
import type { Received, Rewrite, RewriteStep } from "../../gateway/plan/fetch-tree.ts";

const isObjectType = (name: unknown) => name === "Book" || name === "Film";
const names = (...all: readonly (string | Received)[]): readonly Received[] =>
  all.map((each) => (typeof each === "string" ? { name: each } : each));
const nested = (name: string, ...fields: readonly (string | Received)[]): Received => ({
  name,
  fields: names(...fields),
});

describe("grafting", () => {
  it.each<[string, readonly Received[], string, string, string]>([
    ["adds what was asked for", names("b"), '{"a":1}', '{"b":2}', '{"a":1,"b":2}'],
    ["leaves out what was not", names("b"), '{"a":1}', '{"b":2,"c":3,"a":9}', '{"a":1,"b":2}'],
    ["adds a null", names("b"), "{}", '{"b":null}', '{"b":null}'],
    ["puts a value for a null", names("b"), '{"b":null}', '{"b":1}', '{"b":1}'],
    ["goes into objects", [nested("o", "y")], '{"o":{"x":1}}', '{"o":{"y":2,"z":3}}', '{"o":{"x":1,"y":2}}'],
    [
      "goes into lists item by item",
      [nested("l", "y")],
      '{"l":[{"x":1},null]}',
      '{"l":[{"y":2},{"y":3}]}',
      '{"l":[{"x":1,"y":2},{"y":3}]}',
    ],
    [
      "goes into lists of lists",
      [nested("l", "y")],
      '{"l":[[{"x":1}],[]]}',
      '{"l":[[{"y":2}],[]]}',
      '{"l":[[{"x":1,"y":2}],[]]}',
    ],
    ["takes the later of two values", names("b"), '{"b":1}', '{"b":2}', '{"b":2}'],
    [
      "takes the whole of a list of another length",
      [nested("l", "y")],
      '{"l":[{"x":1}]}',
      '{"l":[{"y":2},{"y":3}]}',
      '{"l":[{"y":2},{"y":3}]}',
    ],
    [
      "keeps an object's type where an interface is named",
      names("__typename"),
      '{"__typename":"Book"}',
      '{"__typename":"Media"}',
      '{"__typename":"Book"}',
    ],
    [
      "takes an object's type for an interface's",
      names("__typename"),
      '{"__typename":"Media"}',
      '{"__typename":"Book"}',
      '{"__typename":"Book"}',
    ],
    [
      "takes __proto__ as any other name",
      names("__proto__"),
      '{"a":1}',
      '{"__proto__":{"x":1}}',
      '{"a":1,"__proto__":{"x":1}}',
    ],
    ["adds nothing inherited", names("constructor", "toString"), '{"a":1}', "{}", '{"a":1}'],
  ])("%s", (_, receives, target, source, joined) => {
    const answer = JSON.parse(target);
    compileGraft(receives, isObjectType)(answer, JSON.parse(source));
    expect(JSON.stringify(answer)).toBe(joined);
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
  });
});

const into = (...path: readonly string[]): readonly RewriteStep[] =>
  path.map((step) =>
    step.startsWith("on ") ? { kind: "on", types: step.slice(3).split(",") } : { kind: "field", name: step },
  );
const rename = (field: string, to: string, ...path: readonly string[]): Rewrite => ({
  kind: "rename",
  path: into(...path),
  field,
  to,
});
const set = (field: string, value: unknown, ...path: readonly string[]): Rewrite => ({
  kind: "set",
  path: into(...path),
  field,
  value,
});

describe("rewriting", () => {
  it.each<[string, readonly Rewrite[], string, string]>([
    ["renames a field", [rename("a", "b")], '{"a":1,"c":2}', '{"c":2,"b":1}'],
    ["does not rename what is not there", [rename("a", "b")], '{"b":1}', '{"b":1}'],
    ["renames a null", [rename("a", "b")], '{"a":null}', '{"b":null}'],
    ["sets a field", [set("a", "x")], '{"a":1}', '{"a":"x"}'],
    ["sets a field that is not there", [set("a", "x")], "{}", '{"a":"x"}'],
    [
      "steps into fields and each item of lists of lists",
      [set("a", 0, "l")],
      '{"l":[[{"a":1}],[{"a":2},null]]}',
      '{"l":[[{"a":0}],[{"a":0},null]]}',
    ],
    [
      "goes on only where the type is right",
      [rename("a", "b", "on Book")],
      '[{"__typename":"Book","a":1},{"__typename":"Film","a":1}]',
      '[{"__typename":"Book","b":1},{"__typename":"Film","a":1}]',
    ],
    ["goes on where the type is not told", [rename("a", "b", "on Book")], '{"a":1}', '{"b":1}'],
    ["applies in order", [rename("a", "b"), set("b", 2), rename("b", "c")], '{"a":1}', '{"c":2}'],
    [
      "swaps through a third name",
      [rename("a", "t"), rename("b", "a"), rename("t", "b")],
      '{"a":1,"b":2}',
      '{"a":2,"b":1}',
    ],
    ["gives back the name __proto__", [rename("a", "__proto__")], '{"a":{"x":1}}', '{"__proto__":{"x":1}}'],
    ["passes over what is no object", [set("a", 1, "o", "p")], '{"o":"text"}', '{"o":"text"}'],
  ])("%s", (_, rewrites, value, rewritten) => {
    const received = JSON.parse(value);
    compileRewrites(rewrites)?.(received);
    expect(JSON.stringify(received)).toBe(rewritten);
  });

  it("is nothing where there are no rewrites", () => {
    expect(compileRewrites([])).toBeUndefined();
  });
});

describe("what was received, after its rewrites", () => {
  it.each<[string, readonly Received[], readonly Rewrite[], readonly string[]]>([
    ["has the new name", names("a"), [rename("a", "b")], ["a", "b"]],
    ["has it once", names("a", "b"), [rename("a", "b")], ["a", "b"]],
    ["has a name that was set", names("a"), [set("b", 1)], ["a", "b"]],
    ["has new names below", [nested("o", "a")], [rename("a", "b", "on Book", "o")], ["o{a b}"]],
    ["keeps what is below a new name", [nested("o", "a")], [rename("o", "p")], ["o{a}", "p{a}"]],
    [
      "goes by new names from then on",
      [nested("o", "a")],
      [rename("o", "p"), rename("a", "b", "p")],
      ["o{a}", "p{a b}"],
    ],
  ])("%s", (_, receives, rewrites, printed) => {
    const print = ({ name, fields }: Received): string =>
      fields ? `${name}{${fields.map(print).join(" ")}}` : name;
    expect(afterRewrites(receives, rewrites).map(print)).toEqual(printed);
  });
});
