// Makes random questions for groups: keys, `having`, order and page, each as GraphQL and as SQL side by side.
import fc from "fast-check";
import { makerPart, shelfPart } from "./key-parts.ts";
import { type Both, directionSql } from "./random-where.ts";

/** A key: what is selected under `by`, where it then is, its text as SQL on `specimens s`, and what it sorts by. */
type GroupKey = {
  readonly select: string;
  readonly path: readonly string[];
  readonly sql: string;
  readonly sortSql: string;
};

const zones = ["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"];

const column = (name: string, sql = `s.${name}`): GroupKey => ({
  select: name,
  path: [name],
  sql: `${sql}::varchar`,
  sortSql: sql,
});
const through = (path: readonly string[], sql: string): GroupKey => ({
  select: path.reduceRight((inner, name) => `${name} { ${inner} }`),
  path,
  sql: `${sql}::varchar`,
  sortSql: sql,
});
const bucket = (name: string, unit: string, clock: string): GroupKey => {
  const sql = unit === "hour" ? hour(clock) : `strftime(${firstDay[unit]?.(clock)}, '%Y-%m-%d')`;
  return { select: `${name}_${unit}`, path: [`${name}_${unit}`], sql, sortSql: sql };
};
/** Of points in time: two hours are two groups where a clock that was set back shows them alike. */
const pointHour = (zone: string): GroupKey => {
  const clock = `timezone('${zone}', s.moment)`;
  const start = `s.moment - (${clock} - date_trunc('hour', ${clock}))`;
  const sql = `strftime(timezone('UTC', ${start}), '%Y-%m-%dT%H:%M:%SZ')`;
  return { select: "moment_hour", path: ["moment_hour"], sql, sortSql: sql };
};
const hour = (clock: string) => `strftime(${clock}, '%Y-%m-%dT%H:00:00')`;
const firstDay: Readonly<Record<string, (clock: string) => string>> = {
  year: (clock) => `make_date(year(${clock}), 1, 1)`,
  quarter: (clock) => `make_date(year(${clock}), quarter(${clock}) * 3 - 2, 1)`,
  month: (clock) => `make_date(year(${clock}), month(${clock}), 1)`,
  week: (clock) => `${clock}::date - (isodow(${clock}) - 1)::integer`,
  day: (clock) => `${clock}::date`,
};

const shelf = "from shelves h where h.room = s.shelf_room and h.no = s.shelf_no";
const keys = (zone: string): readonly GroupKey[] => [
  column("kind"),
  column("small"),
  column("big"),
  column("flag"),
  column("tag"),
  column("title", `s."the title"`),
  through(["kindOf", "code"], "s.kind"),
  through(["maker", "country"], makerPart("maker_country")),
  through(["maker", "serial"], makerPart("maker_serial")),
  through(["shelf", "room"], shelfPart("shelf_room")),
  through(["shelf", "label"], `(select h."the ""label""" ${shelf})`),
  through(
    ["shelf", "keeper", "name"],
    `(select k.name from keepers k where k.id = (select h.keeper ${shelf}))`,
  ),
  through(["parent", "title"], `(select p."the title" from specimens p where p.id = s.parent)`),
  ...["year", "quarter", "month", "week", "day"].flatMap((unit) => [
    bucket("day", unit, "s.day"),
    bucket("clock", unit, "s.clock"),
    bucket("moment", unit, `timezone('${zone}', s.moment)`),
  ]),
  bucket("clock", "hour", "s.clock"),
  pointHour(zone),
];

/** Aggregates by their place in `having` and `order_by`, and values near theirs. */
const aggregates: readonly (readonly [
  path: readonly string[],
  sql: string,
  values: readonly [unknown, string][],
])[] = [
  [
    ["count"],
    "count(*)",
    [
      [1, "1"],
      [2, "2"],
      [5, "5"],
    ],
  ],
  [
    ["sum", "small"],
    "sum(s.small)",
    [
      ["5", "5"],
      ["0", "0"],
      ["4294967294", "4294967294"],
    ],
  ],
  [
    ["sum", "big"],
    "sum(s.big)",
    [
      ["9007199254740993", "9007199254740993"],
      ["-9223372036854775808", "-9223372036854775808"],
    ],
  ],
  [
    ["sum", "price"],
    "sum(s.price)",
    [
      ["12.5", "12.5"],
      ["0.00001", "0.00001"],
      ["4", "4"],
    ],
  ],
  [
    ["avg", "small"],
    "avg(s.small)",
    [
      [2.5, "2.5::double"],
      [0, "0::double"],
    ],
  ],
  [
    ["min", "title"],
    `min(s."the title")`,
    [
      ["a", "'a'"],
      ["～", "'～'"],
    ],
  ],
  [
    ["max", "title"],
    `max(s."the title")`,
    [
      ["😀", "'😀'"],
      ["Z", "'Z'"],
    ],
  ],
  [["min", "day"], "min(s.day)", [["2001-01-01", "date '2001-01-01'"]]],
  [["max", "moment"], "max(s.moment)", [["2001-10-28T05:30:00Z", "timestamptz '2001-10-28 05:30:00+00'"]]],
  [
    ["max", "ratio"],
    "max(s.ratio)",
    [
      [0.3, "0.3::double"],
      [1e300, "1e300::double"],
    ],
  ],
];
const comparisons = { _eq: "=", _neq: "<>", _gt: ">", _gte: ">=", _lt: "<", _lte: "<=" };

const nested = (path: readonly string[], inner: unknown): object =>
  path.reduceRight<unknown>((value, name) => ({ [name]: value }), inner) as object;

const test: fc.Arbitrary<Both> = fc.constantFrom(...aggregates).chain(([path, sql, values]) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...Object.entries(comparisons)), fc.constantFrom(...values))
      .map(([[name, sign], [value, literal]]) => ({
        input: nested(path, { [name]: value }),
        sql: `(${sql} ${sign} ${literal})`,
      })),
    fc.constantFrom("_in", "_nin").map((name) => ({
      input: nested(path, { [name]: values.map(([value]) => value) }),
      sql: `(${sql} ${name === "_in" ? "in" : "not in"} (${values.map(([, literal]) => literal)}))`,
    })),
    fc.boolean().map((is) => ({
      input: nested(path, { _is_null: is }),
      sql: `(${sql} is ${is ? "" : "not "}null)`,
    })),
  ),
);
const having: fc.Arbitrary<Both> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ input: {}, sql: "true" }) },
  test,
  test.map(({ input, sql }) => ({ input: { _not: input }, sql: `(not ${sql})` })),
  fc
    .tuple(test, test)
    .map(([a, b]) => ({ input: { _or: [a.input, b.input] }, sql: `(${a.sql} or ${b.sql})` })),
  fc
    .tuple(test, test)
    .map(([a, b]) => ({ input: { _and: [a.input, b.input] }, sql: `(${a.sql} and ${b.sql})` })),
);

export type Groups = {
  readonly keys: readonly GroupKey[];
  readonly timeZone: string;
  readonly having: Both;
  readonly order: readonly Both[];
};

const directions = fc.constantFrom(...Object.entries(directionSql));

export const groups: fc.Arbitrary<Groups> = fc.constantFrom(...zones).chain((timeZone) =>
  fc
    .uniqueArray(fc.constantFrom(...keys(timeZone)), {
      minLength: 1,
      maxLength: 3,
      selector: ({ select }) => select.split(" ")[0], // one selection of each reference: their fields would be merged
    })
    .chain((chosen) => {
      const byKey = fc
        .tuple(fc.constantFrom(...chosen), directions)
        .map(([{ path, sortSql }, [way, sql]]) => ({
          input: { by: nested(path, way) },
          sql: `${sortSql} ${sql}`,
        }));
      const byAggregate = fc
        .tuple(fc.constantFrom(...aggregates), directions)
        .map(([[path, aggregate], [way, sql]]) => ({
          input: { aggregate: nested(path, way) },
          sql: `${aggregate} ${sql}`,
        }));
      return fc.record({
        keys: fc.constant(chosen),
        timeZone: fc.constant(timeZone),
        having,
        order: fc.array(fc.oneof(byKey, byAggregate), { maxLength: 2 }),
      });
    }),
);
