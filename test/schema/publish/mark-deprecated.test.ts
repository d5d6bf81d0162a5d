// Deprecation in the published schema: wherever a deprecated field is named, and in all that a deprecated product offers.
import { describe, expect, it } from "vitest";
import { deprecatedIn } from "../../../gateway/use/deprecated-use.ts";
import { oldFarms, oldTrees } from "../../use/support/old-orchard.ts";
import { demo, publish, sdlsOf } from "./published.ts";

const reasons = async (sdls: Readonly<Record<string, string>>) => {
  const { published } = await publish(sdls);
  return new Map(deprecatedIn(published).map(({ coordinate, reason }) => [coordinate, reason]));
};

describe("a deprecated field", () => {
  const found = reasons(sdlsOf([oldTrees, oldFarms]));
  const kind = "Use `Tree.sort`. Since 2026-01-31. Ends 2027-06-30. It says little.";

  it.each([
    ["Tree.kind", kind],
    ["trees_bool_exp.kind", kind],
    ["trees_order_by.kind", kind],
    ["trees_by.kind", kind],
    ["trees_by_order_by.kind", kind],
    ["trees_column.kind", kind],
    ["trees_min_fields.kind", kind],
    ["trees_by.planted_month", "Nobody noted it."],
    ["trees_by_order_by.planted_year", "Nobody noted it."],
    ["Farm.trees", "Ends 2027-06-30. Too many."],
    ["Farm.trees_aggregate", "Ends 2027-06-30. Too many."],
    ["farms_bool_exp.trees", "Ends 2027-06-30. Too many."],
    ["farms_order_by.trees_aggregate", "Ends 2027-06-30. Too many."],
    ["Leaf.id", "Leaves fall."],
    ["Query.leaves", "Leaves fall."],
    ["Query.leaves_groups", "Leaves fall."],
    ["leaves_bool_exp.id", "Leaves fall."],
    ["Farm.name", "The data product farms is deprecated."],
    ["farms_bool_exp.name", "The data product farms is deprecated."],
    ["farms_reference_exp.name", "The data product farms is deprecated."],
    ["Query.farms", "The data product farms is deprecated."],
    ["Query.farms_by_pk", "The data product farms is deprecated."],
    ["Query.farms_aggregate", "The data product farms is deprecated."],
    ["Query.farms_groups", "The data product farms is deprecated."],
  ])("is so as %s", async (coordinate, reason) => {
    expect((await found).get(coordinate)).toBe(reason);
  });

  it.each([
    "Tree.id",
    "Tree.sort",
    "Tree.farm",
    "trees_bool_exp.farm",
    "trees_by.farm",
    "Query.trees",
  ])("leaves %s as it is", async (coordinate) => {
    expect((await found).has(coordinate)).toBe(false);
  });
});

describe("a mesh in which nothing is deprecated", () => {
  it("has nothing marked", async () => {
    expect((await reasons(demo)).size).toBe(0);
  });
});

describe("a subgraph that is not of our making", () => {
  const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

  it("has its own deprecations, of fields, arguments, inputs and values", async () => {
    const sdl = `${head}
      type Query { things(where: where, of: Int @deprecated(reason: "a")): [Thing!]! gone: Int @deprecated }
      type Thing @key(fields: "id") { id: ID! name: String @deprecated(reason: "b") }
      input where { name: String @deprecated(reason: "c") tone: Tone }
      enum Tone { LOUD GREY @deprecated(reason: "d") }`;
    expect([...(await reasons({ things: sdl }))].sort()).toEqual([
      ["Query.gone", "No longer supported"],
      ["Query.things(of:)", "a"],
      ["Thing.name", "b"],
      ["Tone.GREY", "d"],
      ["where.name", "c"],
    ]);
  });
});
