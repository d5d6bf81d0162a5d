// Starts the products and the gateway, on free ports where the usual ones are taken, and waits until all answer.
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { z } from "zod";
import type { Config } from "../../gateway/config.ts";
import { type Child, startChild } from "./child.ts";
import { linePrinter } from "./print-line.ts";

export type StartMeshOptions = { readonly config: Config; readonly file: string; readonly port: number };

export type RunningMesh = AsyncDisposable & {
  /** The gateway's address once every product answers; undefined when the mesh was ended before. */
  readonly ready: Promise<string | undefined>;
  /** Of the gateway's listener for operators; undefined where it has none. */
  readonly adminUrl: string | undefined;
};

export async function startMesh({ config, file, port }: StartMeshOptions): Promise<RunningMesh> {
  const products = config.subgraphs.filter(({ run }) => run !== undefined);
  const width = Math.max("gateway".length, ...products.map(({ name }) => name.length));
  const print = linePrinter(width, (line) => console.log(line));
  const children: Child[] = [];
  const addresses: string[] = [];
  for (const { name, url, run } of products) {
    const address = new URL(url);
    address.port = String(await freePort(Number(address.port), address.hostname));
    addresses.push(`${name}=${address}`);
    const env = { HOST: address.hostname, PORT: address.port };
    children.push(startChild({ name, module: run as string, args: [], env, print }));
  }
  const gatewayPort = await freePort(port, config.server.host);
  const { admin } = config;
  const adminPort = admin.enabled ? await freePort(admin.port, admin.host) : undefined;
  const overrides = [
    ...(adminPort === undefined ? [] : ["--admin-port", String(adminPort)]),
    ...(addresses.length > 0 ? ["--subgraph", addresses.join(",")] : []),
  ];
  children.push(
    startChild({
      name: "gateway",
      module: fileURLToPath(new URL("../main.js", import.meta.url)),
      args: ["serve", "--config", file, "--port", String(gatewayPort), ...overrides],
      env: {},
      print,
    }),
  );
  const ending = new AbortController();
  return {
    adminUrl: adminPort === undefined ? undefined : `http://${admin.host}:${adminPort}`,
    ready: waitUntilReady(`http://${config.server.host}:${gatewayPort}`, print, ending.signal),
    [Symbol.asyncDispose]: async () => {
      ending.abort();
      await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));
    },
  };
}

/** The port itself where it is free, else the next free one, else any. */
function freePort(port: number, host: string): Promise<number> {
  const wanted = Array.from({ length: 50 }, (_, i) => port + i).filter((each) => each <= 65_535);
  return port === 0 ? getPort({ host }) : getPort({ host, port: wanted });
}

const readiness = z.object({
  ready: z.boolean(),
  subgraphs: z.array(z.object({ name: z.string(), status: z.string() })),
});

async function waitUntilReady(
  url: string,
  print: (name: string, line: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const startedMs = performance.now();
  for (let tick = 1; !signal.aborted; tick++) {
    const waitingFor = await notReady(url);
    if (waitingFor.length === 0) return url;
    const seconds = Math.round((performance.now() - startedMs) / 1_000);
    if (tick % 8 === 0) print("weft", `waiting for ${waitingFor.join(", ")} (${seconds} s)`);
    await sleep(250, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

async function notReady(url: string): Promise<readonly string[]> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    const { ready, subgraphs } = readiness.parse(await answer.json());
    const missing = subgraphs.filter(({ status }) => status !== "live").map(({ name }) => name);
    return ready || missing.length > 0 ? missing : ["the supergraph"];
  } catch {
    return ["the gateway"];
  }
}
