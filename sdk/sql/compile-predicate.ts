// Compiles a Predicate to SQL with the surface's meaning: three-valued on columns, two-valued on relationships.
import { strict as assert } from "node:assert";
import { type RawBuilder, sql } from "kysely";
import type { Comparison, Pattern, Predicate } from "../../schema/product/predicate.ts";
import type { Reference } from "../product.ts";
import { bind, type Dialect, type TypedSql } from "./dialect.ts";
import { asText, equalSql, oneOfSql, orderedPair } from "./kept-text.ts";
import {
  columnOf,
  columnSql,
  fromTable,
  innerScope,
  inverseJoin,
  referenceJoin,
  type Scope,
  typedColumn,
} from "./scope.ts";

type Sql = RawBuilder<unknown>;

/** How the names in a predicate are found where it stands. */
type Names = {
  readonly dialect: Dialect;
  readonly column: (name: string) => TypedSql;
  readonly isNull: (name: string) => Sql;
  readonly exists: (relationship: string, where: Predicate) => Sql;
};

/** A `where` on the scope's entity. */
export function compileWhere(where: Predicate, scope: Scope): Sql {
  return compile(where, {
    dialect: scope.dialect,
    column: (name) => typedColumn(scope, columnOf(scope, name)),
    isNull: (name) => compileIsNull(name, scope),
    exists: (relationship, inner) => compileExists(relationship, inner, scope),
  });
}

/** A `having`: its columns are the aggregates that `aggregate` writes. */
export function compileHaving(
  having: Predicate,
  dialect: Dialect,
  aggregate: (name: string) => TypedSql,
): Sql {
  const noRelationships = () => assert.fail("`having` reaches no relationship");
  return compile(having, {
    dialect,
    column: aggregate,
    isNull: (name) => sql`${aggregate(name).expression} is null`,
    exists: noRelationships,
  });
}

function compile(predicate: Predicate, names: Names): Sql {
  switch (predicate.kind) {
    case "and":
      return joined(predicate.of, "and", names);
    case "or":
      return joined(predicate.of, "or", names);
    case "not":
      return sql`not ${compile(predicate.of, names)}`;
    case "null":
      return predicate.is
        ? sql`(${names.isNull(predicate.column)})`
        : sql`(not (${names.isNull(predicate.column)}))`;
    case "compare": {
      const typed = names.column(predicate.column);
      const { operator, value } = predicate;
      if (operator === "_eq") return equalSql(typed, value, names.dialect);
      if (operator === "_neq") return sql`(not ${equalSql(typed, value, names.dialect)})`;
      const [compared, bound] = orderedPair(typed, value, names.dialect);
      return sql`(${compared} ${comparisonSql[operator]} ${bound})`;
    }
    case "match": {
      const { expression } = asText(names.column(predicate.column), names.dialect);
      const pattern = bind(names.dialect, "String", predicate.pattern);
      return sql`(${expression} ${patternSql[predicate.operator]} ${pattern} escape '\\')`;
    }
    case "member": {
      const negated = predicate.operator === "_nin";
      if (predicate.values.length === 0) return negated ? sql`true` : sql`false`;
      const isOneOf = oneOfSql(names.column(predicate.column), predicate.values, names.dialect);
      return negated ? sql`(not ${isOneOf})` : isOneOf;
    }
    case "exists":
      return names.exists(predicate.relationship, predicate.where);
  }
}

function joined(of: readonly Predicate[], word: "and" | "or", names: Names): Sql {
  if (of.length === 0) return word === "and" ? sql`true` : sql`false`;
  return sql`(${sql.join(
    of.map((part) => compile(part, names)),
    word === "and" ? sql` and ` : sql` or `,
  )})`;
}

const comparisonSql: Readonly<Record<Exclude<Comparison, "_eq" | "_neq">, Sql>> = {
  _gt: sql`>`,
  _gte: sql`>=`,
  _lt: sql`<`,
  _lte: sql`<=`,
};

const patternSql: Readonly<Record<Pattern, Sql>> = {
  _like: sql`like`,
  _nlike: sql`not like`,
  _ilike: sql`ilike`,
  _nilike: sql`not ilike`,
};

/** A column's null, or a reference's: a reference is null where any part of its key is. */
function compileIsNull(name: string, scope: Scope): Sql {
  const reference = scope.entity.references.get(name);
  if (!reference) return sql`${columnSql(scope, columnOf(scope, name))} is null`;
  return sql.join(
    reference.key.map(({ column }) => sql`${columnSql(scope, column)} is null`),
    sql` or `,
  );
}

/**
 * EXISTS: TRUE or FALSE. On a reference's key alone the own columns answer: `key IS NOT NULL AND p`, where `p` is
 * TRUE or FALSE of a key without nulls. A `COALESCE` around it would keep it from an index.
 */
function compileExists(relationship: string, where: Predicate, scope: Scope): Sql {
  const reference = scope.entity.references.get(relationship);
  const own = scope.product.entities.has(reference?.target ?? "");
  if (reference && namesOnly(where, reference) && !(own && isEmpty(where)))
    return sql`(not (${compileIsNull(relationship, scope)}) and ${compileOnKey(where, reference, scope)})`;
  const inverse = scope.entity.inverses.get(relationship);
  const target = inverse?.source ?? scope.product.entities.get(reference?.target ?? "");
  assert(target, `${scope.entity.name}.${relationship} leads to an entity of this product`);
  const inner = innerScope(scope, target);
  const join = inverse
    ? inverseJoin(scope, inner, inverse)
    : referenceJoin(scope, inner, reference as Reference);
  return sql`exists (select 1 from ${fromTable(inner)} where ${join} and ${compileWhere(where, inner)})`;
}

/** What names no column, as `{}`, asks whether the row is there: of our own entities the key alone cannot tell. */
function isEmpty(where: Predicate): boolean {
  switch (where.kind) {
    case "and":
    case "or":
      return where.of.every(isEmpty);
    case "not":
      return isEmpty(where.of);
    case "exists":
    case "null":
    case "compare":
    case "match":
    case "member":
      return false;
  }
}

function namesOnly(where: Predicate, reference: Reference): boolean {
  switch (where.kind) {
    case "and":
    case "or":
      return where.of.every((part) => namesOnly(part, reference));
    case "not":
      return namesOnly(where.of, reference);
    case "exists":
      return false;
    case "null":
    case "compare":
    case "match":
    case "member":
      return reference.key.some(({ field }) => field === where.column);
  }
}

function compileOnKey(where: Predicate, { key }: Reference, scope: Scope): Sql {
  const column = (name: string) => {
    const part = key.find(({ field }) => field === name);
    assert(part, `${name} is a key field`);
    return typedColumn(scope, part.column);
  };
  return compile(where, {
    dialect: scope.dialect,
    column,
    isNull: (name) => sql`${column(name).expression} is null`,
    exists: () => assert.fail("a key has no relationships"),
  });
}
