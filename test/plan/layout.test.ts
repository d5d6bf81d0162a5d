// The first plan of rows, and what of it travels: whole collections, key sets and lookups, with the columns that are used.
import { describe, expect, it } from "vitest";
import { demandColumns } from "../../gateway/plan/demand-columns.ts";
import {
  collectionNamed,
  columnAtPath,
  isOwnValue,
  pathOfColumn,
  primaryKey,
  relationOf,
} from "../../gateway/plan/facts.ts";
import { layOutAggregate, layOutGroups, layOutList } from "../../gateway/plan/layout.ts";
import { isOwnQuestion } from "../../gateway/plan/own-questions.ts";
import { toCondition } from "../../gateway/plan/to-condition.ts";
import { valueAt } from "../../gateway/plan/value-at.ts";
import { printCondition, printPlan } from "./support/print-plan.ts";
import { aggregateOf, count, groupsOf, listOf, whereOf } from "./support/questions.ts";
import { factsWith } from "./support/workshop-mesh.ts";

const facts = factsWith();
const condition = (name: string, where: Readonly<Record<string, unknown>>) =>
  printCondition(toCondition(facts, collectionNamed(facts, name), whereOf(facts, name, where)));
const list = (name: string, asked: Parameters<typeof listOf>[2]) =>
  printPlan(
    demandColumns(
      facts,
      layOutList(facts, listOf(facts, name, asked)),
      primaryKey(facts, collectionNamed(facts, name)),
    ),
  );

describe("a condition", () => {
  it.each([
    [
      "the key of a reference is the row's own",
      "parts",
      { maker: { code: { _eq: "m1" } } },
      "exists maker(code _eq m1)",
    ],
    [
      "so is what names no column, where another domain has the other end",
      "parts",
      { maker: {} },
      "exists maker(true)",
    ],
    [
      "whether a row is there is asked of its owner",
      "places",
      { part: {} },
      "part.id among {id of scan parts}",
    ],
    [
      "so is what is never true of it",
      "places",
      { part: { _or: [] } },
      "part.id among {id of filter false |   scan parts}",
    ],
    ["the null of a reference is the row's own", "parts", { maker: { _is_null: true } }, "maker is null"],
    [
      "a key beside another column is not",
      "parts",
      { maker: { code: { _eq: "m1" }, stars: { _eq: 1 } } },
      "maker.code among {code of filter (code _eq m1 and stars _eq 1) |   scan makers}",
    ],
    [
      "a key of several columns",
      "orders",
      { place: { row: { _eq: 1 }, place: { _gt: 2 } } },
      "exists place((row _eq 1 and place _gt 2))",
    ],
    [
      "a to-many is asked by the row's own key, never answered by it",
      "makers",
      { _not: { parts: { maker: { code: { _eq: "m1" } } } } },
      "not code among {maker.code of filter exists maker(code _eq m1) |   scan parts}",
    ],
    [
      "relationships within relationships",
      "places",
      { part: { maker: { city: { name: { _eq: "A" } } } } },
      "part.id among {id of filter maker.code among {code of filter city.id among {id of filter name _eq A |   scan cities} |   scan makers} |   scan parts}",
    ],
  ])("%s", (_, name, where, expected) => {
    expect(condition(name, where)).toBe(expected);
  });
});

describe("a list", () => {
  it("is filtered, looked up, sorted and cut here, its key the last tie-break", () => {
    expect(
      list("parts", {
        where: { weight: { _gt: 3 } },
        order: [
          { maker: { city: { name: "asc" } } },
          { maker: { stars: "desc" } },
          { maker: { code: "asc" } },
        ],
        page: { limit: 2, offset: 1 },
      }),
    ).toMatchInlineSnapshot(`
      "sort order by maker.city.name asc, maker.stars desc, maker.code asc, id asc limit 2 offset 1
        lookup maker.code → maker.city.name, maker.stars
          from lookup city.id → city.name
          from   from scan cities (id, name) where id among given
          from   scan makers (code, stars, city.id) where code among given
          filter weight _gt 3
            scan parts (id, maker.code, weight)"
    `);
  });
  it("looks up a to-many's aggregates, here and where references lead", () => {
    expect(
      list("orders", {
        order: [
          { place: { orders_aggregate: { max: { quantity: "asc" } } } },
          { place: { part: { places_aggregate: { count: "asc" } } } },
        ],
      }),
    ).toMatchInlineSnapshot(`
      "sort order by place.orders.max(quantity) asc, place.part.places.count(*) asc, id asc
        lookup place.row,place.place → place.orders.max(quantity), place.part.places.count(*)
          from lookup row,place → orders.max(quantity)
          from   from group by place.row, place.place: max(quantity)
          from   from   scan orders (id, place.row, place.place, quantity) where place.row,place.place among given
          from   lookup part.id → part.places.count(*)
          from     from lookup id → places.count(*)
          from     from   from group by part.id: count(*)
          from     from   from   scan places (row, place, part.id) where part.id among given
          from     from   scan parts (id) where id among given
          from     scan places (row, place, part.id) where row,place among given
          scan orders (id, place.row, place.place)"
    `);
  });
  it("scans what a path within the owner's own leads to", () => {
    expect(
      list("places", { order: [{ part: { weight: "asc" } }, { part: { maker: { code: "asc" } } }] }),
    ).toMatchInlineSnapshot(`
      "sort order by part.weight asc, part.maker.code asc, row asc, place asc
        scan places (row, place, part.weight, part.maker.code)"
    `);
  });
  it("filters what a lookup brings where the other end takes no lists of keys", () => {
    const narrow = factsWith({ makers: { exact: ["_eq"] } });
    const plan = layOutList(narrow, listOf(narrow, "parts", { order: [{ maker: { name: "asc" } }] }));
    expect(printPlan(demandColumns(narrow, plan, ["id"]))).toMatchInlineSnapshot(`
      "sort order by maker.name asc, id asc
        lookup maker.code → maker.name
          from filter code among given
          from   scan makers (code, name)
          scan parts (id, maker.code)"
    `);
  });
});

describe("groups and aggregates", () => {
  it("have what is selected, what is kept by and what is sorted by, each once", () => {
    const asked = groupsOf(facts, "parts", {
      by: ["maker.name", "made"],
      aggregates: [count, { function: "avg", column: "weight" }],
      having: { sum: { weight: { _gt: "3" } }, count: { _gt: 1 } },
      order: [{ aggregate: { max: { made: "desc" } } }, { by: { made: "desc" } }],
    });
    expect(printPlan(demandColumns(facts, layOutGroups(facts, asked), []))).toMatchInlineSnapshot(`
      "sort order by max(made) desc, made desc, maker.name asc, made asc
        filter (sum(weight) _gt 3 and count(*) _gt 1)
          group by maker.name, made: count(*), avg(weight), sum(weight), max(made)
            lookup maker.code → maker.name
              from scan makers (code, name) where code among given
              scan parts (id, made, weight, maker.code)"
    `);
  });
  it("of all rows are one group", () => {
    const plan = layOutAggregate(
      facts,
      aggregateOf(facts, "orders", [{ function: "sum", column: "quantity" }], { place: { row: { _eq: 1 } } }),
    );
    expect(printPlan(demandColumns(facts, plan, []))).toMatchInlineSnapshot(`
      "group by : sum(quantity)
        filter exists place(row _eq 1)
          scan orders (id, quantity, place.row, place.place)"
    `);
  });
});

describe("an owner alone answers", () => {
  it.each([
    [true, "parts", { where: { places: { row: { _eq: 1 } }, maker: { code: { _eq: "m1" } } } }],
    [
      true,
      "places",
      { where: { part: { maker: { code: { _in: [] } } } }, order: [{ part: { weight: "asc" } }] },
    ],
    [true, "parts", { order: [{ places_aggregate: { count: "asc" } }] }],
    [false, "parts", { where: { maker: { stars: { _eq: 1 } } } }],
    [false, "parts", { where: { _or: [{ _not: { places: { orders: {} } } }] } }],
    [false, "places", { order: [{ part: { maker: { name: "asc" } } }] }],
    [false, "places", { order: [{ orders_aggregate: { count: "asc" } }] }],
  ])("%s: %s %j", (expected, name, asked) => {
    expect(isOwnQuestion(facts, listOf(facts, name, asked as never))).toBe(expected);
  });
});

describe("facts", () => {
  const [parts, orders, makers] = ["parts", "orders", "makers"].map((name) =>
    collectionNamed(facts, name),
  ) as [
    ReturnType<typeof collectionNamed>,
    ReturnType<typeof collectionNamed>,
    ReturnType<typeof collectionNamed>,
  ];
  it("say which columns are equal at the ends of a relationship", () => {
    expect(relationOf(facts, orders, "place")).toMatchObject({
      here: ["place.row", "place.place"],
      there: ["row", "place"],
      to: { name: "places" },
    });
    expect(relationOf(facts, makers, "parts")).toMatchObject({
      here: ["code"],
      there: ["maker.code"],
      to: { name: "parts" },
    });
    expect(relationOf(facts, makers, "nothing")).toBeUndefined();
  });
  it("say where a column stands that only holds a key", () => {
    expect(pathOfColumn(facts, parts, "maker_code")).toBe("maker.code");
    expect(pathOfColumn(facts, parts, "weight")).toBe("weight");
    expect(columnAtPath(facts, parts, "maker.code")).toBe("maker_code");
    expect(columnAtPath(facts, parts, "weight")).toBe("weight");
  });
  it("say what an owner sorts and groups by", () => {
    expect(isOwnValue(facts, parts, valueAt("maker.code"))).toBe(true);
    expect(isOwnValue(facts, parts, valueAt("maker.name"))).toBe(false);
    expect(isOwnValue(facts, orders, valueAt("place.part.id"))).toBe(false);
  });
});
