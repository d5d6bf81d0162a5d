// Repair of the planner: what is required is not asked of a subgraph that only mentions it.
import type { PlannerRepair } from "./repaired-planner.ts";

/**
 * The planner puts requirements into the fetch before, wherever that subgraph has a field of the name, be it external:
 *
 *     a: type Query { e: E } type E @key(fields: "id") { x @external  sum @requires(fields: "x") }
 *     b: type E @key(fields: "id") { x  sum @external  twice @requires(fields: "sum") }
 *
 *     client: { e { ten } }, where a has ten @requires(fields: "twice")
 *     before: a: { e { id x sum } }, …                                                a does not know x
 *     after:  a: { e { id } }, then b: { x }, then a with the x: { sum }, …
 */
export const externalElsewhere: PlannerRepair = {
  place: "const newGroupIsUnneeded = parent.path &&",
  line: `(function answers(schema, selections) {
            return selections.every(({ kind, element, selectionSet }) => {
              const field = kind === "FieldSelection" ? schema.type(element.parentType.name)?.field?.(element.name) : undefined;
              if (field && (0, federation_internals_1.federationMetadata)(schema).isFieldExternal(field)) return false;
              return !selectionSet || answers(schema, selectionSet.selections());
            });
          })(dependencyGraph.subgraphSchemas.get(parent.group.subgraphName), groupCopy.selection.selections()) &&`,
};
