// To-many fields: each parent has a list of its own, with its own order, limit and offset.
import { describe, expect } from "vitest";
import { ids, it } from "./support/museum-test.ts";

type Parent = { readonly id: number; readonly children: readonly { readonly id: number }[] };

const pages: readonly (readonly [args: string, sql: string])[] = [
  ["", "true"],
  ["(limit: 1)", "rank <= 1"],
  ["(limit: 2, offset: 1)", "rank > 1 and rank <= 3"],
  ["(offset: 1)", "rank > 1"],
  ["(limit: 0)", "false"],
  ["(limit: 2147483647, offset: 2147483647)", "false"],
];
const orders: readonly (readonly [order: string, sql: string])[] = [
  ["", "c.id"],
  ["order_by: { small: desc }", "c.small desc nulls first, c.id"],
  [
    "order_by: [{ shelf: { label: asc } }, { id: desc }]",
    `(select "the ""label""" from shelves h where (h.room, h.no) = (c.shelf_room, c.shelf_no)) asc nulls last, c.id desc`,
  ],
  [
    "order_by: { children_aggregate: { count: desc } }",
    "(select count(*) from specimens g where g.parent = c.id) desc, c.id",
  ],
];
const lists = orders.flatMap(([order, orderSql]) =>
  pages.map(([page, pageSql]) => {
    const args = [order, page.slice(1, -1)].filter((part) => part !== "").join(", ");
    return [args === "" ? "" : `(${args})`, orderSql, pageSql] as const;
  }),
);

describe("a to-many", () => {
  it.for(lists)("children%s is each parent's own", async ([args, orderSql, pageSql], { port, oracle }) => {
    const { specimens } = await port.ask(`{ specimens { id children${args} { id } } }`);
    const rows = await oracle.rows(`select parent, id from
      (select c.parent, c.id, row_number() over (partition by c.parent order by ${orderSql}) as rank
        from specimens c where c.parent in (select id from specimens)) where ${pageSql} order by parent, rank`);
    expect(specimens.flatMap(({ id, children }: Parent) => children.map((child) => [id, child.id]))).toEqual(
      rows,
    );
    expect(specimens).toHaveLength(16);
  });

  it("filters each parent's rows", async ({ port, oracle }) => {
    const { shelves } = await port.ask(
      '{ shelves { specimens(where: { maker: { country: { _eq: "FR" } } }, order_by: { id: desc }) { id } } }',
    );
    expect(shelves.map(({ specimens }: { specimens: { id: number }[] }) => ids(specimens).join())).toEqual(
      await oracle.column(`select coalesce(string_agg(s.id::varchar, ',' order by s.id desc), '') from shelves h
        left join specimens s on (s.shelf_room, s.shelf_no) = (h.room, h.no) and s.maker_country = 'FR'
        group by h.room, h.no order by h.room, h.no`),
    );
  });

  it("nests, goes back to-one, and is there twice under two aliases", async ({ port }) => {
    const { keepers } = await port.ask(`{
      keepers(where: { id: { _eq: "k2" } }) {
        first: shelves { room specimens(limit: 1) { id children { id parent { id shelf { keeper { id name } } } } } }
        none: shelves(limit: 0) { room }
      }
    }`);
    expect(keepers).toEqual([
      {
        first: [
          { room: "A", specimens: [{ id: 3, children: expect.arrayContaining([child(7), child(8)]) }] },
        ],
        none: [],
      },
    ]);
  });

  it("of a neighbour is found by its key", async ({ port, oracle }) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Kind {
      code examples(order_by: { title: asc }, limit: 3) { id title kindOf { code } } } } }`;
    const kinds = ["wing", "stone", "", "nothing"];
    const { _entities } = await port.ask(query, { r: kinds.map((code) => ({ __typename: "Kind", code })) });
    for (const [i, code] of kinds.entries()) {
      const expected = await oracle.column(
        `select id from specimens where kind = '${code}' order by "the title" asc nulls last, id limit 3`,
      );
      expect(_entities[i].code).toBe(code);
      expect(ids(_entities[i].examples)).toEqual(expected);
    }
  });
});

function child(id: number) {
  return { id, parent: { id: 3, shelf: { keeper: { id: "k2", name: "Bob" } } } };
}
