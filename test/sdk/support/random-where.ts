// Makes random questions on the museum: a `where`, an order and a page, each as GraphQL input and as SQL side by side.
import fc from "fast-check";
import { makerPart } from "./key-parts.ts";

/** A question in both languages. `sql` stands on the alias it was made for. */
export type Both = { readonly input: object; readonly sql: string };

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** A column of a table: its field, its SQL, and values near those that are stored. */
type Field = {
  readonly field: string;
  readonly sql: string;
  readonly values: readonly (string | number | boolean)[];
  readonly literal: (value: never) => string;
  readonly kind: "ordered" | "text" | "boolean";
};

const number = (value: number) => String(value);
const quoted = (type: string) => (value: string) => `${type} ${text(value)}`;
const words = [
  "apple",
  "Apple",
  "a_b",
  "a\\b",
  "～",
  "😀",
  "",
  "Ärger",
  "e😀f",
  "100%",
  'O\'Brien "q"',
  "zz",
];

const specimenFields: readonly Field[] = [
  { field: "id", sql: "id", values: [1, 2, 3, 7, 8, 15, 99], literal: number, kind: "ordered" },
  { field: "small", sql: "small", values: [-7, 0, 2, 4, 5, 2147483647], literal: number, kind: "ordered" },
  {
    field: "big",
    sql: "big",
    values: ["9007199254740992", "9007199254740993", "-9223372036854775808", "3", "40"],
    literal: quoted("bigint"),
    kind: "ordered",
  },
  {
    field: "ratio",
    sql: "ratio",
    values: [0.1, 0.25, 0.3, -1.5, 1e300],
    literal: (v: number) => `${v}::double`,
    kind: "ordered",
  },
  {
    field: "price",
    sql: "price",
    values: ["4", "12.5", "12.50005", "-0.0001", "0", "0.1", "99999999999999.9999"],
    literal: (value: string) => `${value}::decimal(24, 5)`,
    kind: "ordered",
  },
  { field: "title", sql: '"the title"', values: words, literal: text, kind: "text" },
  { field: "kind", sql: "kind", values: ["stone", "wing", "Kind", ""], literal: text, kind: "text" },
  { field: "tag", sql: "tag", values: ["1", "01", "x", "X", "é"], literal: text, kind: "text" },
  { field: "flag", sql: "flag", values: [true, false], literal: String, kind: "boolean" },
  {
    field: "day",
    sql: "day",
    values: ["2001-01-01", "2001-04-01", "0001-01-01", "9999-12-31"],
    literal: quoted("date"),
    kind: "ordered",
  },
  {
    field: "moment",
    sql: "moment",
    values: ["2001-04-01T07:00:00Z", "2001-10-28T06:30:00Z", "1970-01-01T00:00:00Z"],
    literal: quoted("timestamptz"),
    kind: "ordered",
  },
  {
    field: "clock",
    sql: "clock",
    values: ["2001-01-31T14:00:00", "2001-02-01T00:00:00.5", "0001-01-01T00:00:00"],
    literal: quoted("timestamp"),
    kind: "ordered",
  },
];
const shelfFields: readonly Field[] = [
  { field: "room", sql: "room", values: ["A", "B", "C", "é"], literal: text, kind: "text" },
  { field: "number", sql: "no", values: [1, 2, 3], literal: number, kind: "ordered" },
  { field: "label", sql: `"the ""label"""`, values: ["birds", "fossils", "m"], literal: text, kind: "text" },
];
const keeperFields: readonly Field[] = [
  { field: "name", sql: "name", values: ["Ann", "Bob", "B"], literal: text, kind: "text" },
];
const makerFields: readonly Field[] = [
  { field: "country", sql: "maker_country", values: ["FR", "DE", "us"], literal: text, kind: "text" },
  {
    field: "serial",
    sql: "maker_serial",
    values: ["1", "5", "9007199254740993"],
    literal: (value: string) => value,
    kind: "ordered",
  },
];

const comparisonSql = { _eq: "=", _neq: "<>", _gt: ">", _gte: ">=", _lt: "<", _lte: "<=" };
const patternSql = { _like: "like", _nlike: "not like", _ilike: "ilike", _nilike: "not ilike" };
const patternsTried = ["%", "a%", "%e", "_", "%\\_%", "%\\\\%", "100\\%", "A%", ""];

function test(alias: string, { field, sql, values, literal, kind }: Field): fc.Arbitrary<Both> {
  const column = `${alias}.${sql}`;
  const written = literal as (value: unknown) => string;
  const value = fc.constantFrom(...values);
  const operators = Object.entries(comparisonSql).filter(
    ([name]) => kind !== "boolean" || name === "_eq" || name === "_neq",
  );
  const compared = fc.tuple(fc.constantFrom(...operators), value).map(([[name, sign], operand]) => ({
    input: { [field]: { [name]: operand } },
    sql: `(${column} ${sign} ${written(operand)})`,
  }));
  const listed = fc
    .tuple(fc.constantFrom("_in", "_nin"), fc.array(value, { maxLength: 4 }))
    .map(([name, list]) => ({
      input: { [field]: { [name]: list } },
      // Nothing is in an empty list, not even a null.
      sql:
        list.length === 0
          ? String(name === "_nin")
          : `(${column} ${name === "_in" ? "in" : "not in"} (${list.map(written)}))`,
    }));
  const nulls = fc.boolean().map((is) => ({
    input: { [field]: { _is_null: is } },
    sql: `(${column} is ${is ? "" : "not "}null)`,
  }));
  const matched = fc
    .tuple(fc.constantFrom(...Object.entries(patternSql)), fc.constantFrom(...patternsTried))
    .map(([[name, words], pattern]) => ({
      input: { [field]: { [name]: pattern } },
      sql: `(${column} ${words} ${text(pattern)} escape '\\')`,
    }));
  return fc.oneof(compared, listed, nulls, ...(kind === "text" ? [matched] : []));
}

/** `_and`, `_or`, `_not` and several entries of one object over leaves. */
function combined(leaf: fc.Arbitrary<Both>, depth: number): fc.Arbitrary<Both> {
  if (depth === 0) return leaf;
  const inner = combined(leaf, depth - 1);
  const list = fc.array(inner, { maxLength: 3 });
  const joined = (parts: readonly Both[], word: string, empty: string) =>
    parts.length === 0 ? empty : `(${parts.map(({ sql }) => sql).join(` ${word} `)})`;
  return fc.oneof(
    leaf,
    list.map((of) => ({ input: { _and: of.map(({ input }) => input) }, sql: joined(of, "and", "true") })),
    list.map((of) => ({ input: { _or: of.map(({ input }) => input) }, sql: joined(of, "or", "false") })),
    inner.map(({ input, sql }) => ({ input: { _not: input }, sql: `(not ${sql})` })),
    fc.tuple(inner, list).map(([one, of]) => ({
      input: { _not: one.input, _or: of.map(({ input }) => input) },
      sql: `((not ${one.sql}) and ${joined(of, "or", "false")})`,
    })),
  );
}

/** EXISTS on another table. */
const related = (name: string, from: string, join: string, where: fc.Arbitrary<Both>) =>
  where.map(({ input, sql }) => ({
    input: { [name]: input },
    sql: `exists (select 1 from ${from} where ${join} and ${sql})`,
  }));

/** The same as `where` (absorption), yet it names a field beyond the key: a dangling reference is then FALSE. */
const beyondKey = (where: fc.Arbitrary<Both>, more: fc.Arbitrary<Both>) =>
  fc.tuple(where, more).map(([some, also]) => ({
    input: { _or: [some.input, { _and: [some.input, also.input] }] },
    sql: some.sql,
  }));

const fieldTest = (alias: string, fields: readonly Field[]) =>
  fc.oneof(...fields.map((field) => test(alias, field)));
const keeper = (shelf: string, alias: string) => {
  const name = fieldTest(alias, keeperFields);
  return related(
    "keeper",
    `keepers ${alias}`,
    `${alias}.id = ${shelf}.keeper`,
    beyondKey(combined(name, 1), name),
  );
};
const shelf = (specimen: string, alias: string) => {
  const leaf = fc.oneof(fieldTest(alias, shelfFields), keeper(alias, `${alias}k`));
  return related(
    "shelf",
    `shelves ${alias}`,
    `${alias}.room = ${specimen}.shelf_room and ${alias}.no = ${specimen}.shelf_no`,
    beyondKey(combined(leaf, 1), test(alias, shelfFields[2] as Field)),
  );
};
const maker = (alias: string) =>
  combined(fieldTest(alias, makerFields), 1).map(({ input, sql }) => ({
    input: { maker: input },
    sql: `(${alias}.maker_country is not null and ${alias}.maker_serial is not null and coalesce(${sql}, false))`,
  }));
const nullReference = (alias: string) =>
  fc
    .tuple(
      fc.constantFrom(
        ["shelf", `(${alias}.shelf_room is null or ${alias}.shelf_no is null)`],
        ["maker", `(${alias}.maker_country is null or ${alias}.maker_serial is null)`],
        ["parent", `(${alias}.parent is null)`],
        ["kindOf", `(${alias}.kind is null)`],
      ),
      fc.boolean(),
    )
    .map(([[name, sql], is]) => ({
      input: { [name as string]: { _is_null: is } },
      sql: is ? `${sql}` : `(not ${sql})`,
    }));

/** A `where` on `specimens` under the alias, through so many relationships to itself. */
export function specimen(alias: string, relationships: number): fc.Arbitrary<Both> {
  const own = fieldTest(alias, specimenFields);
  if (relationships === 0) return combined(own, 1);
  const inner = `${alias}r`;
  const where = specimen(inner, relationships - 1);
  const child = related("children", `specimens ${inner}`, `${inner}.parent = ${alias}.id`, where);
  const parent = related(
    "parent",
    `specimens ${inner}`,
    `${inner}.id = ${alias}.parent`,
    beyondKey(where, test(inner, specimenFields[1] as Field)),
  );
  return combined(
    fc.oneof(
      { weight: 3, arbitrary: own },
      child,
      parent,
      shelf(alias, `${alias}h`),
      maker(alias),
      nullReference(alias),
    ),
    2,
  );
}

export const directionSql = {
  asc: "asc nulls last",
  desc: "desc nulls first",
  asc_nulls_first: "asc nulls first",
  asc_nulls_last: "asc nulls last",
  desc_nulls_first: "desc nulls first",
  desc_nulls_last: "desc nulls last",
};
/** A term of `order_by` on `specimens s`. */
export const ordered = fc
  .tuple(
    fc.constantFrom(
      ...specimenFields.map(({ field, sql }) => [(way: string): object => ({ [field]: way }), sql] as const),
      [
        (way: string) => ({ shelf: { label: way } }),
        `(select h."the ""label""" from shelves h where h.room = s.shelf_room and h.no = s.shelf_no)`,
      ] as const,
      [
        (way: string) => ({ parent: { title: way } }),
        `(select p."the title" from specimens p where p.id = s.parent)`,
      ] as const,
      [(way: string) => ({ maker: { serial: way } }), makerPart("maker_serial")] as const,
      [
        (way: string) => ({ children_aggregate: { count: way } }),
        "(select count(*) from specimens c where c.parent = s.id)",
      ] as const,
      [
        (way: string) => ({ children_aggregate: { max: { title: way } } }),
        `(select max(c."the title") from specimens c where c.parent = s.id)`,
      ] as const,
    ),
    fc.constantFrom(...Object.entries(directionSql)),
  )
  .map(([[input, sql], [way, direction]]) => ({ input: input(way), sql: `${sql} ${direction}` }));
export const page = fc.record({
  limit: fc.option(fc.nat(18), { nil: null }),
  offset: fc.option(fc.nat(18), { nil: null }),
});
