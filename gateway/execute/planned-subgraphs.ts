// Whom a plan is known to ask before its question is asked.
import type { Federated, Plan } from "../plan/plan.ts";
import { fetchesOf } from "./federated/fetches-of.ts";

/** Those of plain federation; across domains it depends on the variables' values. */
export function plannedSubgraphs(plan: Plan): readonly string[] {
  switch (plan.kind) {
    case "federated":
      return subgraphsOf(plan);
    case "either":
      return subgraphsOf(plan.plain);
    case "across":
      return [];
  }
}

function subgraphsOf({ tree }: Federated): readonly string[] {
  return [...new Set(tree ? fetchesOf(tree).map(({ subgraph }) => subgraph) : [])];
}
