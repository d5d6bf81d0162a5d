// Makes random predicates on the museum's specimens, each as plain data and as SQL side by side.
import fc from "fast-check";
import {
  type Comparison,
  comparisons,
  memberships,
  type Pattern,
  type Predicate,
  patterns,
} from "../../../schema/product/predicate.ts";
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";

export type Both = { readonly predicate: Predicate; readonly sql: string };

type Column = {
  readonly scalar: ScalarName;
  readonly sql: string;
  readonly type: string;
  readonly values: readonly ScalarValue[];
};

const words = [
  "a-b",
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
  "a.b",
  "(a|b)",
  "^$",
  "b\n",
];

export const columns: Readonly<Record<string, Column>> = {
  id: { scalar: "Int", sql: "id", type: "integer", values: [1, 3, 8, 15, 99] },
  small: { scalar: "Int", sql: "small", type: "integer", values: [-7, 0, 2, 4, 2147483647] },
  big: {
    scalar: "BigInt",
    sql: "big",
    type: "bigint",
    values: [
      "9007199254740992",
      "9007199254740993",
      "-9223372036854775808",
      "9223372036854775807",
      "3",
      "-3",
      "40",
    ],
  },
  ratio: { scalar: "Float", sql: "ratio", type: "double", values: [0.1, 0.3, -1.5, 0, 1e300] },
  price: {
    scalar: "Decimal",
    sql: "price",
    type: "decimal(24, 5)",
    values: ["4", "12.5", "12.50005", "-0.0001", "0", "-4.5", "99999999999999.9999"],
  },
  title: { scalar: "String", sql: '"the title"', type: "varchar", values: words },
  tag: { scalar: "ID", sql: "tag", type: "varchar", values: ["1", "01", "x", "X", "é"] },
  flag: { scalar: "Boolean", sql: "flag", type: "boolean", values: [true, false] },
  day: {
    scalar: "Date",
    sql: "day",
    type: "date",
    values: ["2001-01-01", "2001-04-01", "0001-01-01", "9999-12-31"],
  },
  moment: {
    scalar: "DateTime",
    sql: "moment",
    type: "timestamptz",
    values: ["2001-04-01T07:00:00Z", "2001-10-28T06:30:00Z", "2000-02-29T12:34:56.5Z"],
  },
  clock: {
    scalar: "LocalDateTime",
    sql: "clock",
    type: "timestamp",
    values: ["2001-01-31T14:00:00", "2001-02-01T00:00:00.5", "2001-02-01T00:00:00"],
  },
};

const signs: Readonly<Record<Comparison, string>> = {
  _eq: "=",
  _neq: "<>",
  _gt: ">",
  _gte: ">=",
  _lt: "<",
  _lte: "<=",
};
/** ASCII folds for certain; the rest is the engine's own affair, so the oracle leaves it alone. */
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const folded = (sql: string) => `translate(${sql}, '${upper}', '${upper.toLowerCase()}')`;
const matching: Readonly<Record<Pattern, (sql: string, pattern: string) => string>> = {
  _like: (sql, pattern) => `${sql} like ${pattern}`,
  _nlike: (sql, pattern) => `${sql} not like ${pattern}`,
  _ilike: (sql, pattern) => `${folded(sql)} like ${folded(pattern)}`,
  _nilike: (sql, pattern) => `${folded(sql)} not like ${folded(pattern)}`,
};
const quoted = (value: ScalarValue) => `'${String(value).replaceAll("'", "''")}'`;

/** Pieces of patterns; whatever is put together of them is whole. */
const pieces = [
  "%",
  "_",
  "\\%",
  "\\_",
  "\\\\",
  "a",
  "A",
  "é",
  "😀",
  "\\a",
  ".",
  "(",
  "-",
  "|",
  "^",
  "$",
  "[",
  "]",
  "{",
  "+",
  "?",
  "/",
  "\n",
  "b",
  "p",
];
const anyPattern = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((all) => all.join("")),
  fc.constantFrom("a%", "A%", "%e", "_____", "%\\_%", "%\\\\%", "100\\%", "(a|b)", "ärger", "e_f"),
);

const isText = ({ scalar }: Column) => scalar === "String" || scalar === "ID";

function leaf(alias: string, name: string, column: Column): fc.Arbitrary<Both> {
  const { scalar, type, values } = column;
  const sql = `${alias}.${column.sql}`;
  const written = (value: ScalarValue) => `${quoted(value)}::${type}`;
  const value = fc.constantFrom(...values);
  const usable = comparisons.filter((each) => scalar !== "Boolean" || each === "_eq" || each === "_neq");
  const compared = fc.tuple(fc.constantFrom(...usable), value).map(
    ([operator, operand]): Both => ({
      predicate: { kind: "compare", column: name, operator, value: operand },
      sql: `(${sql} ${signs[operator]} ${written(operand)})`,
    }),
  );
  const listed = fc.tuple(fc.constantFrom(...memberships), fc.array(value, { maxLength: 4 })).map(
    ([operator, list]): Both => ({
      predicate: { kind: "member", column: name, operator, values: list },
      // Nothing is in an empty list, not even a null.
      sql:
        list.length === 0
          ? String(operator === "_nin")
          : `(${sql} ${operator === "_in" ? "in" : "not in"} (${list.map(written)}))`,
    }),
  );
  const nulls = fc.boolean().map(
    (is): Both => ({
      predicate: { kind: "null", column: name, is },
      sql: `(${sql} is ${is ? "" : "not "}null)`,
    }),
  );
  const matched = fc.tuple(fc.constantFrom(...patterns), anyPattern).map(
    ([operator, pattern]): Both => ({
      predicate: { kind: "match", column: name, operator, pattern },
      sql: `(${matching[operator](sql, quoted(pattern))} escape '\\')`,
    }),
  );
  return fc.oneof(compared, listed, nulls, ...(isText(column) ? [{ weight: 3, arbitrary: matched }] : []));
}

function combined(one: fc.Arbitrary<Both>, depth: number): fc.Arbitrary<Both> {
  if (depth === 0) return one;
  const inner = combined(one, depth - 1);
  const several = (kind: "and" | "or") =>
    fc.array(inner, { maxLength: 3 }).map(
      (of): Both => ({
        predicate: { kind, of: of.map(({ predicate }) => predicate) },
        sql: of.length === 0 ? String(kind === "and") : `(${of.map(({ sql }) => sql).join(` ${kind} `)})`,
      }),
    );
  const not = inner.map(
    ({ predicate, sql }): Both => ({ predicate: { kind: "not", of: predicate }, sql: `(not ${sql})` }),
  );
  return fc.oneof(one, several("and"), several("or"), not);
}

const anyLeaf = (alias: string) =>
  fc.oneof(...Object.entries(columns).map(([name, column]) => leaf(alias, name, column)));
const children = combined(anyLeaf("c"), 1).map(
  ({ predicate, sql }): Both => ({
    predicate: { kind: "exists", relationship: "children", where: predicate },
    sql: `exists (select 1 from specimens c where c.parent = s.id and ${sql})`,
  }),
);
const parent = combined(anyLeaf("p"), 1).map(
  ({ predicate, sql }): Both => ({
    predicate: { kind: "exists", relationship: "parent", where: predicate },
    sql: `exists (select 1 from specimens p where p.id = s.parent and ${sql})`,
  }),
);

/** On `specimens s`. */
export const anyPredicate = combined(
  fc.oneof(
    { weight: 4, arbitrary: anyLeaf("s") },
    { weight: 1, arbitrary: children },
    { weight: 1, arbitrary: parent },
  ),
  3,
);
