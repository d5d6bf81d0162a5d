// `weft rollback`: what a variant held at an earlier revision, again.
import { defineCommand } from "citty";
import { foundProblems } from "./exit-status.ts";
import { meshFileHere } from "./product/mesh-file-here.ts";
import { publisherOf } from "./product/publisher.ts";
import { revisionArguments } from "./product/verb-arguments.ts";
import { lastComposed } from "./publish/last-composed.ts";
import { publishing } from "./publish/publishing-faults.ts";
import { rollBack } from "./publish/roll-back.ts";
import { showRollback } from "./publish/show-revisions.ts";

export const rollbackCommand = defineCommand({
  meta: {
    name: "rollback",
    description: `Make a variant of the mesh what it was at an earlier revision. That is a new revision: nothing is lost.

  weft rollback                       undo the last revision; once more undoes the one before it
  weft rollback --to 12 --dry-run     what would change
  weft rollback --to 12

Exit status: 0 rolled back, or it is so already; 1 it could not be done; 2 refused, because that does not compose today.

`,
  },
  args: {
    to: {
      type: "string",
      description: "Number of the revision; 0 = before anything was published.",
      valueHint: "N",
    },
    ...revisionArguments,
  },
  run: async ({ args }) => {
    const { composing, texts } = lastComposed();
    const rollback = await rollBack(
      { now: () => new Date(), composing },
      {
        file: await meshFileHere(args.mesh),
        variant: args.variant,
        to: args.to === undefined ? undefined : revisionNumber(args.to),
        by: await publisherOf(args.by, process.cwd()),
        dryRun: args["dry-run"] ?? false,
        signal: new AbortController().signal,
      },
    );
    console.log(args.json ? JSON.stringify(rollback, undefined, 2) : showRollback(rollback, texts()));
    if (rollback.outcome === "refused") process.exitCode = foundProblems;
  },
});

function revisionNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw publishing.ARGUMENT_INVALID({ argument: `--to ${text}`, problem: "it is no number of a revision" });
  return Number(text);
}
