// `weft test`: the quality rules of a product's contract, on its live port.
import { defineCommand } from "citty";
import { askedToEnd } from "../http/listen.ts";
import { declaredIn } from "../schema/contract/generate-contract.ts";
import { readContract } from "../schema/contract/read-contract.ts";
import { type FindingTexts, showFindings } from "./check/show-findings.ts";
import { foundProblems } from "./exit-status.ts";
import { gatewayOfMesh } from "./product/gateway-of-mesh.ts";
import { type OpenedFolder, openFolder } from "./product/open-folder.ts";
import { meshFileOf } from "./product/open-mesh.ts";
import { folderArgument, meshArgument, variantArgument } from "./product/verb-arguments.ts";
import { problemsIn, qualityTable } from "./test/quality-table.ts";
import { openPort } from "./test/running-port.ts";
import { secondsOf } from "./test/seconds.ts";
import { sendReport } from "./test/send-report.ts";
import { testProduct } from "./test/test-product.ts";
import { testing } from "./test/testing-faults.ts";

export const testCommand = defineCommand({
  meta: {
    name: "test",
    description: `Run the quality rules of the product in FOLDER on its live port, by GraphQL alone, and the test kit on the port.

  weft test                                    the port at \`url\` of weft.yaml, or one started by its \`run\`
  weft test products/orders --no-port          the quality rules alone
  weft test --json | jq '.rules[] | select(.outcome != "passed")'
  weft test --report                           and let the gateway keep the results

What reaches into other products is asked of the gateway.

Exit status: 0 all rules of severity error passed, 1 it could not be done, 2 a rule failed or could not be run.

`,
  },
  args: {
    folder: folderArgument,
    mesh: meshArgument,
    variant: variantArgument,
    gateway: { type: "string", description: "GraphQL of the gateway; else the mesh's.", valueHint: "URL" },
    port: {
      type: "boolean",
      default: true,
      description: "Run the test kit on the port.",
      negativeDescription: "Leave the test kit out.",
    },
    timeout: { type: "string", default: "30", description: "Seconds for each question.", valueHint: "S" },
    report: { type: "boolean", description: "Give the report to the gateway, which keeps the last one." },
    admin: {
      type: "string",
      description: "The gateway's admin listener; else the mesh's.",
      valueHint: "URL",
    },
    json: { type: "boolean", description: "Print the report as JSON." },
  },
  run: async ({ args }) => {
    const folder = await openFolder(args.folder);
    const declared = declaredIn(folder);
    const read = contractOf(folder);
    if (read?.findings.length) console.error(showFindings(read.findings, textsOf(folder)));
    const gateway = await gatewayOfMesh({
      file: meshFileOf(args.mesh, folder.mesh),
      named: Boolean(args.mesh || process.env.WEFT_MESH || folder.mesh),
      variant: args.variant,
    });
    const ending = new AbortController();
    const { signal } = ending;
    void askedToEnd().then((by) => ending.abort(testing.INTERRUPTED({ by })));
    const say = (step: string) => process.stderr.isTTY && console.error(`${step} …`);
    await using port = await openPort(folder, { signal, begins: say });
    const { report, told, failedChecks } = await testProduct(
      {
        declared,
        contract: read?.contract,
        portUrl: port.url,
        gatewayUrl: args.gateway ?? gateway?.graphql,
      },
      {
        signal,
        begins: say,
        timeoutMs: secondsOf("--timeout", args.timeout) * 1_000,
        kitBudgetMs: args.port ? kitBudgetMs : undefined,
      },
    );
    if (args.json) console.log(JSON.stringify(report, undefined, 2));
    else console.log(qualityTable(report, told));
    for (const { collection, name, detail = "", question = "" } of args.json ? [] : failedChecks)
      console.log(`\nport.${collection}.${name}\n${[question, detail].join("\n").replace(/^/gm, "  ")}`);
    if (problemsIn(report).length > 0 || read?.findings.length) process.exitCode = foundProblems;
    if (args.report) await sendReport(adminUrl(args.admin ?? gateway?.admin), report);
  },
});

/** Time for the test kit's checks of all collections. */
const kitBudgetMs = 300_000;

function contractOf({
  name,
  contract,
  contractFile,
}: OpenedFolder): ReturnType<typeof readContract> | undefined {
  if (contract === undefined) return undefined;
  return readContract({ subgraph: name, file: contractFile ?? "the contract", text: contract });
}

function textsOf({ contract = "", contractFile = "" }: OpenedFolder): FindingTexts {
  return { sdls: new Map(), sdlFiles: new Map(), documents: new Map([[contractFile, contract]]) };
}

/** @throws testing.REPORT_REFUSED */
function adminUrl(url: string | undefined): string {
  if (url !== undefined) return url;
  throw testing.REPORT_REFUSED({ url: "(nowhere)", problem: "no mesh with an admin listener is named" });
}
