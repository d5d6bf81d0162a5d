// `_groups`: keys, paths, `having`, order, pages, and what is selected where.
import { describe, expect } from "vitest";
import { makerPart, shelfPart } from "./support/key-parts.ts";
import { it } from "./support/museum-test.ts";

const h = "(h.room, h.no) = (s.shelf_room, s.shelf_no)";
const joined = `from specimens s left join shelves h on ${h} left join keepers k on k.id = h.keeper`;

/** Groups as lists of their keys and then their count. */
function flat(groups: readonly Group[]): readonly unknown[][] {
  return groups.map(({ by, aggregate }) => [...leaves(by), aggregate.count]);
}
type Group = { readonly by: object; readonly aggregate: { readonly count: number } };

function leaves(node: object): readonly unknown[] {
  return Object.values(node).flatMap((value) =>
    value !== null && typeof value === "object" ? leaves(value) : [value],
  );
}

const keys: readonly (readonly [by: string, sql: string])[] = [
  ["kind", "kind"],
  ["small", "small"],
  ["big", "big::varchar"],
  ["flag", "flag"],
  ["tag", "tag"],
  ["title", '"the title"'],
  ["kind flag", "kind, flag"],
  ["flag kind", "flag, kind"],
  ["kind kind", "kind"],
  ["kindOf { code }", "kind"],
  ["maker { country }", makerPart("maker_country")],
  ["maker { serial country }", `${makerPart("maker_serial")}::varchar, ${makerPart("maker_country")}`],
  ["shelf { room number }", `${shelfPart("shelf_room")}, ${shelfPart("shelf_no")}`],
  ["shelf { label }", `h."the ""label"""`],
  ["shelf { keeper { name } }", "k.name"],
  ["shelf { keeper { name } } kind", "k.name, kind"],
  ["parent { id }", "parent"],
  ["parent { shelf { room } }", "(select p.shelf_room from specimens p where p.id = s.parent)"],
];

describe("groups", () => {
  it.for(keys)("by { %s }", async ([by, sql], { port, oracle }) => {
    const { specimens_groups } = await port.ask(`{ specimens_groups { by { ${by} } aggregate { count } } }`);
    const rows = await oracle.rows(`select ${sql}, count(*) ${joined} group by all`);
    expect(flat(specimens_groups)).toHaveLength(rows.length);
    expect(new Set(flat(specimens_groups).map(String))).toEqual(new Set(rows.map(String)));
  });

  it("come in the order of their keys as they were selected, nulls last", async ({ port, oracle }) => {
    const { specimens_groups } = await port.ask(
      "{ specimens_groups { by { flag kind } aggregate { count } } }",
    );
    expect(flat(specimens_groups)).toEqual(
      await oracle.rows(`select flag, kind, count(*) from specimens group by all
        order by flag asc nulls last, kind asc nulls last`),
    );
  });

  it.for([
    ["{ by: { kind: desc } }", "kind desc nulls first"],
    ["{ by: { kind: asc_nulls_first } }", "kind asc nulls first"],
    ["[{ aggregate: { count: desc } }]", "count(*) desc, kind asc nulls last"],
    ["[{ aggregate: { count: asc } }, { by: { kind: desc_nulls_last } }]", "count(*), kind desc nulls last"],
    ["{ aggregate: { avg: { small: desc } } }", "avg(small) desc nulls first, kind asc nulls last"],
    [
      "{ aggregate: { min: { title: asc_nulls_first } } }",
      `min("the title") asc nulls first, kind asc nulls last`,
    ],
    ["{ aggregate: { sum: { big: desc_nulls_last } } }", "sum(big) desc nulls last, kind asc nulls last"],
  ])("order_by %s", async ([order, sql], { port, oracle }) => {
    const { specimens_groups } = await port.ask(
      `{ specimens_groups(order_by: ${order}) { by { kind } aggregate { count } } }`,
    );
    expect(flat(specimens_groups)).toEqual(
      await oracle.rows(`select kind, count(*) from specimens group by kind order by ${sql}`),
    );
  });

  it("order by a path that is selected", async ({ port, oracle }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups(order_by: [{ by: { shelf: { keeper: { name: desc_nulls_last } } } }]) {
        by { shelf { keeper { name } room } } aggregate { count }
      }
    }`);
    expect(flat(specimens_groups)).toEqual(
      await oracle.rows(`select k.name, ${shelfPart("shelf_room")}, count(*) ${joined} group by all
        order by 1 desc nulls last, 2 asc nulls last`),
    );
  });

  it.for([
    ["{}", "true"],
    ["{ count: { _gt: 2 } }", "count(*) > 2"],
    ["{ count: { _in: [1, 3] } }", "count(*) in (1, 3)"],
    ["{ _not: { count: { _gt: 2 } } }", "count(*) <= 2"],
    ["{ _or: [] }", "false"],
    ["{ _and: [] }", "true"],
    [
      "{ _or: [{ count: { _eq: 1 } }, { avg: { small: { _lt: 3.5 } } }] }",
      "count(*) = 1 or avg(small) < 3.5",
    ],
    ["{ _not: { avg: { small: { _lt: 3.5 } } } }", "not (avg(small) < 3.5)"],
    ["{ max: { small: { _is_null: true } } }", "max(small) is null"],
    ["{ max: { small: { _is_null: false, _lte: 4 } } }", "max(small) <= 4"],
    ['{ sum: { big: { _gt: "9007199254740993" } } }', "sum(big) > 9007199254740993"],
    ['{ sum: { price: { _in: ["14.5", "0"] } } }', "sum(price) in (14.5, 0)"],
    ['{ min: { title: { _like: "a%" } } }', `min("the title") like 'a%'`],
    ['{ max: { day: { _gte: "2005-01-01" } } }', "max(day) >= date '2005-01-01'"],
    ["{ sum: { small: { _gt: 5 } }, count: { _lt: 8 } }", "sum(small) > 5 and count(*) < 8"],
    ["{ sum: {} }", "true"],
  ])("having %s", async ([having, sql], { port, oracle }) => {
    const { specimens_groups } = await port.ask(
      `{ specimens_groups(having: ${having}) { by { kind } aggregate { count } } }`,
    );
    expect(flat(specimens_groups)).toEqual(
      await oracle.rows(
        `select kind, count(*) from specimens group by kind having ${sql} order by kind asc nulls last`,
      ),
    );
  });

  it("filter rows before and groups after", async ({ port, oracle }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups(where: { shelf: { keeper: { name: { _eq: "Ann" } } } }, having: { count: { _gt: 1 } }) {
        by { kind } aggregate { count }
      }
    }`);
    expect(flat(specimens_groups)).toEqual(
      await oracle.rows(`select kind, count(*) ${joined} where k.name = 'Ann' group by kind
        having count(*) > 1 order by kind`),
    );
  });

  it("page", async ({ port, oracle }) => {
    const all = await oracle.rows(
      "select kind, count(*) from specimens group by 1 order by kind asc nulls last",
    );
    for (const [limit, offset] of [
      [2, 0],
      [2, 2],
      [0, 0],
      [10, 5],
      [10, 6],
    ] as const) {
      const { specimens_groups } = await port.ask(
        `{ specimens_groups(limit: ${limit}, offset: ${offset}) { by { kind } aggregate { count } } }`,
      );
      expect(flat(specimens_groups)).toEqual(all.slice(offset, offset + limit));
    }
  });

  it("have every aggregate", async ({ port, oracle }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups { by { kind } aggregate {
        count tags: count(column: tag, distinct: true) sum { big price } min { title } max { id } avg { small } stddev_pop { small } } }
    }`);
    const rows = await oracle.rows(`select kind, count(*), count(distinct tag), sum(big)::varchar,
      rtrim(rtrim(sum(price)::varchar, '0'), '.'), min("the title"), max(id), avg(small), stddev_pop(small)
      from specimens group by kind order by kind asc nulls last`);
    const near = (value: unknown) => (value === null ? null : expect.closeTo(value as number, 3));
    expect(
      // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the question selected
      specimens_groups.map(({ by, aggregate: of }: any) => [
        by.kind,
        of.count,
        of.tags,
        of.sum.big,
        of.sum.price,
        of.min.title,
        of.max.id,
        of.avg.small,
        of.stddev_pop.small,
      ]),
    ).toEqual(rows.map((row) => [...row.slice(0, 7), near(row[7]), near(row[8])]));
  });

  it("are made by what aliases, fragments and @include select, and by nothing else", async ({
    port,
    oracle,
  }) => {
    const { g } = await port.ask(
      `query ($yes: Boolean = true) {
        g: specimens_groups {
          __typename
          keys: by { __typename what: kind kind title @skip(if: $yes) day @include(if: false) ...Shelf }
          ... on specimens_group { more: by { f: flag } }
          a: aggregate { n: count }
          b: aggregate { __typename n: count(column: small) }
        }
      }
      fragment Shelf on specimens_by { where: shelf { __typename keeper { who: name } } }`,
    );
    const rows = await oracle.rows(`select kind, k.name, flag, count(*), count(small) ${joined} group by all
      order by kind asc nulls last, k.name asc nulls last, flag asc nulls last`);
    expect(g).toEqual(
      rows.map(([kind, who, f, n, small]) => ({
        __typename: "specimens_group",
        keys: {
          __typename: "specimens_by",
          what: kind,
          kind,
          where: { __typename: "shelves_by", keeper: { who } },
        },
        more: { f },
        a: { n },
        b: { __typename: "specimens_aggregate_fields", n: small },
      })),
    );
  });

  it("answer the __typename of a reference that no key is selected of", async ({ port }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups(limit: 1) { by { kind shelf { __typename keeper { __typename } } maker { __typename } } }
    }`);
    expect(specimens_groups).toEqual([
      {
        by: {
          kind: "",
          shelf: { __typename: "shelves_by", keeper: { __typename: "keepers_by" } },
          maker: { __typename: "specimens_maker_by" },
        },
      },
    ]);
  });

  it("of nothing are none", async ({ port }) => {
    const query = "{ specimens_groups(where: { _or: [] }) { by { kind } aggregate { count } } }";
    expect((await port.ask(query)).specimens_groups).toEqual([]);
  });

  it("have no key of the type ID", async ({ port }) => {
    const { __schema } = await port.ask(
      "{ __schema { types { name fields { name type { name ofType { name } } } } } }",
    );
    type Type = {
      name: string;
      fields: { type: { name: string; ofType: { name: string } | null } }[] | null;
    };
    const keyTypes = __schema.types.filter(({ name, fields }: Type) => fields && /_by$/.test(name));
    expect(keyTypes.map(({ name }: Type) => name).sort()).toEqual([
      "keepers_by",
      "shelves_by",
      "specimens_by",
      "specimens_kindOf_by",
      "specimens_maker_by",
    ]);
    for (const { fields } of keyTypes)
      for (const { type } of fields) expect(type.ofType?.name ?? type.name).not.toBe("ID");
  });
});
