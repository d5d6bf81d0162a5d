// Does the whole compose? As findings.
import { compositionFindings } from "../../schema/check/composition/composition-findings.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { type ComposedSubgraph, compose } from "../../schema/compose/compose.ts";

/** Errors alone; [] = it composes. @param name - what the whole is called where no subgraph is at fault */
export function checkWhole(subgraphs: readonly ComposedSubgraph[], name: string): readonly Finding[] {
  if (subgraphs.length === 0) return [nothingLeft(name)];
  const findings = compositionFindings(compose(subgraphs), { subgraphs });
  return findings.filter(({ severity }) => severity === "error");
}

function nothingLeft(name: string): Finding {
  return {
    code: "NOTHING_LEFT",
    severity: "error",
    subgraph: name,
    text: "Nothing of the mesh would be left, and it has to serve something.",
    fix: "Publish what takes its place first.",
  };
}
