// What can be wrong with the mesh that a product belongs to.
import { faultTable } from "../../schema/product/fault.ts";

export const meshing = faultTable({
  VARIANT_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ variant, variants }: { variant: string; variants: readonly string[] }) =>
      `The mesh has no variant ${variant}: it has ${variants.join(", ")}.`,
    remedy: "Name one of them with `--variant`, or add it to `registry.variants` of the mesh.",
  },
  NO_REGISTRY: {
    status: 400,
    audience: "caller",
    text: ({ file }: { file: string }) => `${file} names no registry, so that nothing can be published.`,
    remedy: "Add `registry: { folder: registry }` to it.",
  },
  SUBGRAPHS_UNKNOWN: {
    status: 503,
    audience: "caller",
    text: ({ problems }: { problems: readonly string[] }) =>
      `What these subgraphs of the mesh offer cannot be known:\n${problems.map((problem) => `  ${problem}`).join("\n")}\n`,
    remedy: "Start them, or run this where the gateway keeps its `schema.stateDirectory`.",
  },
  USE_UNREADABLE: {
    status: 400,
    audience: "caller",
    text: ({ place, problem }: { place: string; problem: string }) =>
      `${place} gives no report of use: ${problem}.`,
    remedy: "Save `/admin/use` of a gateway's admin listener to a file, and name it with `--use`.",
  },
});
