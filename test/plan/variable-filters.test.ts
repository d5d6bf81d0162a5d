// Questions whose filters stand in variables: with which values they reach across domains.
import { describe, expect, it } from "vitest";
import { collectionFields } from "../../gateway/plan/collection-fields.ts";
import { isAcross, variableFields } from "../../gateway/plan/variable-filters.ts";
import { operationOf, readingOf, schemas } from "./support/planning.ts";
import { factsWith } from "./support/workshop-mesh.ts";

const facts = factsWith();
const fields = collectionFields(facts);
const found = (text: string) => variableFields(schemas.published, fields, operationOf(text));
const across = (text: string, variables: Readonly<Record<string, unknown>>) =>
  isAcross(facts, found(text), readingOf(operationOf(text), variables));

describe("a question", () => {
  it("has fields that may reach across where a variable holds an object", () => {
    const text = `query ($w: parts_bool_exp, $n: Int) {
      parts(where: $w) { id } cities { makers(limit: $n) { ...Of } } makers { name } __typename
    }
    fragment Of on Maker { parts_aggregate(where: $w) { aggregate { count } } }`;
    expect(found(text).map(({ node }) => node.name.value)).toEqual(["parts", "makers", "parts_aggregate"]);
  });
  it.each([
    "query ($n: Int) { parts(limit: $n) { id } }",
    "query ($c: String) { parts(where: { maker: { code: { _eq: $c } } }) { id } }",
    "{ parts { id } }",
  ])("has none where none holds one: %s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("with its values", () => {
  const text = `query ($w: parts_bool_exp, $o: [parts_order_by!], $x: makers_bool_exp) {
    parts(where: $w, order_by: $o) { id } makers(where: $x) { name }
  }`;
  it.each([
    [false, {}],
    [false, { w: { weight: { _gt: 3 }, maker: { code: { _eq: "m1" } }, places: { row: { _eq: 1 } } } }],
    [true, { w: { maker: { stars: { _eq: 1 } } } }],
    [true, { w: { places: { orders: { quantity: { _eq: 1 } } } } }],
    [false, { o: [{ weight: "asc" }, { maker: { code: "asc" } }] }],
    [true, { o: [{ maker: { name: "asc" } }] }],
    [true, { x: { parts: {} } }],
    [false, { w: { weight: { _gt: null } } }],
  ])("it reaches across: %s, %j", (expected, variables) => {
    expect(across(text, variables)).toBe(expected);
  });
  it("it does so though another field is asked wrongly", () => {
    expect(across(text, { w: { weight: { _gt: null } }, x: { parts: {} } })).toBe(true);
  });
});
