// Writes a predicate twice: as the `where` of a question, and as the oracle's SQL.
import type { Reference } from "./model.ts";
import { literal } from "./values.ts";
import { patternWords, signs, type Where } from "./where.ts";

type Input = Readonly<Record<string, unknown>>;

export function whereInput(where: Where): Input {
  switch (where.kind) {
    case "and":
    case "or":
      return { [`_${where.kind}`]: where.of.map(whereInput) };
    case "object":
      return oneObject(where.of.map(whereInput));
    case "not":
      return { _not: whereInput(where.of) };
    case "test":
      return { [where.column.field]: { [where.operator]: where.value } };
    case "nullReference":
      return { [where.reference.name]: { _is_null: where.is } };
    case "related":
      return { [where.by.name]: whereInput(where.where) };
  }
}

/** The entries together; those whose name is taken stand under `_and`, which means the same. */
function oneObject(inputs: readonly Input[]): Input {
  const [object, others] = [{} as Record<string, unknown>, [] as Input[]];
  for (const input of inputs)
    if (Object.keys(input).some((name) => name in object || name === "_and")) others.push(input);
    else Object.assign(object, input);
  return others.length === 0 ? object : { ...object, _and: others };
}

/** On the row that `alias` names. Relationships are EXISTS, but a reference's key alone is the own column. */
export function whereSql(where: Where, alias: string): string {
  switch (where.kind) {
    case "and":
    case "object":
      return where.of.length === 0
        ? "true"
        : `(${where.of.map((each) => whereSql(each, alias)).join(" and ")})`;
    case "or":
      return where.of.length === 0
        ? "false"
        : `(${where.of.map((each) => whereSql(each, alias)).join(" or ")})`;
    case "not":
      return `(not ${whereSql(where.of, alias)})`;
    case "test":
      return testSql(where, `${alias}.${where.column.sql}`);
    case "nullReference":
      return `(${where.is ? "" : "not "}${isNull(where.reference, alias)})`;
    case "related": {
      const { by } = where;
      if (by.kind === "reference" && namesKeyAlone(where.where, by))
        return `(not ${isNull(by, alias)} and coalesce(${whereSql(onOwnColumns(where.where, by), alias)}, false))`;
      const inner = `${alias}_`;
      return `exists (select 1 from ${relatedRows(by, alias, inner)} and ${whereSql(where.where, inner)})`;
    }
  }
}

/** `nations c_ where c_.code = c.nation` */
export function relatedRows(
  by: (Where & { readonly kind: "related" })["by"],
  alias: string,
  inner: string,
): string {
  if (by.kind === "reference")
    return `${by.target().table} ${inner} where ${by.key.map(({ sql, there }) => `${inner}.${there} = ${alias}.${sql}`).join(" and ")}`;
  return `${by.source().table} ${inner} where ${by.key.map(({ sql, there }) => `${inner}.${sql} = ${alias}.${there}`).join(" and ")}`;
}

function isNull({ key }: Reference, alias: string): string {
  return `(${key.map(({ sql }) => `${alias}.${sql} is null`).join(" or ")})`;
}

function namesKeyAlone(where: Where, reference: Reference): boolean {
  switch (where.kind) {
    case "and":
    case "or":
    case "object":
      return where.of.every((each) => namesKeyAlone(each, reference));
    case "not":
      return namesKeyAlone(where.of, reference);
    case "test":
      return reference.key.some(({ field }) => field === where.column.field);
    case "nullReference":
    case "related":
      return false;
  }
}

/** The same tests, of the columns that hold the key here. */
function onOwnColumns(where: Where, reference: Reference): Where {
  switch (where.kind) {
    case "and":
    case "or":
    case "object":
      return { ...where, of: where.of.map((each) => onOwnColumns(each, reference)) };
    case "not":
      return { ...where, of: onOwnColumns(where.of, reference) };
    case "test": {
      const own = reference.key.find(({ field }) => field === where.column.field);
      return { ...where, column: { ...where.column, sql: own?.sql ?? where.column.sql } };
    }
    case "nullReference":
    case "related":
      return where;
  }
}

export function testSql(
  {
    operator,
    value,
    column,
  }: Pick<Where & { readonly kind: "test" }, "operator" | "value"> & {
    readonly column: { readonly scalar: (Where & { readonly kind: "test" })["column"]["scalar"] };
  },
  expression: string,
): string {
  const written = (each: typeof value) => literal(each, column.scalar);
  if (operator === "_is_null") return `(${expression} is ${value ? "" : "not "}null)`;
  if (operator === "_in" || operator === "_nin") {
    const list = value as readonly (typeof value)[];
    // Nothing is in an empty list, not even a null.
    if (list.length === 0) return String(operator === "_nin");
    return `(${expression} ${operator === "_in" ? "in" : "not in"} (${list.map(written).join(", ")}))`;
  }
  if (operator in patternWords)
    return `(${expression} ${patternWords[operator as keyof typeof patternWords]} '${String(value)}' escape '\\')`;
  return `(${expression} ${signs[operator as keyof typeof signs]} ${written(value)})`;
}
