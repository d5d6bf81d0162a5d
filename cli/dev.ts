// `weft dev`: my product with the mesh, restarted at each save.
import { existsSync } from "node:fs";
import { defineCommand } from "citty";
import { askedToEnd } from "../http/listen.ts";
import { devLine } from "./dev/dev-line.ts";
import { startDev } from "./dev/start-dev.ts";
import { portNumber } from "./port-number.ts";
import { meshFileOf } from "./product/open-mesh.ts";
import { readFolder } from "./product/read-folder.ts";
import { folderArgument, meshArgument, variantArgument } from "./product/verb-arguments.ts";

export const devCommand = defineCommand({
  meta: {
    name: "dev",
    description: `Run the product in FOLDER together with its mesh: edit, save, ask again.

  weft dev                                 the product here, with the mesh that weft.yaml names
  weft dev lounges --mesh ../mesh.yaml     another folder, another mesh
  weft dev --json | jq .kind               each event as a line of JSON

A gateway of its own follows the mesh as its gateways do, with the product here in the place of a published one. Where the
mesh does not compose with what was saved, or the port does not start, it says why, and the last good one goes on.
Without a mesh the product is alone. Ctrl-C ends all that it started.

Exit status: 0 ended, 1 it could not begin.

`,
  },
  args: {
    folder: folderArgument,
    mesh: meshArgument,
    variant: variantArgument,
    port: {
      type: "string",
      description: "Port of the gateway. Default 4400 or the next that is free.",
      valueHint: "N",
    },
    json: { type: "boolean", description: "Print each event as a line of JSON." },
  },
  run: async ({ args }) => {
    const product = await readFolder(args.folder);
    const mesh = meshFileOf(args.mesh, product.mesh);
    const named = args.mesh ?? (process.env.WEFT_MESH || product.mesh);
    const asked = askedToEnd();
    const dev = await startDev({
      product,
      mesh: named !== undefined || existsSync(mesh) ? mesh : undefined,
      variant: args.variant,
      port: args.port === undefined ? undefined : portNumber("--port", args.port),
      observe: (event) => {
        const line = args.json ? JSON.stringify(event) : devLine(event, product.name);
        if (line !== undefined) console.log(line);
      },
    });
    await asked;
    await dev[Symbol.asyncDispose]();
  },
});
