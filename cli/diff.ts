// `weft diff`: what differs between two versions of a product, and whom each difference hits.
import { defineCommand } from "citty";
import { diffFolder } from "./check/diff-folder.ts";
import { showChanges } from "./check/show-changes.ts";
import { foundProblems } from "./exit-status.ts";
import { folderArgument, meshArgument, useArgument, variantArgument } from "./product/verb-arguments.ts";

export const diffCommand = defineCommand({
  meta: {
    name: "diff",
    description: `Show what differs between two versions of the product in FOLDER, and whom each difference hits.

  weft diff                                     what is published, and what is here
  weft diff --from 1.2.0 --to 2.0.0             two published versions
  weft diff products/orders --use use.json --json | jq '.changes[] | select(.verdict == "breaking")'

Exit status: 0 nothing breaks; 1 they could not be compared; 2 changes that break somebody.

`,
  },
  args: {
    folder: folderArgument,
    from: { type: "string", description: "A published version; else the variant's.", valueHint: "VERSION" },
    to: {
      type: "string",
      description: "A published version, or `working copy`, which it is where it is left out.",
      valueHint: "VERSION",
    },
    mesh: meshArgument,
    variant: variantArgument,
    use: useArgument,
    json: { type: "boolean", description: "Print the differences as JSON." },
  },
  run: async ({ args }) => {
    const { folder, from, to, mesh, variant, use } = args;
    const signal = new AbortController().signal;
    const diff = await diffFolder({ folder, from, to, mesh, variant, use, now: new Date(), signal });
    const { name, changes, verdict, nextVersion } = diff;
    const title = `${name} ${diff.from} → ${diff.to}: ${changes.length} changes, ${verdict}.`;
    const text =
      changes.length === 0
        ? `${name}: ${diff.from} and ${diff.to} offer the same.`
        : `${showChanges(changes)}\n\n${title} The version to publish is ${nextVersion} or higher.`;
    console.log(args.json ? JSON.stringify(diff, undefined, 2) : text);
    if (verdict === "breaking") process.exitCode = foundProblems;
  },
});
