// `weft check`: all that is wrong with a product, and whom its changes would break, before it is published.
import { defineCommand } from "citty";
import { checkFolder, type FolderCheck } from "./check/check-folder.ts";
import { showCheck } from "./check/show-check.ts";
import { foundProblems } from "./exit-status.ts";
import { folderArgument, meshArgument, useArgument, variantArgument } from "./product/verb-arguments.ts";

export const checkCommand = defineCommand({
  meta: {
    name: "check",
    description: `Check the product in FOLDER: does it compose, does it keep the laws of the mesh, and whom would it break?

  weft check                                     the product here, with all of its mesh
  weft check products/orders --variant next      with another variant
  weft check --use use.json --no-port            against a saved report of use, without trying the port
  weft check --json | jq '.findings[] | .code'

Exit status: 0 nothing is wrong; 1 it could not be checked; 2 errors, or changes that break somebody.

`,
  },
  args: {
    folder: folderArgument,
    mesh: meshArgument,
    variant: variantArgument,
    use: useArgument,
    port: {
      type: "string",
      description:
        "Where the port runs, to be tried; else the product's URL, if it answers. `--no-port`: not at all.",
      valueHint: "URL",
    },
    json: { type: "boolean", description: "Print what was found as JSON." },
  },
  run: async ({ args, rawArgs }) => {
    if (process.stderr.isTTY) console.error("Checking …");
    const { check, texts } = await checkFolder({
      folder: args.folder,
      mesh: args.mesh,
      variant: args.variant,
      use: args.use,
      port: rawArgs.includes("--no-port") ? false : args.port,
      now: new Date(),
      signal: new AbortController().signal,
    });
    console.log(args.json ? JSON.stringify(check, undefined, 2) : showCheck(check, texts));
    if (hasProblems(check)) process.exitCode = foundProblems;
  },
});

function hasProblems({ findings, verdict }: FolderCheck): boolean {
  return verdict === "breaking" || findings.some(({ severity }) => severity === "error");
}
