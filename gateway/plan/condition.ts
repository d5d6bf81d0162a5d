// The condition: a predicate in which key sets of other rows may stand.
import type { Predicate } from "../../schema/product/predicate.ts";
import type { RowsPlan } from "./rows-plan.ts";

type Logic = "and" | "or" | "not" | "exists";

/** A test of one column (three-valued), or of a reference's null. */
export type Test = Exclude<Predicate, { readonly kind: Logic }>;

export type Condition =
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | Test
  /**
   * Answered from the row's own columns where the relationship is a reference and `where` names nothing but its key
   * (`key IS NOT NULL AND COALESCE(where, FALSE)`); any other only by an owner who has both ends.
   */
  | { readonly kind: "exists"; readonly relationship: string; readonly where: Condition }
  | Among;

/** Does the relationship lead to one of the rows that have these keys? TRUE or FALSE: a null key is among none. */
export type Among = {
  readonly kind: "among";
  /** Empty where the row's own columns are asked for keys that belong to no relationship. */
  readonly relationship: string;
  /** Columns of the row that hold the key: `origin.iata` of a reference, `iata` for a to-many. */
  readonly columns: readonly string[];
  readonly keys: KeySet;
};

export type KeySet =
  /** The different values of `columns` in `rows`, those with a null left out. */
  | { readonly kind: "keys"; readonly rows: RowsPlan; readonly columns: readonly string[] }
  /** The keys that a lookup asks for. */
  | { readonly kind: "given" }
  /** Whichever is cheaper, by probes while the plan runs: both lead to the same rows in the end. */
  | Choose;

export type Choose = {
  readonly kind: "choose";
  /** All keys of the other side. */
  readonly foreign: KeySet;
  /** Those of the other side's keys that the rows at hand have. */
  readonly local: KeySet;
  readonly probes: { readonly foreign: Probe; readonly local: Probe };
};

/** How many rows, or different values of a column, an owner has. */
export type Probe = { readonly collection: string; readonly where: Condition; readonly distinct?: string };

/** Are the columns' values among the keys? `origin.iata` is the key of the reference `origin`. */
export function amongColumns(columns: readonly string[], keys: KeySet): Among {
  const [first = "", ...rest] = (columns[0] ?? "").split(".");
  return { kind: "among", relationship: rest.length > 0 ? first : "", columns, keys };
}

/** TRUE for every row. */
export const always: Condition = { kind: "and", of: [] };

export function isAlways(condition: Condition): boolean {
  return condition.kind === "and" && condition.of.length === 0;
}

/** The conditions that must all be TRUE. `not (a or b)` is `not a and not b`, in three values too. */
export function conjuncts(condition: Condition): readonly Condition[] {
  if (condition.kind === "and") return condition.of.flatMap(conjuncts);
  if (condition.kind === "not") {
    const { of } = condition;
    if (of.kind === "not") return conjuncts(of.of);
    if (of.kind === "or") return of.of.flatMap((each) => conjuncts({ kind: "not", of: each }));
  }
  return [condition];
}

export function conjunction(of: readonly Condition[]): Condition {
  const [only, ...others] = of;
  return only && others.length === 0 ? only : { kind: "and", of };
}

/** Does no key set stand in it? */
export function isSettled(condition: Condition): boolean {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.of.every(isSettled);
    case "not":
      return isSettled(condition.of);
    case "exists":
      return isSettled(condition.where);
    case "among":
      return false;
    case "compare":
    case "member":
    case "match":
    case "null":
      return true;
  }
}
