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
  ["WHERE_TOO_DEEP", `specimens.where${"._not".repeat(65)}`, `{ specimens(where: ${deep(65)}) { id } }`],
  ...["_eq", "_neq", "_gt", "_like", "_nilike", "_in", "_nin"].map(
    (operator) =>
      [
        "TEXT_MALFORMED",
        `specimens.where.title.${operator}`,
        String.raw`{ specimens(where: { title: { ${operator}: "a\u0000" } }) { id } }`,
      ] as const,
  ),
  [
    "TEXT_MALFORMED",
    "specimens.where.maker.country._eq",
    String.raw`{ specimens(where: { maker: { country: { _eq: "\u0000" } } }) { id } }`,
  ],
  [
    "TEXT_MALFORMED",
    "specimens_groups.having.max.title._eq",
    String.raw`{ specimens_groups(having: { max: { title: { _eq: "\u0000" } } }) { by { kind } } }`,
  ],
  ["TEXT_MALFORMED", "keepers_by_pk.id", String.raw`{ keepers_by_pk(id: "\u0000") { id } }`],
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

  it("no more than 64 levels of nesting", async ({ port }) => {
    expect((await port.ask(`{ specimens(where: ${deep(64)}) { id } }`)).specimens).toHaveLength(16);
    expect((await port.ask(`{ specimens(where: ${deep(63)}) { id } }`)).specimens).toEqual([]);
  });

  it.for([["\ud800"], ["a\udc00"], ["\ude00\ud83d"]])("half a surrogate pair: %j", async ([text], {
    port,
  }) => {
    const query = "query ($t: String!) { specimens(where: { title: { _eq: $t } }) { id } }";
    const { errors } = await port.answer(query, { t: text });
    expect(errors?.[0]?.extensions).toEqual({
      code: "TEXT_MALFORMED",
      at: "specimens.where.title._eq",
      holds: "half a surrogate pair",
    });
  });

  it("a NUL in a representation's key, and the others are answered", async ({ port }) => {
    const query = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Keeper { name } } }";
    const r = ["k1", "k1\0", "k2"].map((id) => ({ __typename: "Keeper", id }));
    const { data, errors } = await port.answer(query, { r });
    expect(data._entities).toEqual([{ name: "Ann" }, null, { name: "Bob" }]);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: "TEXT_MALFORMED", at: "_entities.id", holds: "NUL (U+0000)" },
    ]);
  });

  it.for([
    ["mutation", "mutation { specimens { id } }"],
    ["mutation", "mutation Named { __typename }"],
    ["subscription", "subscription { specimens { id } }"],
  ] as const)("a %s: %s", async ([operation, query], { port }) => {
    const { data, errors } = await port.answer(query);
    expect(data).toBeUndefined();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: "OPERATION_NOT_OFFERED", operation },
    ]);
    const response = await fetch(`${port.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(400);
  });

  it("a list of thousands of alternatives is not", async ({ port }) => {
    const or = Array.from({ length: 3_000 }, (_, i) => ({ small: { _eq: i } }));
    const query = "query ($w: specimens_bool_exp) { specimens(where: $w) { id } }";
    expect((await port.ask(query, { w: { _or: or } })).specimens).toHaveLength(11);
  });
});
