// Composes all of a variant of a mesh, and says what is wrong with the whole.
import { compositionFindings } from "../../schema/check/composition/composition-findings.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { compose } from "../../schema/compose/compose.ts";
import { meshFileHere } from "../product/mesh-file-here.ts";
import { openMesh } from "../product/open-mesh.ts";
import { textsOf } from "./check-folder.ts";
import type { FindingTexts } from "./show-findings.ts";

export type ComposedMesh = {
  readonly file: string;
  readonly variant: string;
  readonly subgraphs: readonly string[];
  readonly findings: readonly Finding[];
  /** null = the whole does not compose. */
  readonly supergraphSdl: string | null;
};

/** @throws meshing.*, registering.*, configuring.* */
export async function composeMesh(question: {
  readonly mesh?: string | undefined;
  readonly variant?: string | undefined;
  readonly signal: AbortSignal;
}): Promise<{ readonly composed: ComposedMesh; readonly texts: FindingTexts }> {
  const { variant, signal } = question;
  const file = await meshFileHere(question.mesh);
  await using mesh = await openMesh({ file, variant, signal });
  const { subgraphs } = mesh;
  const composition = compose(subgraphs);
  return {
    composed: {
      file,
      variant: mesh.variant,
      subgraphs: subgraphs.map(({ name }) => name),
      findings: compositionFindings(composition, { subgraphs }),
      supergraphSdl: composition.kind === "composed" ? composition.supergraphSdl : null,
    },
    texts: textsOf(subgraphs),
  };
}
