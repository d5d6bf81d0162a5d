// `weft contract`: the contract and the descriptor of a product, brought in step with its SDL.
import { relative } from "node:path";
import { defineCommand } from "citty";
import { showFindings } from "./check/show-findings.ts";
import { type RefreshedDocument, refreshDocuments } from "./contract/refresh-documents.ts";
import { foundProblems } from "./exit-status.ts";
import { openFolder } from "./product/open-folder.ts";
import { folderArgument } from "./product/verb-arguments.ts";

export const contractCommand = defineCommand({
  meta: {
    name: "contract",
    description: `Generate the contract and the descriptor of the product in FOLDER, or bring them back in step with its SDL.

  weft contract                        what would change, and what is wrong
  weft contract --write                change it; what the team wrote stays, with its comments
  weft contract products/orders --json | jq .contract.changes

Exit status: 0 in step, 1 it could not be done, 2 not in step (without --write), or something is wrong.

`,
  },
  args: {
    folder: folderArgument,
    write: { type: "boolean", description: "Write the files." },
    json: { type: "boolean", description: "Print the changes and the findings as JSON." },
  },
  run: async ({ args }) => {
    const { refreshed, texts } = await refreshDocuments(await openFolder(args.folder), {
      write: args.write ?? false,
    });
    const { contract, descriptor, findings, written } = refreshed;
    if (args.json) console.log(JSON.stringify(refreshed, undefined, 2));
    else {
      for (const document of [contract, descriptor]) console.log(documentText(document, written));
      if (findings.length > 0)
        console.log(
          `\n${showFindings(findings, { sdls: new Map(), sdlFiles: new Map(), documents: texts })}`,
        );
    }
    const behind = !written && contract.changes.length + descriptor.changes.length > 0;
    if (behind || findings.some(({ severity }) => severity === "error")) process.exitCode = foundProblems;
  },
});

function documentText({ file: path, isNew, changes }: RefreshedDocument, written: boolean): string {
  const file = relative(process.cwd(), path);
  if (changes.length === 0) return `${file}: in step`;
  if (isNew) return `${file}: ${written ? "written" : "would be written"}, new`;
  return [`${file}: ${written ? "changed" : "would change"}`, ...changes.map((change) => `  ${change}`)].join(
    "\n",
  );
}
