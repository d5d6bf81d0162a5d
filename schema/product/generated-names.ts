// The names of everything generated for a collection. Each starts with the collection: inputs of one name would be
// merged by intersection across subgraphs, so nothing generated is shared between two of them.
import type { ScalarName } from "./scalar.ts";

const on = (collection: string) => (suffix: string) => `${collection}_${suffix}`;

export function generatedNames(collection: string) {
  const name = on(collection);
  return {
    // fields of the query root
    byPk: name("by_pk"),
    aggregate: name("aggregate"),
    groups: name("groups"),
    watermark: name("watermark"),
    // types
    boolExp: name("bool_exp"),
    /** The same as `boolExp` plus `_is_null`: where a to-one reference leads here from the same domain. */
    referenceExp: name("reference_exp"),
    keyExp: (reference: string) => name(`${reference}_key_exp`),
    /** The same as `keyExp` without `_is_null`: what stands under its `_and`, `_or` and `_not`. */
    keyBoolExp: (reference: string) => name(`${reference}_key_bool_exp`),
    comparisonExp: (scalar: ScalarName) => name(`${scalar}_comparison_exp`),
    orderBy: name("order_by"),
    keyOrderBy: (reference: string) => name(`${reference}_key_order_by`),
    direction: name("direction"),
    column: name("column"),
    aggregateFields: name("aggregate_fields"),
    aggregateFieldsOf: (aggregateFunction: string) => name(`${aggregateFunction}_fields`),
    aggregateOrderBy: name("aggregate_order_by"),
    aggregateOrderByOf: (aggregateFunction: string) => name(`${aggregateFunction}_order_by`),
    havingExp: name("having_exp"),
    havingExpOf: (aggregateFunction: string) => name(`${aggregateFunction}_having_exp`),
    group: name("group"),
    groupOrderBy: name("group_order_by"),
    by: name("by"),
    byReference: (reference: string) => name(`${reference}_by`),
    byOrderBy: name("by_order_by"),
    byReferenceOrderBy: (reference: string) => name(`${reference}_by_order_by`),
  } as const;
}
