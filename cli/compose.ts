// `weft compose`: the supergraph of a mesh, or why there is none.
import { writeFile } from "node:fs/promises";
import { defineCommand } from "citty";
import { checking } from "./check/checking-faults.ts";
import { composeMesh } from "./check/compose-mesh.ts";
import { showFindings } from "./check/show-findings.ts";
import { foundProblems } from "./exit-status.ts";
import { meshArgument, variantArgument } from "./product/verb-arguments.ts";

export const composeCommand = defineCommand({
  meta: {
    name: "compose",
    description: `Compose a mesh: the SDL of its supergraph, and what is wrong with the whole.

  weft compose --mesh mesh.yaml --out supergraph.graphql
  weft compose --variant next > supergraph.graphql        what is wrong goes to standard error
  weft compose --json | jq '.findings'

Exit status: 0 composed; 1 the mesh could not be read; 2 it does not compose.

`,
  },
  args: {
    mesh: meshArgument,
    variant: variantArgument,
    out: {
      type: "string",
      description: "File for the supergraph's SDL; else standard output.",
      valueHint: "FILE",
    },
    json: { type: "boolean", description: "Print findings and SDL as JSON." },
  },
  run: async ({ args }) => {
    const { mesh, variant, out, json } = args;
    const { composed, texts } = await composeMesh({ mesh, variant, signal: new AbortController().signal });
    const { supergraphSdl, findings, subgraphs } = composed;
    if (!json && findings.length > 0) console.error(showFindings(findings, texts));
    if (supergraphSdl !== null && out !== undefined) await write(out, supergraphSdl);
    if (json) console.log(JSON.stringify(composed, undefined, 2));
    else if (supergraphSdl !== null)
      console.log(out === undefined ? supergraphSdl : `${subgraphs.length} subgraphs composed: ${out}`);
    if (supergraphSdl === null) process.exitCode = foundProblems;
  },
});

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((cause: Error) => {
    throw checking.OUT_UNWRITABLE({ file, problem: cause.message }, cause);
  });
}
