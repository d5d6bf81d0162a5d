// The plan of a root field: rows where it reaches across domains, and a template that federation has an answer for.
import { print } from "graphql";
import { describe, expect, it } from "vitest";
import { listPlan, planned, templateOf, textOf } from "./support/planning.ts";
import { printCondition, printPlan } from "./support/print-plan.ts";
import { factsWith } from "./support/workshop-mesh.ts";

const star = "where: { maker: { stars: { _gte: 2 } } }";

describe("a list across domains", () => {
  it("is a page of keys and a template with its arguments bound", () => {
    const { found } = planned(`{ found: parts(${star}, order_by: [{ weight: desc }], limit: 3) { weight } }`);
    const { rows, key, template } = listPlan(found);
    expect(printPlan(rows)).toMatchInlineSnapshot(
      `"scan parts (id) where maker.code among {code of scan makers (code) where stars _gte 2} order by weight desc limit 3"`,
    );
    expect(key).toEqual(["id"]);
    expect(textOf(template)).toMatchInlineSnapshot(`
      "query ($weft_0_where: parts_bool_exp, $weft_0_order_by: [parts_order_by!], $weft_0_limit: Int, $weft_0_offset: Int) {
        found: parts(
          where: $weft_0_where
          order_by: $weft_0_order_by
          limit: $weft_0_limit
          offset: $weft_0_offset
        ) {
          weight
          weft_c0: id
        }
      }"
    `);
  });

  it("answers what the caller selected, and not the key that the plan adds", () => {
    const { parts } = planned(`{ parts(${star}) { weight } }`);
    expect(print(templateOf(parts).operation.document)).not.toContain("weft_c0");
    expect(templateOf(parts).columns.map(({ column }) => column)).toEqual(["id"]);
  });

  it("opens fragments, and keeps aliases, directives and the variables that are used beneath it", () => {
    const text = `query ($on: Boolean!, $weight: Int, $off: Boolean = true) {
      parts(where: { weight: { _gt: $weight }, maker: { stars: { _eq: 1 } } }) { ...Of @include(if: $on) }
      parts(where: { weight: { _gt: $weight }, maker: { stars: { _eq: 1 } } }) { p: price @skip(if: $off) }
    }
    fragment Of on Part { w: weight maker { ... on Maker { name } } }`;
    const { parts } = planned(text, { variables: { on: true, weight: 3, off: false } });
    expect(textOf(templateOf(parts))).toMatchInlineSnapshot(`
      "query ($on: Boolean!, $off: Boolean = true, $weft_0_where: parts_bool_exp, $weft_0_order_by: [parts_order_by!], $weft_0_limit: Int, $weft_0_offset: Int) {
        parts(
          where: $weft_0_where
          order_by: $weft_0_order_by
          limit: $weft_0_limit
          offset: $weft_0_offset
        ) {
          ... on Part @include(if: $on) {
            w: weight
            maker {
              ... on Maker {
                name
              }
            }
          }
          p: price @skip(if: $off)
          weft_c0: id
        }
      }"
    `);
  });

  it("has a key of several columns", () => {
    const { places } = planned(`{ places(where: { orders: { quantity: { _gt: 1 } } }) { part { id } } }`);
    const { key, template } = listPlan(places);
    expect(key).toEqual(["row", "place"]);
    expect(textOf(template)).toMatchInlineSnapshot(`
      "query ($weft_0_where: places_bool_exp, $weft_0_order_by: [places_order_by!], $weft_0_limit: Int, $weft_0_offset: Int) {
        places(
          where: $weft_0_where
          order_by: $weft_0_order_by
          limit: $weft_0_limit
          offset: $weft_0_offset
        ) {
          part {
            id
          }
          weft_c0: row
          weft_c1: place
        }
      }"
    `);
  });
});

describe("what one owner answers alone", () => {
  it.each([
    '{ parts(where: { weight: { _gt: 1 }, maker: { code: { _eq: "m1" } } }) { id } }',
    "{ parts(order_by: [{ maker: { code: asc } }, { places_aggregate: { count: asc } }]) { id } }",
    "{ parts_groups { by { maker { code } made_month } aggregate { count } } }",
    "{ parts_aggregate(where: { places: { row: { _eq: 1 } } }) { aggregate { count } } }",
    "{ cities_by_pk(id: 1) { name makers { name } } }",
    "{ __typename }",
  ])("is federation's: %s", (text) => {
    const [plan] = Object.values(planned(text));
    expect(plan?.kind).toBe("object");
    expect(templateOf(plan).nested).toEqual([]);
    textOf(templateOf(plan));
  });
});

describe("a list beneath an object", () => {
  const nested = (inner: string, options = {}) =>
    templateOf(planned(`{ cities { name ${inner} } }`, options).cities);

  it("has its arguments bound where its owner answers it whole", () => {
    const template = nested(
      "m: makers(where: { parts: { weight: { _gt: 3 } } }, order_by: [{ name: asc }], limit: 2) { name }",
    );
    expect(textOf(template)).toMatchInlineSnapshot(`
      "query ($weft_1_where: makers_bool_exp, $weft_1_order_by: [makers_order_by!], $weft_1_limit: Int, $weft_1_offset: Int) {
        cities {
          name
          m: makers(
            where: $weft_1_where
            order_by: $weft_1_order_by
            limit: $weft_1_limit
            offset: $weft_1_offset
          ) {
            name
          }
        }
      }"
    `);
    const [plan] = template.nested;
    expect(plan).toMatchObject({ name: "weft_1", collection: "makers", page: { limit: 2, offset: 0 } });
    expect(plan?.left).toBeUndefined();
    expect(printCondition(plan?.where as never)).toMatchInlineSnapshot(
      `"code among {maker.code of groups parts by maker.code:  where weight _gt 3}"`,
    );
  });

  it("is brought whole with the columns that are left to be sorted by here", () => {
    const template = nested(
      "makers(order_by: [{ city: { population: asc } }, { stars: desc }], limit: 2) { name }",
    );
    expect(textOf(template)).toMatchInlineSnapshot(`
      "query ($weft_1_where: makers_bool_exp, $weft_1_order_by: [makers_order_by!], $weft_1_limit: Int, $weft_1_offset: Int) {
        cities {
          name
          makers(
            where: $weft_1_where
            order_by: $weft_1_order_by
            limit: $weft_1_limit
            offset: $weft_1_offset
          ) {
            name
            weft_c0: code
            weft_c1: stars
            weft_c2: city {
              id
            }
          }
        }
      }"
    `);
    const [plan] = template.nested;
    expect(plan?.page).toEqual({ offset: 0 });
    expect(plan?.left?.page).toEqual({ limit: 2, offset: 0 });
    expect(printPlan(plan?.left?.rows as never)).toMatchInlineSnapshot(`
      "sort order by city.population asc, stars desc, code asc
        lookup city.id → city.population
          from scan cities (id, population) where id among given
          here makers"
    `);
    expect(plan?.left?.places.map((place) => place.map(({ name }) => name.value))).toEqual([
      ["cities", "makers"],
    ]);
  });

  it("is one plan for one field, wherever fragments repeat it", () => {
    const makers = "makers(where: { parts: { weight: { _gt: 3 } } }) { name }";
    const template = nested(`${makers} ... on City { ${makers} }`);
    expect(template.nested).toHaveLength(1);
    textOf(template);
  });

  it("is not planned where it is skipped: what is wrong with it is nobody's matter", () => {
    const text = `query ($on: Boolean!, $stars: Int) {
      cities { name makers(where: { parts: { maker: { stars: { _eq: $stars } } } }) @include(if: $on) { name } }
    }`;
    const template = templateOf(planned(text, { variables: { on: false, stars: null } }).cities);
    expect(template.nested).toEqual([]);
    expect(textOf(template)).not.toContain("makers");
  });

  it("of which nothing can be asked of its owner is told where it is an aggregate", () => {
    const facts = factsWith({ makers: { exact: ["_eq"] } });
    const text =
      "{ cities { makers_aggregate(where: { parts: { weight: { _gt: 3 } } }) { aggregate { count } } } }";
    expect(() => planned(text, { facts })).toThrow(
      expect.objectContaining({ code: "NESTED_AGGREGATE_UNANSWERED" }),
    );
    expect(textOf(templateOf(planned(text).cities))).toMatchInlineSnapshot(`
      "query ($weft_1_where: makers_bool_exp) {
        cities {
          makers_aggregate(where: $weft_1_where) {
            aggregate {
              count
            }
          }
        }
      }"
    `);
  });
});

describe("groups and aggregates across domains", () => {
  it("are plans of rows", () => {
    const { g, a } = planned(`{
      g: parts_groups(order_by: [{ aggregate: { count: desc } }], limit: 2) { by { maker { name } } aggregate { n: count(column: made) } }
      a: parts_aggregate(${star}) { aggregate { count max { made } } few: nodes { id } }
    }`);
    if (g?.kind !== "groups" || a?.kind !== "aggregate") throw new Error("plans of rows");
    expect(printPlan(g.rows)).toMatchInlineSnapshot(`
      "sort order by count(*) desc, maker.name asc limit 2
        regroup by maker.name: count(made), count(*)
          lookup maker.code → maker.name
            from scan makers (code, name) where code among given
            groups parts by maker.code: count(made), count(*)"
    `);
    expect(a.rows && printPlan(a.rows)).toMatchInlineSnapshot(
      `"groups parts by : count(*), max(made) where maker.code among {code of scan makers (code) where stars _gte 2}"`,
    );
    expect(Object.keys(a.nodes)).toEqual(["few"]);
    expect(textOf(a.nodes.few?.template as never)).toMatchInlineSnapshot(`
      "query ($weft_0_where: parts_bool_exp, $weft_0_order_by: [parts_order_by!], $weft_0_limit: Int, $weft_0_offset: Int) {
        few: parts(
          where: $weft_0_where
          order_by: $weft_0_order_by
          limit: $weft_0_limit
          offset: $weft_0_offset
        ) {
          id
          weft_c0: id
        }
      }"
    `);
  });

  it("are grouped by their owner by the key with which a path leaves his domain", () => {
    const { g } = planned("{ g: places_groups { by { part { made maker { name } } } aggregate { count } } }");
    expect(g?.kind === "groups" && printPlan(g.rows)).toMatchInlineSnapshot(`
      "sort order by part.made asc, part.maker.name asc
        regroup by part.made, part.maker.name: count(*)
          lookup part.maker.code → part.maker.name
            from scan makers (code, name) where code among given
            groups places by part.made, part.maker.code: count(*)"
    `);
  });

  it("ask for no aggregate where none is selected", () => {
    const { parts_aggregate: plan } = planned(`{ parts_aggregate(${star}) { nodes { id } } }`);
    expect(plan).not.toHaveProperty("rows");
  });
});

describe("a field that is asked wrongly", () => {
  it.each([
    ["NULL_COMPARED", "parts(where: { maker: { stars: { _gt: null } } }) { id }"],
    ["NEGATIVE", `parts(${star}, limit: -1) { id }`],
    ["NEGATIVE", `parts(${star}, offset: -1) { id }`],
    ["ORDER_KEYS", "parts(order_by: [{ maker: { name: asc, stars: asc } }]) { id }"],
    [
      "ORDER_NOT_SELECTED",
      "parts_groups(order_by: [{ by: { maker: { stars: asc } } }]) { by { maker { name } } }",
    ],
    ["GROUPS_WITHOUT_KEY", `parts_groups(${star}) { by { __typename } aggregate { count } }`],
    ["COLUMN_NEEDED", `parts_aggregate(${star}) { aggregate { count(distinct: true) } }`],
    [
      "TIME_ZONE_UNKNOWN",
      'parts_groups(timeZone: "Moon/Base") { by { maker { name } } aggregate { count } }',
    ],
    ["PATTERN_INCOMPLETE", 'parts(where: { maker: { name: { _like: "a\\\\" } } }) { id }'],
  ])("raises %s: %s", (code, field) => {
    expect(() => planned(`{ ${field} }`)).toThrow(expect.objectContaining({ code }));
  });
});
