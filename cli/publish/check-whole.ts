// Does the whole compose? As findings.
import { compositionFindings } from "../../schema/check/composition/composition-findings.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { type ComposedSubgraph, compose } from "../../schema/compose/compose.ts";
import type { OpenedMesh } from "../product/open-mesh.ts";
import type { AppendDependencies } from "./append-revision.ts";

/** A mesh whose published products are others than today's. */
export type OtherWhole = {
  readonly subgraphs: readonly ComposedSubgraph[];
  /** Errors alone; [] = it composes. */
  readonly findings: readonly Finding[];
};

/**
 * @param name - what the whole is called where no subgraph is at fault
 * @throws what `subgraphsOf` of the mesh throws
 */
export async function checkWhole(
  { subgraphsOf }: Pick<OpenedMesh, "subgraphsOf">,
  products: Parameters<OpenedMesh["subgraphsOf"]>[0],
  { name, composing }: { readonly name: string; readonly composing: AppendDependencies["composing"] },
): Promise<OtherWhole> {
  const subgraphs = await subgraphsOf(products);
  composing?.(subgraphs);
  return { subgraphs, findings: problemsOf(subgraphs, name) };
}

function problemsOf(subgraphs: readonly ComposedSubgraph[], name: string): readonly Finding[] {
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
