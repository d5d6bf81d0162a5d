// Questions that GraphQL finds valid and that are refused all the same: a code, the place, and no statement.
import { describe, expect } from "vitest";
import { it } from "./support/museum-test.ts";

const deep = (levels: number) => `${"{ _not: ".repeat(levels)}{}${" }".repeat(levels)}`;
const cases: readonly (readonly [code: string, place: string, query: string])[] = [
  ["NULL_COMPARED", "specimens.where.small._eq", "{ specimens(where: { small: { _eq: null } }) { id } }"],
  ["NULL_COMPARED", "specimens.where.small._neq", "{ specimens(where: { small: { _neq: null } }) { id } }"],
  ["NULL_COMPARED", "specimens.where.small._in", "{ specimens(where: { small: { _in: null } }) { id } }"],
  ["NULL_COMPARED", "specimens.where.small._nin", "{ specimens(where: { small: { _nin: null } }) { id } }"],
  ["NULL_COMPARED", "specimens.where.title._like", "{ specimens(where: { title: { _like: null } }) { id } }"],
  [
    "NULL_COMPARED",
    "specimens.where.small._is_null",
    "{ specimens(where: { small: { _is_null: null } }) { id } }",
  ],
  ["NULL_COMPARED", "specimens.where.small", "{ specimens(where: { small: null }) { id } }"],
  ["NULL_COMPARED", "specimens.where._and", "{ specimens(where: { _and: null }) { id } }"],
  ["NULL_COMPARED", "specimens.where._not", "{ specimens(where: { _not: null }) { id } }"],
  ["NULL_COMPARED", "specimens.where.shelf", "{ specimens(where: { shelf: null }) { id } }"],
  [
    "NULL_COMPARED",
    "specimens.where.shelf._is_null",
    "{ specimens(where: { shelf: { _is_null: null } }) { id } }",
  ],
  [
    "NULL_COMPARED",
    "specimens.where._or[1].shelf.keeper.name._gt",
    "{ specimens(where: { _or: [{}, { shelf: { keeper: { name: { _gt: null } } } }] }) { id } }",
  ],
  [
    "NULL_COMPARED",
    "specimens_groups.having.sum.small._eq",
    "{ specimens_groups(having: { sum: { small: { _eq: null } } }) { by { kind } } }",
  ],
  [
    "PATTERN_INCOMPLETE",
    "specimens.where.title._like",
    String.raw`{ specimens(where: { title: { _like: "a\\" } }) { id } }`,
  ],
  [
    "PATTERN_INCOMPLETE",
    "specimens.where.title._nilike",
    String.raw`{ specimens(where: { title: { _nilike: "\\\\\\" } }) { id } }`,
  ],
  ["WHERE_TOO_DEEP", `specimens.where${"._not".repeat(64)}`, `{ specimens(where: ${deep(64)}) { id } }`],
  ["ORDER_KEYS", "specimens.order_by[0]", "{ specimens(order_by: [{ small: asc, id: asc }]) { id } }"],
  ["ORDER_KEYS", "specimens.order_by[1]", "{ specimens(order_by: [{ small: asc }, {}]) { id } }"],
  ["ORDER_KEYS", "specimens.order_by[0]", "{ specimens(order_by: { small: null }) { id } }"],
  ["ORDER_KEYS", "specimens.order_by[0].shelf", "{ specimens(order_by: { shelf: {} }) { id } }"],
  [
    "ORDER_KEYS",
    "specimens.order_by[0].shelf",
    "{ specimens(order_by: { shelf: { label: asc, room: asc } }) { id } }",
  ],
  [
    "ORDER_KEYS",
    "specimens.order_by[0].maker",
    "{ specimens(order_by: { maker: { country: asc, serial: asc } }) { id } }",
  ],
  [
    "ORDER_KEYS",
    "specimens.order_by[0].children_aggregate",
    "{ specimens(order_by: { children_aggregate: { count: asc, max: { small: asc } } }) { id } }",
  ],
  [
    "ORDER_KEYS",
    "specimens.order_by[0].children_aggregate.max",
    "{ specimens(order_by: { children_aggregate: { max: { small: asc, big: asc } } }) { id } }",
  ],
  ["ORDER_KEYS", "specimens_groups.order_by[0]", "{ specimens_groups(order_by: {}) { by { kind } } }"],
  [
    "ORDER_KEYS",
    "specimens_groups.order_by[0].by",
    "{ specimens_groups(order_by: { by: { kind: asc, flag: asc } }) { by { kind flag } } }",
  ],
  [
    "ORDER_NOT_SELECTED",
    "specimens_groups.order_by[0]",
    "{ specimens_groups(order_by: { by: { flag: asc } }) { by { kind } } }",
  ],
  [
    "ORDER_NOT_SELECTED",
    "specimens_groups.order_by[0]",
    "{ specimens_groups(order_by: { by: { day: asc } }) { by { day_month } } }",
  ],
  [
    "ORDER_NOT_SELECTED",
    "specimens_groups.order_by[0]",
    "{ specimens_groups(order_by: { by: { shelf: { label: asc } } }) { by { shelf { room label @skip(if: true) } } } }",
  ],
  ["NEGATIVE", "specimens.limit", "{ specimens(limit: -1) { id } }"],
  ["NEGATIVE", "specimens.offset", "{ specimens(offset: -1) { id } }"],
  ["NEGATIVE", "specimens_groups.limit", "{ specimens_groups(limit: -1) { by { kind } } }"],
  ["NEGATIVE", "specimens.children.offset", "{ specimens { children(offset: -2) { id } } }"],
  ["GROUPS_WITHOUT_KEY", "specimens_groups", "{ specimens_groups { aggregate { count } } }"],
  ["GROUPS_WITHOUT_KEY", "specimens_groups", "{ specimens_groups { by { __typename } } }"],
  [
    "GROUPS_WITHOUT_KEY",
    "specimens_groups",
    "{ specimens_groups { by { kind @include(if: false) shelf { __typename } } } }",
  ],
  [
    "COLUMN_NEEDED",
    "specimens_aggregate.aggregate.count",
    "{ specimens_aggregate { aggregate { count(distinct: true) } } }",
  ],
  [
    "COLUMN_NEEDED",
    "specimens_groups.count",
    "{ specimens_groups { by { kind } aggregate { count(distinct: true) } } }",
  ],
  [
    "TIME_ZONE_UNKNOWN",
    "specimens_groups.timeZone",
    '{ specimens_groups(timeZone: "Mars/Base") { by { kind } } }',
  ],
  ["TIME_ZONE_UNKNOWN", "specimens_groups.timeZone", '{ specimens_groups(timeZone: "") { by { kind } } }'],
  [
    "TIME_ZONE_UNKNOWN",
    "specimens_groups.timeZone",
    '{ specimens_groups(timeZone: "+05:30") { by { kind } } }',
  ],
  [
    "TIME_ZONE_UNKNOWN",
    "specimens_groups.timeZone",
    `{ specimens_groups(timeZone: "UTC'; select 1; --") { by { kind } } }`,
  ],
];

describe("a question is refused", () => {
  it.for(cases)("%s at %s: %s", async ([code, place, query], { port }) => {
    const { errors } = await port.answer(query);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
    expect(errors?.[0]?.extensions).toMatchObject({ at: place });
    expect(errors?.[0]?.message).toContain(place);
  });

  it("before a statement runs", async ({ port }) => {
    const before = port.events.length;
    for (const [, , query] of cases.filter(([, place]) => !place.includes("children.")))
      await port.answer(query);
    expect(port.events).toHaveLength(before);
  });

  it("in words that name _is_null", async ({ port }) => {
    const { errors } = await port.answer("{ specimens(where: { small: { _eq: null } }) { id } }");
    expect(errors?.[0]?.message).toContain("`_is_null: true`");
  });

  it("for one field, and the others are answered", async ({ port }) => {
    const { data, errors } = await port.answer(
      "{ specimens_by_pk(id: 1) { id children(limit: -1) { id } } b: specimens_by_pk(id: 2) { id } }",
    );
    expect(errors).toHaveLength(1);
    expect(data).toEqual({ specimens_by_pk: null, b: { id: 2 } });
  });

  it.for([
    ["{ specimens { nothing } }"],
    ["{ specimens { shelf_room } }"],
    ['{ specimens(where: { shelf_room: { _eq: "A" } }) { id } }'],
    ['{ specimens(where: { maker: { name: { _eq: "A" } } }) { id } }'],
    ["{ specimens(order_by: { day_month: asc }) { id } }"],
    ["{ specimens(order_by: { small: up }) { id } }"],
    ["{ specimens_aggregate { aggregate { sum { title } } } }"],
    ["{ specimens_aggregate { aggregate { max { flag } } } }"],
    ["{ specimens_aggregate { aggregate { count(column: nothing) } } }"],
    ["{ specimens_groups { by { day_hour } } }"],
    ["{ specimens_groups { by { kind_month } } }"],
    ["{ specimens_groups { by { children { id } } } }"],
  ] as const)("by GraphQL itself where the schema has no such thing: %s", async ([query], { port }) => {
    expect(await port.codes(query)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });

  it("no more than 63 levels of nesting", async ({ port }) => {
    expect((await port.ask(`{ specimens(where: ${deep(62)}) { id } }`)).specimens).toHaveLength(16);
    expect((await port.ask(`{ specimens(where: ${deep(63)}) { id } }`)).specimens).toEqual([]);
  });

  it("a list of thousands of alternatives is not", async ({ port }) => {
    const or = Array.from({ length: 3_000 }, (_, i) => ({ small: { _eq: i } }));
    const query = "query ($w: specimens_bool_exp) { specimens(where: $w) { id } }";
    expect((await port.ask(query, { w: { _or: or } })).specimens).toHaveLength(11);
  });
});
