// `weft up`: the whole mesh on one machine, each product and the gateway a process of its own.
import { defineCommand } from "citty";
import { readConfig } from "../gateway/read-config.ts";
import { askedToEnd } from "../http/listen.ts";
import { startMesh } from "./mesh/start-mesh.ts";
import { portNumber } from "./port-number.ts";

export const upCommand = defineCommand({
  meta: {
    name: "up",
    description: "Run every product of the mesh that has a `run`, and the gateway, until Ctrl-C.",
  },
  args: {
    config: { type: "string", description: "Mesh configuration.", default: "mesh.yaml", valueHint: "FILE" },
  },
  run: async ({ args }) => {
    const config = await readConfig(args.config);
    const wanted = process.env.WEFT_PORT;
    const port = wanted ? portNumber("WEFT_PORT", wanted) : config.server.port;
    const mesh = await startMesh({ config, file: args.config, port });
    const asked = askedToEnd();
    const ready = mesh.ready.then((url) => {
      if (url === undefined) return;
      console.log(`\nWeft is ready at ${url}`);
      console.log(mesh.adminUrl ? `What it remembers is shown at ${mesh.adminUrl}\n` : "");
    });
    await asked;
    await mesh[Symbol.asyncDispose]();
    await ready;
  },
});
