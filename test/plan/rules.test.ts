// Every rule: what it makes of a plan, where it leaves it as it is, and the counterexample that it is written against.
import { describe, expect, it } from "vitest";
import { layOutAggregate, layOutGroups, layOutList } from "../../gateway/plan/layout.ts";
import type { RowsPlan } from "../../gateway/plan/rows-plan.ts";
import { applyRule, type Rule } from "../../gateway/plan/rule.ts";
import { chooseDirection } from "../../gateway/plan/rules/choose-direction.ts";
import { distinctKeys } from "../../gateway/plan/rules/distinct-keys.ts";
import { leadByAggregate } from "../../gateway/plan/rules/lead-by-aggregate.ts";
import { mergeReferences } from "../../gateway/plan/rules/merge-references.ts";
import { pushFilter } from "../../gateway/plan/rules/push-filter.ts";
import { pushGrouping } from "../../gateway/plan/rules/push-grouping.ts";
import { pushHaving } from "../../gateway/plan/rules/push-having.ts";
import { pushOrder } from "../../gateway/plan/rules/push-order.ts";
import { pushPage } from "../../gateway/plan/rules/push-page.ts";
import { rankKeys } from "../../gateway/plan/rules/rank-keys.ts";
import { applyRules, rules } from "../../gateway/plan/rules.ts";
import { printPlan } from "./support/print-plan.ts";
import { aggregateOf, count, groupsOf, listOf } from "./support/questions.ts";
import { type Capabilities, factsWith } from "./support/workshop-mesh.ts";

const all = factsWith();
const of = (name: string, declared: Capabilities) => factsWith({ [name]: declared });
const by = (rule: Rule, plan: RowsPlan, facts = all) => printPlan(applyRule(rule, plan, facts));
const parts = (asked: Parameters<typeof listOf>[2], facts = all) =>
  layOutList(facts, listOf(facts, "parts", asked));
const ruledBy = (facts: typeof all, plan: RowsPlan, ...some: readonly Rule[]) =>
  applyRules(plan, facts, some);

it("leave a plan that none applies to the same object", () => {
  const plan = ruledBy(all, parts({ where: { maker: { stars: { _gt: 1 } }, weight: { _gt: 3 } } }), ...rules);
  for (const rule of rules.filter(({ name }) => name !== "choose-direction"))
    expect([rule.name, applyRule(rule, plan, all) === plan]).toEqual([rule.name, true]);
});

describe("merge-references", () => {
  it("makes one key set of two for one reference", () => {
    const plan = parts({
      where: { _and: [{ maker: { stars: { _gt: 1 } } }, { maker: { name: { _eq: "A" } } }] },
    });
    expect(by(mergeReferences, plan)).toMatchInlineSnapshot(`
      "sort order by id asc
        filter maker.code among {code of filter (stars _gt 1 and name _eq A) |   scan makers}
          scan parts"
    `);
  });
  it("merges what stands beneath both", () => {
    const city = (name: string) => ({ maker: { city: { name: { _eq: name } } } });
    expect(by(mergeReferences, parts({ where: { _and: [city("A"), city("B")] } }))).toMatchInlineSnapshot(`
      "sort order by id asc
        filter maker.code among {code of filter city.id among {id of filter (name _eq A and name _eq B) |   scan cities} |   scan makers}
          scan parts"
    `);
  });
  it("leaves two for one to-many: some order may be large and another early", () => {
    const places = layOutList(
      all,
      listOf(all, "places", {
        where: { _and: [{ orders: { quantity: { _gt: 1 } } }, { orders: { quantity: { _lt: 1 } } }] },
      }),
    );
    expect(applyRule(mergeReferences, places, all)).toBe(places);
  });
  it("leaves alternatives", () => {
    const plan = parts({
      where: { _or: [{ maker: { stars: { _gt: 1 } } }, { maker: { name: { _eq: "A" } } }] },
    });
    expect(applyRule(mergeReferences, plan, all)).toBe(plan);
  });
});

describe("push-filter", () => {
  const where = { weight: { _gt: 3 }, price: { _lt: "5" }, maker: { stars: { _eq: 1 } } };
  it("asks the owner", () => {
    expect(by(pushFilter, parts({ where }))).toMatchInlineSnapshot(`
      "sort order by id asc
        scan parts where (weight _gt 3 and price _lt 5 and maker.code among {code of scan makers where stars _eq 1})"
    `);
  });
  it("keeps what he has no operator for, and asks and keeps what he answers inexactly", () => {
    const facts = of("parts", { exact: ["_in"], inexact: ["_lt"] });
    expect(by(pushFilter, parts({ where }, facts), facts)).toMatchInlineSnapshot(`
      "sort order by id asc
        filter (weight _gt 3 and price _lt 5)
          scan parts where (price _lt 5 and maker.code among {code of scan makers where stars _eq 1})"
    `);
  });
  it("asks nothing inexact under `not`: fewer than are wanted would come", () => {
    const facts = of("parts", { inexact: ["_lt"] });
    const plan = parts({ where: { _not: { price: { _lt: "5" } } } }, facts);
    expect(applyRule(pushFilter, plan, facts)).toBe(plan);
  });
  it("asks inexactly under `or`, and keeps the whole", () => {
    const facts = of("parts", { inexact: ["_lt"] });
    const plan = parts({ where: { _or: [{ price: { _lt: "5" } }, { weight: { _eq: 1 } }] } }, facts);
    expect(by(pushFilter, plan, facts)).toMatchInlineSnapshot(`
      "sort order by id asc
        filter (price _lt 5 or weight _eq 1)
          scan parts where (price _lt 5 or weight _eq 1)"
    `);
  });
  it("asks for no alternative alone", () => {
    const facts = of("parts", { exact: ["_eq"] });
    const plan = parts({ where: { _or: [{ price: { _lt: "5" } }, { weight: { _eq: 1 } }] } }, facts);
    expect(applyRule(pushFilter, plan, facts)).toBe(plan);
  });
  it("divides `not (a or b)`", () => {
    const facts = of("parts", { exact: ["_eq"] });
    const plan = parts(
      { where: { _not: { _or: [{ price: { _lt: "5" } }, { weight: { _eq: 1 } }] } } },
      facts,
    );
    expect(by(pushFilter, plan, facts)).toMatchInlineSnapshot(`
      "sort order by id asc
        filter not price _lt 5
          scan parts where not weight _eq 1"
    `);
  });
  it("asks for what one owner has at both ends as it stands", () => {
    const plan = parts({ where: { _not: { places: { row: { _eq: 1 } } } } });
    expect(by(pushFilter, plan)).toMatchInlineSnapshot(`
      "sort order by id asc
        scan parts where not exists places(row _eq 1)"
    `);
  });
  it("keeps a key set that the owner takes no lists of keys for", () => {
    const facts = of("parts", { exact: ["_eq"] });
    const plan = parts({ where: { maker: { stars: { _eq: 1 } } } }, facts);
    expect(by(pushFilter, plan, facts)).toMatchInlineSnapshot(`
      "sort order by id asc
        filter maker.code among {code of scan makers where stars _eq 1}
          scan parts"
    `);
  });
  it("asks for keys of several columns where he answers both of the operators that they are written with", () => {
    const asked = (facts = all) =>
      by(
        pushFilter,
        layOutList(facts, listOf(facts, "orders", { where: { place: { part: { weight: { _eq: 1 } } } } })),
        facts,
      );
    expect(asked()).toMatchInlineSnapshot(`
      "sort order by id asc
        scan orders where place.row,place.place among {row,place of scan places where exists part(weight _eq 1)}"
    `);
    expect(asked(of("orders", { exact: ["_in"] }))).toMatchInlineSnapshot(`
      "sort order by id asc
        filter place.row,place.place among {row,place of scan places where exists part(weight _eq 1)}
          scan orders"
    `);
  });
  it("drops what is true of every row", () => {
    expect(by(pushFilter, parts({ where: { _and: [{}] } }))).toMatchInlineSnapshot(`
      "sort order by id asc
        scan parts"
    `);
  });
});

describe("push-grouping", () => {
  const avg = { function: "avg", column: "weight" } as const;
  const distinct = { function: "count", column: "price", distinct: true } as const;
  const groups = (asked: Parameters<typeof groupsOf>[2], facts = all) =>
    ruledBy(facts, layOutGroups(facts, groupsOf(facts, "parts", asked)), pushFilter);
  it("asks for the owner's groups", () => {
    expect(by(pushGrouping, groups({ by: ["weight"], aggregates: [avg, distinct] }))).toMatchInlineSnapshot(`
      "sort order by weight asc
        groups parts by weight: avg(weight), count(distinct price)"
    `);
  });
  it("groups by the key of a lookup, means as sums and counts", () => {
    expect(
      by(pushGrouping, groups({ by: ["maker.name"], aggregates: [avg, distinct] })),
    ).toMatchInlineSnapshot(`
      "sort order by maker.name asc
        regroup by maker.name: avg(weight), count(distinct price)
          lookup maker.code → maker.name
            from scan makers where code among given
            groups parts by maker.code, price: count(weight), sum(weight)"
    `);
  });
  it("has the owner's groups where the key is asked for too", () => {
    expect(by(pushGrouping, groups({ by: ["maker.code", "maker.name"] }))).toMatchInlineSnapshot(`
      "sort order by maker.code asc, maker.name asc
        lookup maker.code → maker.name
          from scan makers where code among given
          groups parts by maker.code: count(*)"
    `);
  });
  it("groups by the columns of a filter that is left", () => {
    const facts = of("parts", { exact: ["_in"] });
    expect(
      by(pushGrouping, groups({ by: ["made"], where: { weight: { _gt: 3 } } }, facts), facts),
    ).toMatchInlineSnapshot(`
      "sort order by made asc
        regroup by made: count(*)
          filter weight _gt 3
            groups parts by made, weight: count(*)"
    `);
  });
  it("counts different values where a filter on a key is left: they are told apart by their groups", () => {
    const facts = of("parts", { exact: ["_in"] });
    const plan = groups({ by: ["weight"], where: { weight: { _gt: 3 } }, aggregates: [distinct] }, facts);
    expect(by(pushGrouping, plan, facts)).toMatchInlineSnapshot(`
      "sort order by weight asc
        regroup by weight: count(distinct price)
          filter weight _gt 3
            groups parts by weight, price: "
    `);
  });
  it("leaves the rows of an owner who has no groups, or no aggregate", () => {
    const noGroups = of("parts", { groups: undefined });
    const plan = groups({ by: ["weight"] }, noGroups);
    expect(applyRule(pushGrouping, plan, noGroups)).toBe(plan);
    const noAggregate = of("parts", { aggregate: undefined });
    const whole = layOutAggregate(noAggregate, aggregateOf(noAggregate, "parts", [count]));
    expect(applyRule(pushGrouping, whole, noAggregate)).toBe(whole);
  });
});

describe("choose-direction", () => {
  const where = { weight: { _gt: 3 }, maker: { stars: { _eq: 1 } } };
  it("offers the side that asks", () => {
    expect(by(chooseDirection, ruledBy(all, parts({ where }), pushFilter))).toMatchInlineSnapshot(`
      "sort order by id asc
        scan parts where (weight _gt 3 and maker.code among either {code of scan makers where stars _eq 1} or {code of scan makers where (stars _eq 1 and code among {maker.code of scan parts where weight _gt 3})})"
    `);
  });
  it("offers it under `not` too", () => {
    const plan = parts({ where: { weight: { _gt: 3 }, _not: { maker: { stars: { _eq: 1 } } } } });
    expect(by(chooseDirection, ruledBy(all, plan, pushFilter))).toMatchInlineSnapshot(`
      "sort order by id asc
        scan parts where (weight _gt 3 and not maker.code among either {code of scan makers where stars _eq 1} or {code of scan makers where (stars _eq 1 and code among {maker.code of scan parts where weight _gt 3})})"
    `);
  });
  it.each([
    ["nothing narrows the rows at hand", all, { maker: { stars: { _eq: 1 } } }],
    ["no key set stands in it", all, { weight: { _eq: 1 } }],
    ["the other end takes no lists of keys", of("makers", { exact: ["_eq"] }), where],
  ])("leaves a plan where %s", (_, facts, narrowed) => {
    const plan = ruledBy(facts, parts({ where: narrowed }, facts), pushFilter);
    expect(applyRule(chooseDirection, plan, facts)).toBe(plan);
  });
});

describe("distinct-keys", () => {
  const cities = (facts = all) => {
    const asked = listOf(facts, "cities", { where: { makers: { stars: { _eq: 1 } } } });
    return ruledBy(facts, layOutList(facts, asked), pushFilter);
  };
  it("has different keys found by their owner", () => {
    expect(by(distinctKeys, cities())).toMatchInlineSnapshot(`
      "sort order by id asc
        scan cities where id among {city.id of groups makers by city.id:  where stars _eq 1}"
    `);
  });
  it("leaves a primary key: every row has another", () => {
    const plan = ruledBy(all, parts({ where: { maker: { stars: { _eq: 1 } } } }), pushFilter);
    expect(applyRule(distinctKeys, plan, all)).toBe(plan);
  });
  it("leaves an owner without groups", () => {
    const facts = of("makers", { groups: undefined });
    const plan = cities(facts);
    expect(applyRule(distinctKeys, plan, facts)).toBe(plan);
  });
});

describe("push-having", () => {
  const grouped = (asked: Parameters<typeof groupsOf>[2], facts = all) =>
    ruledBy(facts, layOutGroups(facts, groupsOf(facts, "parts", asked)), pushFilter, pushGrouping);
  it("asks the owner of the groups, lookups or not", () => {
    const plan = grouped({ by: ["maker.code", "maker.name"], having: { count: { _gt: 2 } } });
    expect(by(pushHaving, plan)).toMatchInlineSnapshot(`
      "sort order by maker.code asc, maker.name asc
        lookup maker.code → maker.name
          from scan makers where code among given
          groups parts by maker.code: count(*) having count(*) _gt 2"
    `);
  });
  it("is not asked of parts of groups: of two of six and of four, neither is ten", () => {
    const plan = grouped({ by: ["maker.name"], having: { count: { _gt: 2 } } });
    expect(applyRule(pushHaving, plan, all)).toBe(plan);
  });
  it("is not asked of an owner without the operator", () => {
    const facts = of("parts", { exact: ["_eq"] });
    const plan = grouped({ by: ["weight"], having: { count: { _gt: 2 } } }, facts);
    expect(applyRule(pushHaving, plan, facts)).toBe(plan);
  });
  it("takes no other filter for a having: an aggregate of all rows has none", () => {
    const plan = ruledBy(
      all,
      layOutAggregate(all, aggregateOf(all, "parts", [count], { _or: [] })),
      pushGrouping,
    );
    expect(applyRule(pushHaving, plan, all)).toBe(plan);
  });
});

describe("push-order", () => {
  const sorted = (order: readonly Readonly<Record<string, unknown>>[], facts = all) =>
    ruledBy(facts, parts({ order }, facts), pushFilter);
  it("has rows sorted by their owner, to-manys of his own among the terms", () => {
    expect(
      by(
        pushOrder,
        sorted([{ weight: "desc" }, { maker: { code: "asc" } }, { places_aggregate: { count: "asc" } }]),
      ),
    ).toMatchInlineSnapshot(`
      "sort
        scan parts order by weight desc, maker.code asc, places.count asc"
    `);
  });
  it.each([
    ["another domain's column", all, [{ maker: { name: "asc" } }]],
    ["an owner who does not sort", of("parts", { sort: "none" }), [{ weight: "asc" }]],
    [
      "a list that comes whole, by what is no column",
      of("parts", { limit: false }),
      [{ places_aggregate: { count: "asc" } }],
    ],
  ])("leaves %s", (_, facts, order) => {
    const plan = sorted(order, facts);
    expect(applyRule(pushOrder, plan, facts)).toBe(plan);
  });
  it("sorts groups up to the term by which their keys are told", () => {
    const asked = groupsOf(all, "parts", {
      by: ["maker.code", "maker.name"],
      order: [
        { aggregate: { count: "desc" } },
        { by: { maker: { code: "asc" } } },
        { by: { maker: { name: "asc" } } },
      ],
    });
    expect(by(pushOrder, ruledBy(all, layOutGroups(all, asked), pushGrouping))).toMatchInlineSnapshot(`
      "sort
        lookup maker.code → maker.name
          from scan makers where code among given
          groups parts by maker.code: count(*) order by count(*) desc, maker.code asc"
    `);
  });
  it("leaves groups that are told by another domain's column first", () => {
    const asked = groupsOf(all, "parts", {
      by: ["maker.name", "maker.code"],
      order: [{ aggregate: { count: "desc" } }],
    });
    const plan = ruledBy(all, layOutGroups(all, asked), pushGrouping);
    expect(applyRule(pushOrder, plan, all)).toBe(plan);
  });
});

describe("push-page", () => {
  const page = { limit: 3, offset: 2 };
  it("asks for the page, lookups or not", () => {
    expect(
      by(pushPage, ruledBy(all, parts({ order: [{ weight: "asc" }], page }), pushOrder)),
    ).toMatchInlineSnapshot(`"scan parts order by weight asc limit 3 offset 2"`);
    const asked = groupsOf(all, "parts", { by: ["maker.code", "maker.name"], page });
    expect(
      by(pushPage, ruledBy(all, layOutGroups(all, asked), pushGrouping, pushOrder)),
    ).toMatchInlineSnapshot(`
      "lookup maker.code → maker.name
        from scan makers where code among given
        groups parts by maker.code: count(*) order by maker.code asc limit 3 offset 2"
    `);
  });
  it.each([
    ["of rows that come in no order", all, pushFilter, {}],
    ["of an owner who takes none", of("parts", { limit: false }), pushOrder, {}],
    ["of rows that are filtered here", of("parts", { exact: [] }), pushOrder, { weight: { _eq: 1 } }],
  ])("is not asked %s", (_, facts, rule, where) => {
    const plan = ruledBy(facts, parts({ where, page }, facts), rule);
    expect(applyRule(pushPage, plan, facts)).toBe(plan);
  });
});

describe("rank-keys", () => {
  const ordered = (
    order: readonly Readonly<Record<string, unknown>>[],
    facts = all,
    page = { limit: 3, offset: 0 },
  ) => ruledBy(facts, parts({ order, page }, facts), pushFilter, pushOrder);
  it("finds the page from the keys of the reference", () => {
    expect(by(rankKeys, ordered([{ maker: { name: "asc" } }, { weight: "desc" }]))).toMatchInlineSnapshot(`
      "ranked maker.name asc limit 3
        keys lookup maker.code → maker.name
        keys   from scan makers where code among given
        keys   groups parts by maker.code: count(*)
        scan parts order by weight desc"
    `);
  });
  it.each([
    ["a list without a limit", all, [{ maker: { name: "asc" } }], { offset: 0 }],
    [
      "a rest that is another domain's",
      all,
      [{ maker: { name: "asc" } }, { weight: "asc" }, { maker: { stars: "asc" } }],
      undefined,
    ],
    ["an owner without groups", of("parts", { groups: undefined }), [{ maker: { name: "asc" } }], undefined],
    [
      "an owner who takes no lists of keys",
      of("parts", { exact: ["_eq", "_is_null"] }),
      [{ maker: { name: "asc" } }],
      undefined,
    ],
    [
      "an owner who takes extra rows for a list of keys",
      of("parts", { inexact: ["_in"] }),
      [{ maker: { name: "asc" } }],
      undefined,
    ],
  ])("leaves %s", (_, facts, order, page) => {
    const plan = ordered(order, facts, page as never);
    expect(applyRule(rankKeys, plan, facts)).toBe(plan);
  });
  it("leaves an order by a part of a key of several columns, of which another may be null", () => {
    const asked = (order: readonly Readonly<Record<string, unknown>>[]) =>
      ruledBy(
        all,
        layOutList(all, listOf(all, "orders", { order, page: { limit: 3, offset: 0 } })),
        pushOrder,
      );
    const plan = asked([{ place: { part: { weight: "asc" } } }, { place: { row: "asc" } }]);
    expect(applyRule(rankKeys, plan, all)).toBe(plan);
    expect(applyRule(rankKeys, asked([{ place: { part: { weight: "asc" } } }]), all).kind).toBe("ranked");
  });
});

describe("lead-by-aggregate", () => {
  const ordered = (direction: string, facts = all) => {
    const order = [{ parts_aggregate: { count: direction } }];
    const asked = listOf(facts, "makers", { order, page: { limit: 3, offset: 0 } });
    return ruledBy(facts, layOutList(facts, asked), pushFilter, pushGrouping);
  };
  it("finds the page from the to-many", () => {
    expect(by(leadByAggregate, ordered("desc"))).toMatchInlineSnapshot(`
      "led by count(*) limit 3
        keys groups parts by maker.code: count(*) order by count(*) desc
        scan makers"
    `);
  });
  it.each([
    ["those of nothing first", all, "asc"],
    ["an owner there who does not sort", of("parts", { sort: "none" }), "desc"],
    ["an owner here who takes no lists of keys", of("makers", { exact: ["_eq"] }), "desc"],
  ])("leaves %s", (_, facts, direction) => {
    const plan = ordered(direction, facts);
    expect(applyRule(leadByAggregate, plan, facts)).toBe(plan);
  });
});
