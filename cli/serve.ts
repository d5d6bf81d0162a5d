// `weft serve`: the gateway alone, on a mesh or on one supergraph.
import { defineCommand } from "citty";
import { type Config, configSchema } from "../gateway/config.ts";
import { configuring } from "../gateway/config-faults.ts";
import { type GatewaySource, startGateway } from "../gateway/main.ts";
import { askedToEnd } from "../http/listen.ts";
import { openLog } from "../http/log.ts";
import { leaveRoomToRemember } from "./lean-heap.ts";
import { logEvent } from "./log-event.ts";
import { portNumber } from "./port-number.ts";

export const serveCommand = defineCommand({
  meta: {
    name: "serve",
    description:
      "Serve the gateway: on the mesh of --config or, with --supergraph, on any Federation 2 supergraph SDL, which names its subgraphs itself.",
  },
  args: {
    config: { type: "string", description: "Mesh configuration.", default: "mesh.yaml", valueHint: "FILE" },
    supergraph: {
      type: "string",
      description: "Supergraph SDL, served as plain federation: mutations are answered.",
      valueHint: "FILE",
    },
    port: { type: "string", description: "Port to listen on; 0 = any free one.", valueHint: "N" },
    host: { type: "string", description: "Address to listen on.", valueHint: "H" },
    "admin-port": {
      type: "string",
      description: "Port of the listener for operators; 0 = any free one.",
      valueHint: "N",
    },
    subgraph: {
      type: "string",
      description: "Other addresses of subgraphs, separated by commas.",
      valueHint: "NAME=URL,…",
    },
  },
  run: async ({ args }) => {
    const { supergraph } = args;
    const source: GatewaySource = supergraph ? { kind: "supergraph", file: supergraph } : { kind: "mesh" };
    const config = supergraph ? plainConfig() : await configOf(args.config);
    await serveUntilAsked(overridden(config, args), source);
  },
});

async function serveUntilAsked(config: Config, source: GatewaySource): Promise<void> {
  if (config.cache.enabled) leaveRoomToRemember();
  const log = openLog("gateway");
  const gateway = await startGateway({ observe: (event) => logEvent(log, event) }, config, source);
  log.info(`listening at ${gateway.url}/graphql`);
  if (gateway.adminUrl) log.info(`what is remembered is shown at ${gateway.adminUrl}/`);
  log.info(`ending: ${await askedToEnd()}`);
  await gateway[Symbol.asyncDispose]();
}

/** The reader of mesh files, and of YAML, is loaded where there is such a file. */
async function configOf(file: string): Promise<Config> {
  const { readConfig } = await import("../gateway/read-config.ts");
  return readConfig(file);
}

/** What a supergraph by itself is served with: the defaults, and mutations as plain federation has them. Nothing is remembered. */
function plainConfig(): Config {
  const plain = { operation: { mutations: true }, admin: { enabled: false }, cache: { enabled: false } };
  const defaults = configSchema.omit({ subgraphs: true }).parse(plain);
  return { ...defaults, subgraphs: [] };
}

type Overrides = {
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly "admin-port"?: string | undefined;
  readonly subgraph?: string | undefined;
};

/** The configuration with what the command line says instead. @throws configuring.CONFIG_INVALID */
function overridden(config: Config, { port, host, "admin-port": adminPort, subgraph }: Overrides): Config {
  const urls = new Map((subgraph?.split(",") ?? []).map(nameAndUrl));
  for (const name of urls.keys())
    if (!config.subgraphs.some((each) => each.name === name))
      throw configuring.CONFIG_INVALID({
        problems: [`--subgraph ${name}: the mesh has no subgraph of this name`],
      });
  return {
    ...config,
    server: {
      ...config.server,
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port: portNumber("--port", port) }),
    },
    admin: {
      ...config.admin,
      ...(adminPort !== undefined && { port: portNumber("--admin-port", adminPort) }),
    },
    subgraphs: config.subgraphs.map((each) => ({ ...each, url: urls.get(each.name) ?? each.url })),
  };
}

function nameAndUrl(pair: string): readonly [string, string] {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
  if (name === undefined || url === undefined || !URL.canParse(url))
    throw configuring.CONFIG_INVALID({ problems: [`--subgraph ${pair}: write NAME=URL`] });
  return [name, url];
}
