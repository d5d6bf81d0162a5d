// Repair of the planner: below a shared field, members of a union are asked of the subgraph that is asked anyway.
import type { PlannerRepair } from "./repaired-planner.ts";

/**
 * The planner leaves a fragment out as soon as one of the subgraphs that could be gone to does not know its type:
 *
 *     a: type Query { e: E } type E @key(fields: "id") { list: [Any] @shareable } union Any = Both | OnlyA
 *     b: type E @key(fields: "id") { list: [Any] @shareable } union Any = Both | OnlyB
 *
 *     client: { e { list { ...on OnlyA { x } ...on OnlyB { y } } } }
 *     before: a: { e { list { __typename } } }                                         x is null, whatever it is
 *     after:  a: { e { list { __typename ...on OnlyA { x } } } }
 *
 * A subgraph that does not know the type counts for nothing where fewer steps lead to one that does. Where as many lead
 * to either, the fragment is left out as before: nobody can say which of the two is asked.
 */
export const membersOfNearest: PlannerRepair = {
  place: "if (!followupForOption) {\n                continue;\n            }",
  line: `
            const jumps = ({ paths }) => Math.max(...paths.map((path) => path.subgraphJumps()));
            if (followupForOption.length === 0 && options.some((other) => jumps(other) < jumps(option) &&
              (0, query_graphs_1.advanceSimultaneousPathsWithOperation)(this.parameters.supergraphSchema, other, operation, this.parameters.overrideConditions)?.length > 0))
              continue;`,
};
