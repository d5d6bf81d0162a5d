// Rolls a variant back: a new revision with what an earlier one held, where that composes with today's mesh.
import type { Finding } from "../../schema/check/finding.ts";
import type { Placed, Revision } from "../../schema/registry/registry.ts";
import type { MeshQuestion } from "../product/open-mesh.ts";
import { type AppendDependencies, appendRevision, type PublishingMesh } from "./append-revision.ts";
import { checkWhole } from "./check-whole.ts";
import { type Difference, differences } from "./differences.ts";
import { publishing } from "./publishing-faults.ts";

export type Rollback = {
  readonly outcome: "rolled back" | "would be rolled back" | "unchanged" | "refused";
  readonly variant: string;
  readonly registry: string;
  /** The revision whose products are taken; 0 = before anything was published. */
  readonly to: number;
  /** Of the variant afterwards. */
  readonly revision: number;
  readonly differences: readonly Difference[];
  readonly findings: readonly Finding[];
};

export type RollbackQuestion = MeshQuestion & {
  readonly by: string;
  readonly dryRun: boolean;
  /** Left out = the revision before the one that is in force; a rollback is in force as the revision that it went back to. */
  readonly to?: number | undefined;
};

/** @throws publishing.NO_SUCH_REVISION, and what `appendRevision` throws */
export async function rollBack(
  { now, composing }: AppendDependencies,
  question: RollbackQuestion,
): Promise<Rollback> {
  return appendRevision({ now }, question, async (mesh) => {
    const { registry, variant, head, newest } = mesh;
    const to = question.to ?? inForce(head, newest) - 1;
    const products = await productsOf(mesh, to, question.signal);
    const { findings } = await checkWhole(mesh, products, { name: variant, composing });
    const differing = differences(head?.products ?? {}, products);
    const isSame = differing.length === 0 && newest === (head?.number ?? 0);
    const outcome = outcomeOf(findings.length > 0, isSame, question.dryRun);
    const result: Rollback = {
      ...{ outcome, variant, registry: registry.place, to, revision: newest, findings },
      differences: differing,
    };
    return outcome === "rolled back"
      ? { result, draft: { action: { kind: "rolled back", to }, products } }
      : { result };
  });
}

function outcomeOf(isRefused: boolean, isSame: boolean, dryRun: boolean): Rollback["outcome"] {
  if (isRefused) return "refused";
  if (isSame) return "unchanged";
  return dryRun ? "would be rolled back" : "rolled back";
}

/** One that cannot be read is in force by its number. */
function inForce(head: Revision | undefined, newest: number): number {
  return head?.number === newest && head.action.kind === "rolled back" ? head.action.to : newest;
}

/** @throws publishing.NO_SUCH_REVISION, registering.REVISION_BROKEN */
async function productsOf(
  { registry, variant, newest }: PublishingMesh,
  to: number,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Placed>>> {
  if (to < 0 || to > newest || newest === 0) throw publishing.NO_SUCH_REVISION({ to, variant, newest });
  return to === 0 ? {} : (await registry.revision(variant, to, { signal })).products;
}
