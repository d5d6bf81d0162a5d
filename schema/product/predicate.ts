// The one predicate that every plane speaks: a question names it, the gateway splits it, the port compiles it.
import type { ScalarValue } from "./scalar.ts";

export const comparisons = ["_eq", "_neq", "_gt", "_gte", "_lt", "_lte"] as const;
export type Comparison = (typeof comparisons)[number];
export const memberships = ["_in", "_nin"] as const;
export const patterns = ["_like", "_nlike", "_ilike", "_nilike"] as const;
export type Pattern = (typeof patterns)[number];
export const operators = [...comparisons, ...memberships, "_is_null", ...patterns] as const;
export type Operator = (typeof operators)[number];

/**
 * Columns are named relative to the entity that the predicate stands on. Columns follow SQL's three-valued
 * logic and a row stays when its predicate is TRUE; `exists` is two-valued: TRUE or FALSE, never UNKNOWN.
 * Plain data: it can be printed, compared and used in a key.
 */
export type Predicate =
  | { readonly kind: "and"; readonly of: readonly Predicate[] }
  | { readonly kind: "or"; readonly of: readonly Predicate[] }
  | { readonly kind: "not"; readonly of: Predicate }
  | {
      readonly kind: "compare";
      readonly column: string;
      readonly operator: Comparison;
      readonly value: ScalarValue;
    }
  | {
      readonly kind: "member";
      readonly column: string;
      readonly operator: (typeof memberships)[number];
      readonly values: readonly ScalarValue[];
    }
  | {
      readonly kind: "match";
      readonly column: string;
      readonly operator: Pattern;
      readonly pattern: string;
    }
  /** A column's own null, or, named by a reference, the null reference (every part of its key is checked). */
  | { readonly kind: "null"; readonly column: string; readonly is: boolean }
  | { readonly kind: "exists"; readonly relationship: string; readonly where: Predicate };

/** True for every row: what an absent `where` means. */
export const always: Predicate = { kind: "and", of: [] };
