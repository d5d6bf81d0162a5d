// `weft history`: the revisions of a variant of the mesh.
import { defineCommand } from "citty";
import { meshFileHere } from "./product/mesh-file-here.ts";
import { meshArgument, variantArgument } from "./product/verb-arguments.ts";
import { publishing } from "./publish/publishing-faults.ts";
import { readHistory } from "./publish/read-history.ts";
import { showHistory } from "./publish/show-revisions.ts";

const limitMax = 10_000;

export const historyCommand = defineCommand({
  meta: {
    name: "history",
    description: `Show the revisions of a variant of the mesh, the newest first: who published what, and when.

  weft history
  weft history --variant next --limit 5 --json | jq '.revisions[0].products'

Exit status: 0 shown; 1 the registry could not be read.

`,
  },
  args: {
    limit: { type: "string", description: "Most revisions.", default: "20", valueHint: "N" },
    mesh: meshArgument,
    variant: variantArgument,
    json: { type: "boolean", description: "Print one JSON document." },
  },
  run: async ({ args }) => {
    const limit = /^\d{1,5}$/.test(args.limit) ? Number(args.limit) : 0;
    if (limit < 1 || limit > limitMax)
      throw publishing.ARGUMENT_INVALID({
        argument: `--limit ${args.limit}`,
        problem: `it is no number from 1 to ${limitMax}`,
      });
    const history = await readHistory({
      file: await meshFileHere(args.mesh),
      variant: args.variant,
      limit,
      signal: new AbortController().signal,
    });
    console.log(args.json ? JSON.stringify(history, undefined, 2) : showHistory(history));
  },
});
