// What keeps a product from being checked or compared.
import { faultTable } from "../../schema/product/fault.ts";

export const checking = faultTable({
  NOTHING_PUBLISHED: {
    status: 404,
    audience: "caller",
    text: ({ name, variant }: { name: string; variant: string }) =>
      `Nothing of ${name} is published in ${variant}, so that there is nothing to compare with.`,
    remedy: "Name a published version with `--from`, or another variant.",
  },
  VERSION_UNKNOWN: {
    status: 404,
    audience: "caller",
    text: ({ name, version, versions }: { name: string; version: string; versions: readonly string[] }) =>
      `${name} was never published as ${JSON.stringify(version)}${versions.length === 0 ? "" : `: there are ${versions.join(", ")}`}.`,
    remedy: "Name a version that was; `working copy` is what is in the folder.",
  },
  OUT_UNWRITABLE: {
    status: 400,
    audience: "caller",
    text: ({ file, problem }: { file: string; problem: string }) => `${file} cannot be written: ${problem}.`,
    remedy: "Name another file with `--out`.",
  },
});
