// Appends a revision that is made from the newest; where somebody else was faster it is made anew from theirs.
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Registry, RevisionDraft } from "../../schema/registry/registry.ts";
import { meshing } from "../product/mesh-faults.ts";
import { type MeshQuestion, meshFileOf, type OpenedMesh, openMesh } from "../product/open-mesh.ts";
import { publishing } from "./publishing-faults.ts";

const tries = 5;

export type AppendDependencies = {
  readonly now: () => Date;
  /** Told of what is composed each time, for those who show findings in their places. */
  readonly composing?: (subgraphs: readonly ComposedSubgraph[]) => void;
};

/** A mesh that can be published in. */
export type PublishingMesh = OpenedMesh & { readonly registry: Registry };

/** What is to be appended; without a draft it is done. */
export type Step<Result> = {
  readonly result: Result;
  readonly draft?: Pick<RevisionDraft, "action" | "products" | "adds">;
};

/**
 * What was made of it, with the number of the revision that was appended.
 * @param make - looks at the mesh as it is, and says what to append; called again for each newer revision
 * @throws meshing.NO_REGISTRY, publishing.KEPT_MOVING, and what `openMesh`, `make` and the registry throw
 */
export async function appendRevision<Result extends { readonly revision: number }>(
  { now }: Pick<AppendDependencies, "now">,
  question: MeshQuestion & { readonly by: string },
  make: (mesh: PublishingMesh) => Promise<Step<Result>>,
): Promise<Result> {
  const { signal, by } = question;
  const file = meshFileOf(question.file);
  for (let turn = 0; turn < tries; turn++) {
    await using mesh = await openMesh({ ...question, file });
    const { registry, variant, newest: after } = mesh;
    if (!registry) throw meshing.NO_REGISTRY({ file });
    const { result, draft } = await make({ ...mesh, registry });
    if (!draft) return result;
    try {
      const at = now().toISOString();
      const { number } = await registry.append({ ...draft, variant, at, by, after }, { signal });
      return { ...result, revision: number };
    } catch (failure) {
      if (!(failure instanceof Fault && failure.code === "REGISTRY_MOVED")) throw failure;
    }
  }
  throw publishing.KEPT_MOVING({ variant: question.variant ?? "the first variant", tries });
}
