// Aggregates over rows: of a collection, or of a to-many for many parents at once.
import { sql } from "kysely";
import type { Predicate } from "../../schema/product/predicate.ts";
import { type Aggregate, aggregateName } from "../../schema/product/value.ts";
import type { Entity } from "../product.ts";
import { amongParents, type Parents } from "./among-keys.ts";
import { type Asked, finish, outermost, rowsMaxSql } from "./asked.ts";
import { compileWhere } from "./compile-predicate.ts";
import { aggregateScalar, compileAggregate } from "./compile-value.ts";
import type { OutputColumn, Statement } from "./engine.ts";
import { output } from "./list-statement.ts";
import { answeredSql, columnSql, fromTable } from "./scope.ts";

/** One row of aggregates, columns named by `aggregateName`. With `parents`, one for each parent that has rows. */
export function aggregateStatement(
  asked: Asked,
  question: {
    readonly aggregates: readonly Aggregate[];
    readonly where: Predicate;
    readonly parents?: Parents;
  },
): Statement {
  const scope = outermost(asked);
  const { aggregates, where, parents } = question;
  const expressions = aggregates.map(
    (aggregate, i) => sql`${compileAggregate(aggregate, scope)} as ${sql.id(`a${i}`)}`,
  );
  const outputs = aggregates.map((aggregate) => aggregateOutput(aggregate, asked.entity));
  const condition = compileWhere(where, scope);
  if (!parents)
    return finish(
      asked,
      sql`select ${sql.join(expressions)} from ${fromTable(scope)} where ${condition}`,
      outputs,
    );
  const keys = parents.reference.key.map(({ column }) => column);
  const keySql = sql.join(keys.map((column) => columnSql(scope, column)));
  const answered = sql.join(keys.map((column) => answeredSql(scope, column)));
  const query = sql`select ${answered}, ${sql.join(expressions)} from ${fromTable(scope)}
    where ${amongParents(parents, scope)} and ${condition} group by ${keySql} ${rowsMaxSql(asked)}`;
  return finish(asked, query, [...keys.map(output), ...outputs]);
}

export function aggregateOutput(aggregate: Aggregate, entity: Entity): OutputColumn {
  return { name: aggregateName(aggregate), scalar: aggregateScalar(aggregate, entity) };
}
