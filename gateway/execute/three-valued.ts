// A predicate on rows that are here: TRUE, FALSE or UNKNOWN, as SQL has it.
import { compareScalars } from "../../schema/product/compare-scalars.ts";
import type { Comparison, Predicate } from "../../schema/product/predicate.ts";
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import type { Columns } from "../plan/plan.ts";
import { compileLike } from "./like.ts";
import type { Row } from "./rows.ts";

/** Undefined = UNKNOWN. */
export type Truth = boolean | undefined;

/** `columns` gives the scalar of every column that the predicate names, by relationship where it stands in one. */
export function compilePredicate(predicate: Predicate, columns: Columns): (row: Row) => Truth {
  switch (predicate.kind) {
    case "and": {
      const all = predicate.of.map((each) => compilePredicate(each, columns));
      return (row) => conjunction(all.map((holds) => holds(row)));
    }
    case "or": {
      const any = predicate.of.map((each) => compilePredicate(each, columns));
      return (row) => negation(conjunction(any.map((holds) => negation(holds(row)))));
    }
    case "not": {
      const holds = compilePredicate(predicate.of, columns);
      return (row) => negation(holds(row));
    }
    case "compare": {
      const { column, operator, value } = predicate;
      const scalar = columns[column] as ScalarName;
      return (row) => {
        const found = row[column] as ScalarValue | null;
        return found === null ? undefined : holdsFor(operator, compareScalars(scalar, found, value));
      };
    }
    case "member": {
      const { column, operator } = predicate;
      const values = new Set<unknown>(predicate.values);
      return (row) => {
        if (values.size === 0) return operator === "_nin";
        if (row[column] === null) return undefined;
        return values.has(row[column]) === (operator === "_in");
      };
    }
    case "match": {
      const { column, operator } = predicate;
      const fold = operator === "_ilike" || operator === "_nilike";
      const isLike = compileLike(predicate.pattern, { fold });
      const isWanted = operator === "_like" || operator === "_ilike";
      return (row) => (row[column] === null ? undefined : isLike(String(row[column])) === isWanted);
    }
    case "null": {
      const { column, is } = predicate;
      return (row) => (row[column] === null) === is;
    }
    case "exists": {
      const holds = compilePredicate(predicate.where, columns[predicate.relationship] as Columns);
      return (row) => {
        const found = row[predicate.relationship] as Row | readonly Row[] | null;
        return [found ?? []].flat().some((each) => holds(each as Row) === true);
      };
    }
  }
}

function holdsFor(operator: Comparison, order: number): boolean {
  switch (operator) {
    case "_eq":
      return order === 0;
    case "_neq":
      return order !== 0;
    case "_gt":
      return order > 0;
    case "_gte":
      return order >= 0;
    case "_lt":
      return order < 0;
    case "_lte":
      return order <= 0;
  }
}

function conjunction(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function negation(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
