// `weft retire`: a product out of a variant of the mesh.
import { defineCommand } from "citty";
import { foundProblems } from "./exit-status.ts";
import { meshFileHere } from "./product/mesh-file-here.ts";
import { publisherOf } from "./product/publisher.ts";
import { revisionArguments, useArgument } from "./product/verb-arguments.ts";
import { lastComposed } from "./publish/last-composed.ts";
import { retireProduct } from "./publish/retire-product.ts";
import { showRetirement } from "./publish/show-revisions.ts";

export const retireCommand = defineCommand({
  meta: {
    name: "retire",
    description: `Take the product NAME out of a variant of the mesh. Its versions stay in the registry.

  weft retire orders                  refused where others need it, or where clients were seen to ask for it
  weft retire orders --dry-run        who would be hit
  weft retire orders --force          although it is asked for; never where the rest would not compose

Exit status: 0 retired; 1 it could not be done; 2 refused, with the reasons.

`,
  },
  args: {
    name: { type: "positional", required: true, description: "Name of the subgraph.", valueHint: "NAME" },
    force: { type: "boolean", description: "Although clients ask for it." },
    use: useArgument,
    ...revisionArguments,
  },
  run: async ({ args }) => {
    const { composing, texts } = lastComposed();
    const retirement = await retireProduct(
      { now: () => new Date(), composing },
      {
        name: args.name,
        file: await meshFileHere(args.mesh),
        variant: args.variant,
        use: args.use,
        force: args.force ?? false,
        by: await publisherOf(args.by, process.cwd()),
        dryRun: args["dry-run"] ?? false,
        signal: new AbortController().signal,
      },
    );
    console.log(args.json ? JSON.stringify(retirement, undefined, 2) : showRetirement(retirement, texts()));
    if (["refused", "used"].includes(retirement.outcome)) process.exitCode = foundProblems;
  },
});
