// The small words of the mesh: durations, the spelling of values, generated names, the specification.
import { parse, visit } from "graphql";
import { describe, expect, it } from "vitest";
import { durationMs } from "../../../schema/product/freshness.ts";
import { generatedNames } from "../../../schema/product/generated-names.ts";
import {
  meshDirectiveSdl,
  meshDirectives,
  meshSchemaExtension,
} from "../../../schema/product/mesh-directives.ts";
import { type Aggregate, aggregateName, type Value, valueName } from "../../../schema/product/value.ts";

describe("a duration", () => {
  it.each([
    ["PT0S", 0],
    ["PT15M", 900_000],
    ["PT90S", 90_000],
    ["P1D", 86_400_000],
    ["P1W", 604_800_000],
    ["P1DT2H3M4S", 93_784_000],
    ["PT36H", 129_600_000],
  ])("of %s has %d milliseconds", (text, milliseconds) => {
    expect(durationMs(text)).toBe(milliseconds);
  });

  it.each([
    "",
    "P",
    "PT",
    "P1DT",
    "P1M",
    "P1Y",
    "1D",
    "PT5",
    "PT1.5S",
    "PT-1S",
    "-PT1S",
    "pt1s",
    " PT1S",
    "PT1S\n",
    "PT1S2M",
    "15 minutes",
  ])("is not %j", (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});

describe("a value", () => {
  const delay: Value = { kind: "column", column: "delay" };
  const inState: Value = { kind: "reference", reference: "state", value: { kind: "column", column: "name" } };

  it.each<[string, Value]>([
    ["delay", delay],
    ["date_month", { kind: "bucket", column: "date", bucket: "month" }],
    ["origin.state.name", { kind: "reference", reference: "origin", value: inState }],
    [
      "departures.avg(delay)",
      { kind: "aggregate", inverse: "departures", aggregate: { function: "avg", column: "delay" } },
    ],
  ])("is spelled %s", (name, value) => {
    expect(valueName(value)).toBe(name);
  });

  it.each<[string, Aggregate]>([
    ["count", { function: "count", distinct: false }],
    ["count(delay)", { function: "count", column: "delay", distinct: false }],
    ["count(distinct delay)", { function: "count", column: "delay", distinct: true }],
    ["var_pop(delay)", { function: "var_pop", column: "delay" }],
  ])("as an aggregate is spelled %s", (name, aggregate) => {
    expect(aggregateName(aggregate)).toBe(name);
  });
});

describe("generated names", () => {
  const names = Object.entries(generatedNames("flights")).map(([role, name]) => [
    role,
    typeof name === "string" ? name : name("Int" as never),
  ]);

  it.each(names)("start with their collection: %s is %s", (_, name) => {
    expect(name).toMatch(/^flights_[A-Za-z_]+$/);
  });

  it("are all different", () => {
    expect(new Set(names.map(([, name]) => name)).size).toBe(names.length);
  });

  it("are the ones of the contract", () => {
    const { boolExp, byPk, aggregate, groups, group, column, by, keyExp, byReference } =
      generatedNames("flights");
    expect([boolExp, byPk, aggregate, groups, group, column, by]).toEqual([
      "flights_bool_exp",
      "flights_by_pk",
      "flights_aggregate",
      "flights_groups",
      "flights_group",
      "flights_column",
      "flights_by",
    ]);
    expect([keyExp("origin"), byReference("destination")]).toEqual([
      "flights_origin_key_exp",
      "flights_destination_by",
    ]);
  });
});

describe("the specification", () => {
  it("defines each of its directives, with arguments of built-in scalars alone", () => {
    const document = parse(meshDirectiveSdl);
    expect(document.definitions.map((node) => ("name" in node ? node.name?.value : undefined))).toEqual([
      ...meshDirectives,
    ]);
    const named = new Set<string>();
    visit(document, { NamedType: ({ name }) => void named.add(name.value) });
    expect([...named].sort()).toEqual(["Boolean", "Int", "String"]);
  });

  it("is imported and carried into the supergraph by the head of every product", () => {
    for (const name of meshDirectives) {
      expect(meshSchemaExtension).toContain(`"@${name}"`);
      expect(meshSchemaExtension).toContain(`@composeDirective(name: "@${name}")`);
    }
  });
});
