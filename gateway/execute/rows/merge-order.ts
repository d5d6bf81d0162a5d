// The order of a list as columns of its rows, by which parts of it that were asked apart are put together.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { OrderTerm } from "../../../schema/product/order.ts";
import { valueName } from "../../../schema/product/value.ts";
import { type Facts, primaryKey, scalarOf, shapeOf } from "../../plan/facts.ts";
import type { SortTerm } from "../../plan/rows-plan.ts";

/** The primary key last. Undefined where a term is no column of a row: an aggregate, a bucket. */
export function mergeOrder(
  facts: Facts,
  collection: MeshCollection,
  order: readonly OrderTerm[],
): readonly SortTerm[] | undefined {
  if (!order.every(({ by }) => isColumn(by))) return undefined;
  const shape = shapeOf(facts, collection);
  const named = [
    ...order.map(({ by, direction }) => ({ column: valueName(by), direction })),
    ...primaryKey(facts, collection).map((column) => ({ column, direction: "asc" as const })),
  ];
  return named.map(({ column, direction }) => ({
    column,
    scalar: scalarOf(shape, column.split(".")),
    direction,
  }));
}

function isColumn(value: OrderTerm["by"]): boolean {
  return value.kind === "column" || (value.kind === "reference" && isColumn(value.value));
}
