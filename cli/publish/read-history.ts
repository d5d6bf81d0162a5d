// The revisions of a variant. The subgraphs are not asked.
import type { Revision } from "../../schema/registry/registry.ts";
import { meshing } from "../product/mesh-faults.ts";
import { type MeshQuestion, openMeshRegistry } from "../product/open-mesh.ts";

export type History = {
  readonly variant: string;
  readonly registry: string;
  /** The newest first; those that cannot be read are left out. */
  readonly revisions: readonly Revision[];
};

/** @throws meshing.NO_REGISTRY, meshing.VARIANT_UNKNOWN, registering.REGISTRY_UNREACHABLE */
export async function readHistory({
  limit,
  signal,
  ...question
}: MeshQuestion & { readonly limit: number }): Promise<History> {
  const { registry, variant } = await openMeshRegistry(question);
  if (!registry) throw meshing.NO_REGISTRY({ file: question.file });
  await using opened = registry;
  return { variant, registry: opened.place, revisions: await opened.history(variant, { limit, signal }) };
}
