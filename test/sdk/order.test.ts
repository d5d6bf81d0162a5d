// `order_by`, `limit` and `offset`: all directions, paths, aggregates, and the primary key as the last tie-break.
import { describe, expect } from "vitest";
import { makerPart, shelfPart } from "./support/key-parts.ts";
import { ids, it } from "./support/museum-test.ts";

const directions = {
  asc: "asc nulls last",
  desc: "desc nulls first",
  asc_nulls_first: "asc nulls first",
  asc_nulls_last: "asc nulls last",
  desc_nulls_first: "desc nulls first",
  desc_nulls_last: "desc nulls last",
};
const sortable = {
  small: "small",
  big: "big",
  ratio: "ratio",
  price: "price",
  title: '"the title"',
  flag: "flag",
  tag: "tag",
  day: "day",
  moment: "moment",
  clock: "clock",
  kind: "kind",
};
const terms = Object.entries(sortable).flatMap(([field, column]) =>
  Object.entries(directions).map(([word, sql]) => [`{ ${field}: ${word} }`, `${column} ${sql}`] as const),
);

const label = `(select "the ""label""" from shelves h where (h.room, h.no) = (s.shelf_room, s.shelf_no))`;
const keeper = `(select k.name from shelves h join keepers k on k.id = h.keeper where (h.room, h.no) = (s.shelf_room, s.shelf_no))`;
const ofChildren = (aggregate: string) => `(select ${aggregate} from specimens c where c.parent = s.id)`;
const paths: readonly (readonly [order: string, sql: string])[] = [
  ["{ id: desc }", "id desc"],
  ["[{ kind: desc_nulls_last }, { small: asc }]", "kind desc nulls last, small asc nulls last"],
  ["[{ flag: asc }, { kind: asc }, { id: desc }]", "flag asc nulls last, kind asc nulls last, id desc"],
  ["{ shelf: { label: asc } }", `${label} asc nulls last`],
  ["{ shelf: { label: desc } }", `${label} desc nulls first`],
  ["{ shelf: { room: desc } }", `${shelfPart("shelf_room")} desc nulls first`],
  ["{ shelf: { keeper: { name: asc_nulls_first } } }", `${keeper} asc nulls first`],
  [
    "{ parent: { title: desc_nulls_last } }",
    `(select p."the title" from specimens p where p.id = s.parent) desc nulls last`,
  ],
  [
    "[{ maker: { country: asc } }, { maker: { serial: desc } }]",
    `${makerPart("maker_country")} asc nulls last, ${makerPart("maker_serial")} desc nulls first`,
  ],
  ["{ kindOf: { code: desc } }", "kind desc nulls first"],
  ["{ children_aggregate: { count: desc } }", `${ofChildren("count(*)")} desc`],
  ["{ children_aggregate: { sum: { small: asc } } }", `${ofChildren("sum(c.small)")} asc nulls last`],
  [
    "{ children_aggregate: { max: { title: desc } } }",
    `${ofChildren('max(c."the title")')} desc nulls first`,
  ],
  [
    "{ children_aggregate: { avg: { ratio: asc_nulls_first } } }",
    `${ofChildren("avg(c.ratio)")} asc nulls first`,
  ],
  [
    "{ shelf: { specimens_aggregate: { count: desc_nulls_last } } }",
    `(select (select count(*) from specimens x where (x.shelf_room, x.shelf_no) = (h.room, h.no)) from shelves h
      where (h.room, h.no) = (s.shelf_room, s.shelf_no)) desc nulls last`,
  ],
];

describe("order_by", () => {
  it.for([...terms, ...paths])("%s", async ([order, sql], { port, oracle }) => {
    const { specimens } = await port.ask(`{ specimens(order_by: ${order}) { id } }`);
    expect(ids(specimens)).toEqual(await oracle.column(`select id from specimens s order by ${sql}, id`));
  });

  it("puts a code point beyond the basic plane after all within it", async ({ port }) => {
    const { specimens } = await port.ask(
      '{ specimens(where: { title: { _in: ["😀", "～", "Ä", "Ärger"] } }, order_by: { title: asc }) { title } }',
    );
    expect(specimens).toEqual([{ title: "Ärger" }, { title: "～" }, { title: "😀" }]);
  });

  it.for([["null"], ["[]"]])("is the primary key where it is %s", async ([order], { port }) => {
    const { shelves } = await port.ask(`{ shelves(order_by: ${order}) { room number } }`);
    expect(shelves.map((row: { room: string; number: number }) => `${row.room}${row.number}`)).toEqual([
      "A1",
      "A2",
      "B1",
      "B2",
      "C1",
      "é1",
    ]);
  });

  it("ends with all parts of a composite primary key", async ({ port }) => {
    const { shelves } = await port.ask("{ shelves(order_by: { label: desc_nulls_last }) { room number } }");
    expect(shelves.map((row: { room: string; number: number }) => `${row.room}${row.number}`)).toEqual([
      "A1",
      "A2",
      "C1",
      "B2",
      "é1",
      "B1",
    ]);
  });
});

describe("pages", () => {
  it("of every size, laid end to end, are the list", async ({ port, oracle }) => {
    const all = await oracle.column("select id from specimens order by kind asc nulls last, id");
    for (const size of [1, 3, 5, 16, 17]) {
      const paged: unknown[] = [];
      for (let offset = 0; offset < all.length; offset += size) {
        const page = `order_by: { kind: asc }, limit: ${size}, offset: ${offset}`;
        paged.push(...ids((await port.ask(`{ specimens(${page}) { id } }`)).specimens));
      }
      expect(paged).toEqual(all);
    }
  });

  it.for([
    ["limit: 0", 0],
    ["limit: 2147483647, offset: 0", 16],
    ["limit: null, offset: null", 16],
    ["offset: 15", 1],
    ["offset: 16", 0],
    ["limit: 2147483647, offset: 2147483647", 0],
  ] as const)("%s gives %i rows", async ([page, rows], { port }) => {
    expect((await port.ask(`{ specimens(${page}) { id } }`)).specimens).toHaveLength(rows);
  });
});
