// `weft publish`: a version of a product into the registry of its mesh.
import { defineCommand } from "citty";
import { foundProblems } from "./exit-status.ts";
import { openFolder } from "./product/open-folder.ts";
import { meshFileOf } from "./product/open-mesh.ts";
import { publisherOf } from "./product/publisher.ts";
import { folderArgument, revisionArguments, useArgument } from "./product/verb-arguments.ts";
import { lastComposed } from "./publish/last-composed.ts";
import { publishProduct } from "./publish/publish-product.ts";
import { showPublication } from "./publish/show-publication.ts";

export const publishCommand = defineCommand({
  meta: {
    name: "publish",
    description: `Publish the product in FOLDER: gateways that follow the registry take it up within seconds.

  weft publish                                check the product here with all of the mesh, and publish it
  weft publish products/orders --dry-run      only say what would be published
  weft publish --variant next --json | jq .revision
  weft publish --allow-breaking               although it breaks those who ask, or nobody can tell who does

Exit status: 0 published, or the same is published already; 1 it could not be done; 2 refused, with all that is wrong and
whom it would break.

`,
  },
  args: {
    folder: folderArgument,
    "allow-breaking": { type: "boolean", description: "Although it breaks those who ask." },
    use: useArgument,
    ...revisionArguments,
  },
  run: async ({ args }) => {
    const product = await openFolder(args.folder, { anySdl: true });
    if (process.stderr.isTTY) console.error("Checking …");
    const { composing, texts } = lastComposed();
    const publication = await publishProduct({ now: () => new Date(), composing }, product, {
      file: meshFileOf(args.mesh, product.mesh),
      variant: args.variant,
      by: await publisherOf(args.by, product.folder),
      use: args.use,
      allowBreaking: args["allow-breaking"] ?? false,
      dryRun: args["dry-run"] ?? false,
      signal: new AbortController().signal,
    });
    console.log(
      args.json ? JSON.stringify(publication, undefined, 2) : showPublication(publication, texts(product)),
    );
    if (["refused", "breaking"].includes(publication.outcome)) process.exitCode = foundProblems;
  },
});
