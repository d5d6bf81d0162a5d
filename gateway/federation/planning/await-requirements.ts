// Repair of the planner: what a computed field requires is waited for where another computed field requires that one.
import type { PlannerRepair } from "./repaired-planner.ts";

/**
 * The planner puts a fetch into an earlier one of the same subgraph, although another fetch has to bring what it sends:
 *
 *     a: type Query { e: E } type E @key(fields: "id") { sum @requires(fields: "x") }
 *     b: type E @key(fields: "id") { x }        c: type E @key(fields: "id") { twice @requires(fields: "sum") }
 *
 *     client: { e { twice } }
 *     before: a: { e { id sum } }, then b: { x }, then c with the sum: { twice }                      a sum of nothing
 *     after:  a: { e { id } }, then b: { x }, then a with the x: { sum }, then c with the sum: { twice }
 */
export const awaitRequirements: PlannerRepair = {
  place: "canMergeChildIn(child) {",
  line: "if (child.parents().length > 1) return false;",
};
