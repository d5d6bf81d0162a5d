// `_aggregate` at the root and under a parent: all functions, of some rows, of none, and the rows themselves.
import { describe, expect, test } from "vitest";
import type { AskedPort } from "./support/asking.ts";
import { museumTables } from "./support/museum.ts";
import { museumPort } from "./support/museum-port.ts";
import { ids, it } from "./support/museum-test.ts";

const close = (value: unknown) => expect.closeTo(Number(value), 9);

describe("an aggregate", () => {
  it("has the mean of Floats whose squares are out of range", async ({ port, oracle }) => {
    const { specimens_aggregate: answered } = await port.ask(
      "{ specimens_aggregate { aggregate { avg { ratio } } } }",
    );
    const [row] = await oracle.rows("select avg(ratio) from specimens");
    expect(Math.abs(answered.aggregate.avg.ratio / Number(row?.[0]) - 1)).toBeLessThan(1e-9);
  });

  it("of every function equals SQL", async ({ port, oracle }) => {
    // The rows whose ratio is huge or tiny are left out: a variance of theirs is out of range.
    const { specimens_aggregate: answered } = await port.ask(`{
      specimens_aggregate(where: { id: { _nin: [6, 7] } }) {
        aggregate {
          count present: count(column: small) kinds: count(column: kind, distinct: true)
          parents: count(column: parent_id, distinct: true) makers: count(column: maker_serial)
          sum { small big price ratio }
          min { small big price title tag day moment clock kind }
          max { small big price title tag day moment clock kind }
          avg { small big price ratio } var_pop { small price ratio } stddev_pop { small price ratio }
        }
      }
    }`);
    const from = `from (select *, "the title" as title from specimens where id not in (6, 7))`;
    const [counts] = await oracle.rows(
      `select count(*), count(small), count(distinct kind), count(distinct parent), count(maker_serial) ${from}`,
    );
    const { count, present, kinds, parents, makers } = answered.aggregate;
    expect([count, present, kinds, parents, makers]).toEqual(counts);

    const [sums] = await oracle.rows(
      `select sum(small)::varchar, sum(big)::varchar, trim(sum(price)::varchar, '0'), sum(ratio) ${from}`,
    );
    const { small, big, price, ratio } = answered.aggregate.sum;
    expect([small, big, price]).toEqual(sums?.slice(0, 3));
    expect(ratio).toEqual(close(sums?.[3]));

    for (const name of ["avg", "var_pop", "stddev_pop"]) {
      const columns = Object.keys(answered.aggregate[name]);
      const [row] = await oracle.rows(`select ${columns.map((column) => `${name}(${column})`)} ${from}`);
      columns.forEach((column, i) => {
        const value = Number(row?.[i]);
        expect(Math.abs(answered.aggregate[name][column] / value - 1)).toBeLessThan(1e-9);
      });
    }
    for (const name of ["min", "max"]) {
      const [row] = await oracle.rows(
        `select ${name}(small), ${name}(big)::varchar, ${name}(price)::varchar, ${name}(title), ${name}(tag), ${name}(kind) ${from}`,
      );
      const { small, big, price, title, tag, kind } = answered.aggregate[name];
      expect([small, big, title, tag, kind]).toEqual([row?.[0], row?.[1], row?.[3], row?.[4], row?.[5]]);
      expect(Number(price)).toBe(Number(row?.[2]));
    }
    const { day, moment, clock } = answered.aggregate.min;
    expect([day, moment, clock]).toEqual(["0001-01-01", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00"]);
    expect(answered.aggregate.max).toMatchObject({
      title: "😀",
      day: "9999-12-31",
      moment: "2300-06-01T00:00:00.000016Z",
      clock: "9999-12-31T23:59:59.999999",
    });
  });

  it("sums beyond 64 bits exactly", async ({ port }) => {
    const { specimens_aggregate } = await port.ask(`{
      specimens_aggregate(where: { big: { _gt: "1000" } }) { aggregate { sum { big } } }
    }`);
    expect(specimens_aggregate.aggregate.sum.big).toBe("9241386435364257792");
  });

  it("of nothing is null, and its count zero", async ({ port }) => {
    const { specimens_aggregate } = await port.ask(`{
      specimens_aggregate(where: { _or: [] }) {
        aggregate { count distinct: count(column: kind, distinct: true)
          sum { small big price ratio } avg { small } min { title } max { day } var_pop { big } stddev_pop { price } }
        nodes { id }
      }
    }`);
    expect(specimens_aggregate).toEqual({
      aggregate: {
        count: 0,
        distinct: 0,
        sum: { small: null, big: null, price: null, ratio: null },
        avg: { small: null },
        min: { title: null },
        max: { day: null },
        var_pop: { big: null },
        stddev_pop: { price: null },
      },
      nodes: [],
    });
  });

  it("has the rows in the order of the primary key", async ({ port, oracle }) => {
    const { specimens_aggregate } = await port.ask(
      '{ specimens_aggregate(where: { kind: { _eq: "wing" } }) { nodes { id shelf { label } } } }',
    );
    expect(ids(specimens_aggregate.nodes)).toEqual(
      await oracle.column("select id from specimens where kind = 'wing' order by id"),
    );
    expect(specimens_aggregate.nodes[0].shelf).toEqual({ label: "birds" });
  });

  it("takes aliases, fragments and @include, and answers __typename", async ({ port }) => {
    const answered = await port.ask(
      `query ($no: Boolean!) {
        a: specimens_aggregate(where: { id: { _lte: 3 } }) {
          __typename
          one: aggregate { __typename rows: count ...Sums min @include(if: $no) { small } }
          two: aggregate { max { __typename top: small } }
        }
      }
      fragment Sums on specimens_aggregate_fields { sum { small big @skip(if: true) } }`,
      { no: false },
    );
    expect(answered.a).toEqual({
      __typename: "specimens_aggregate",
      one: { __typename: "specimens_aggregate_fields", rows: 3, sum: { small: "3" } },
      two: { max: { __typename: "specimens_max_fields", top: 5 } },
    });
  });

  it("of another type of key counts it", async ({ port, oracle }) => {
    const { shelves_aggregate } = await port.ask(
      "{ shelves_aggregate { aggregate { count a: count(column: keeper_id, distinct: true) b: count(column: number) } } }",
    );
    const [row] = await oracle.rows("select count(*), count(distinct keeper), count(no) from shelves");
    expect(Object.values(shelves_aggregate.aggregate)).toEqual(row);
  });
});

describe("an aggregate under a parent", () => {
  it("is there for parents without rows as well", async ({ port, oracle }) => {
    const { specimens } = await port.ask(`{
      specimens { id children_aggregate(where: { small: { _neq: 0 } }) { aggregate {
        count labelled: count(column: title) tags: count(column: flag, distinct: true) sum { small } max { title } } } }
    }`);
    const rows = await oracle.rows(`select p.id, count(c.id), count(c."the title"), count(distinct c.flag),
      sum(c.small)::varchar, max(c."the title")
      from specimens p left join specimens c on c.parent = p.id and c.small <> 0 group by p.id order by p.id`);
    expect(
      specimens.map(({ id, children_aggregate: { aggregate } }: Parent) => [
        id,
        aggregate.count,
        aggregate.labelled,
        aggregate.tags,
        aggregate.sum.small,
        aggregate.max.title,
      ]),
    ).toEqual(rows);
    expect(rows.filter(([, count]) => count === 0).length).toBeGreaterThan(5);
  });

  it("finds the rows of composite keys and of keys beyond 2^53", async ({ port, oracle }) => {
    const { shelves } = await port.ask(
      "{ shelves { specimens_aggregate { aggregate { count } nodes { id } } } }",
    );
    const rows =
      await oracle.rows(`select count(s.id), coalesce(list(s.id order by s.id) filter (s.id is not null), [])
      from shelves h left join specimens s on (s.shelf_room, s.shelf_no) = (h.room, h.no)
      group by h.room, h.no order by h.room, h.no`);
    expect(
      shelves.map(({ specimens_aggregate: { aggregate, nodes } }: { specimens_aggregate: Nodes }) => [
        aggregate.count,
        ids(nodes),
      ]),
    ).toEqual(rows.map(([count, list]) => [count, (list as { items: number[] }).items ?? list]));
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Maker {
      works_aggregate { aggregate { count } nodes { id } } } } }`;
    const maker = { __typename: "Maker", country: "DE", serial: "9007199254740993" };
    const near = { ...maker, serial: "9007199254740992" };
    expect((await port.ask(query, { r: [near, maker] }))._entities).toEqual([
      { works_aggregate: { aggregate: { count: 0 }, nodes: [] } },
      { works_aggregate: { aggregate: { count: 1 }, nodes: [{ id: 4 }] } },
    ]);
  });
});

type Nodes = {
  readonly aggregate: { readonly count: number };
  readonly nodes: readonly { readonly id: number }[];
};
type Parent = {
  readonly id: number;
  readonly children_aggregate: {
    readonly aggregate: {
      readonly count: number;
      readonly labelled: number;
      readonly tags: number;
      readonly sum: { readonly small: string | null };
      readonly max: { readonly title: string | null };
    };
  };
};

/** Whole numbers and prices (in ten thousandths) that are far from zero and close to each other, or as far apart as can be. */
const numbers = {
  close: {
    small: [2147483646n, 2147483647n, 2147483647n],
    big: [2n ** 53n, 2n ** 53n + 1n, 2n ** 53n + 1n],
    price: [999999999999999998n, 999999999999999999n, 999999999999999999n],
  },
  apart: {
    small: [-2147483648n, 2147483647n, 0n],
    big: [-(2n ** 63n), 2n ** 63n - 1n, 5n],
    price: [-999999999999999999n, 999999999999999999n, 1n],
  },
  carried: { small: [-1n, 0n, 1n], big: [2n ** 32n - 1n, 2n ** 32n, 2n ** 32n], price: [-1n, 0n, 1n] },
  below: {
    small: [-2147483648n, -2147483647n, -2147483648n],
    big: [-(2n ** 62n), -(2n ** 62n) - 3n, -(2n ** 62n) + 1n],
    price: [2n ** 32n * 10n ** 4n - 1n, 2n ** 32n * 10n ** 4n, 2n ** 32n * 10n ** 4n],
  },
} as const;
const kinds = Object.keys(numbers) as readonly (keyof typeof numbers)[];
type Numeric = keyof (typeof numbers)["close"];

/** Exact until the last division. */
function variance(values: readonly bigint[], unit: number): number {
  const count = BigInt(values.length);
  const sum = values.reduce((all, value) => all + value, 0n);
  const squares = values.reduce((all, value) => all + value * value, 0n);
  return Number(count * squares - sum * sum) / values.length ** 2 / unit ** 2;
}

const farFromZero = test.extend<{ port: AskedPort }>({
  port: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      const rows = kinds.flatMap((kind, k) =>
        numbers[kind].small.map((small, i) => {
          const { big, price } = numbers[kind];
          const money = String(price[i]).replace(/\d+/, (digits) =>
            digits.padStart(5, "0").replace(/\d{4}$/, ".$&"),
          );
          return `(${k * 3 + i + 1}, '${small}', '${big[i]}', '${money}', ${k * 3 + 1}, '${kind}')`;
        }),
      );
      const inserted = `insert into specimens (id, small, big, price, parent, kind) values ${rows}`;
      await using port = await museumPort({ tables: [...museumTables.slice(0, 5), inserted] });
      await use(port);
    },
    { scope: "file" },
  ],
});

describe("a variance of whole numbers and decimals", () => {
  const selected = "aggregate { var_pop { small big price } stddev_pop { small big price } }";
  const check = (aggregate: Aggregated, values: Readonly<Record<Numeric, readonly bigint[]>>) => {
    for (const column of ["small", "big", "price"] as const) {
      const unit = column === "price" ? 10_000 : 1;
      const expected = variance(values[column], unit);
      const { var_pop, stddev_pop } = aggregate;
      expect(Math.abs(var_pop[column] / expected - 1)).toBeLessThan(1e-14);
      expect(Math.abs(stddev_pop[column] / Math.sqrt(expected) - 1)).toBeLessThan(1e-14);
    }
  };
  type Aggregated = Readonly<Record<"var_pop" | "stddev_pop", Readonly<Record<Numeric, number>>>>;

  farFromZero.for(kinds)("is exact far from zero and over the whole range: %s", async (kind, { port }) => {
    const { specimens_aggregate } = await port.ask(
      `{ specimens_aggregate(where: { kind: { _eq: "${kind}" } }) { ${selected} } }`,
    );
    check(specimens_aggregate.aggregate, numbers[kind]);
  });

  farFromZero("is exact in each group, and in all together", async ({ port }) => {
    const { specimens_groups, specimens_aggregate } = await port.ask(
      `{ specimens_groups { by { kind } ${selected} } specimens_aggregate { ${selected} } }`,
    );
    expect(specimens_groups).toHaveLength(4);
    for (const { by, aggregate } of specimens_groups)
      check(aggregate, numbers[by.kind as (typeof kinds)[number]]);
    const all = (column: Numeric) => kinds.flatMap((kind) => numbers[kind][column]);
    check(specimens_aggregate.aggregate, { small: all("small"), big: all("big"), price: all("price") });
  });

  farFromZero("is exact under each parent, and where it is compared and sorted by", async ({ port }) => {
    const { specimens } = await port.ask(
      `{ specimens(where: { children: {} }, order_by: { children_aggregate: { var_pop: { big: asc } } }) {
        kind children_aggregate { ${selected} } } }`,
    );
    expect(specimens.map(({ kind }: { kind: string }) => kind)).toEqual([
      "close",
      "carried",
      "below",
      "apart",
    ]);
    for (const { kind, children_aggregate } of specimens)
      check(children_aggregate.aggregate, numbers[kind as (typeof kinds)[number]]);
    const having = "{ var_pop: { big: { _lt: 0.3, _gt: 0.2 } }, stddev_pop: { price: { _lt: 1, _gt: 0 } } }";
    const { specimens_groups } = await port.ask(`{ specimens_groups(having: ${having}) { by { kind } } }`);
    expect(specimens_groups.map(({ by }: { by: { kind: string } }) => by.kind)).toEqual(["carried", "close"]);
  });

  farFromZero("is zero of one value and null of none", async ({ port }) => {
    const answered = await port.ask(`{
      one: specimens_aggregate(where: { id: { _eq: 2 } }) { aggregate { var_pop { small big price } } }
      none: specimens_aggregate(where: { id: { _eq: 0 } }) { aggregate { var_pop { small big price } } }
    }`);
    expect(answered.one.aggregate.var_pop).toEqual({ small: 0, big: 0, price: 0 });
    expect(answered.none.aggregate.var_pop).toEqual({ small: null, big: null, price: null });
  });
});
