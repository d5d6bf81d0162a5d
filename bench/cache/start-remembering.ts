// Gateways on the mesh of the federation bench, its entities offered as products: without a cache, in memory, in Redis.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { federationSpecUrl, meshDirectiveSdl } from "../../schema/product/mesh-directives.ts";
import type { Mesh } from "../federation/mesh.ts";
import { type PinnedProcess, startPinned } from "../federation/pinned-process.ts";
import { type SubgraphName, sdls, subgraphNames } from "../federation/sdls.ts";

export type RememberingName = "off" | "memory" | "redis";

export type RememberingGateway = AsyncDisposable & {
  readonly name: RememberingName;
  readonly pid: number;
  readonly url: string;
  /** Says that a product's row changed; resolves when that is acknowledged. Left out = nothing is remembered. */
  readonly changed?: (upc: string) => Promise<void>;
};

/** Whose product each entity is; `inventory` adds to another's and offers one of its own besides. */
const owned: Readonly<Record<SubgraphName, string>> = {
  accounts: "User",
  products: "Product",
  reviews: "Review",
  inventory: "Depot",
};

const sloText = "PT1H";

export async function startRemembering(
  name: RememberingName,
  { urls }: Pick<Mesh, "urls">,
  redisUrl: string | undefined,
): Promise<RememberingGateway> {
  const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
  const file = (path: string) => join(directory, path);
  for (const subgraph of subgraphNames) await writeFile(file(`${subgraph}.graphql`), offered(subgraph));
  await writeFile(
    file("mesh.yaml"),
    stringify({
      subgraphs: subgraphNames.map((subgraph) => ({
        name: subgraph,
        url: urls[subgraph],
        sdl: `${subgraph}.graphql`,
      })),
      server: { port: 0 },
      admin: { enabled: false },
      console: { enabled: false },
      schema: { stateDirectory: "state" },
      cache: {
        enabled: name !== "off",
        memoryBytesMax: 268_435_456,
        ...(name === "redis" && { redis: { url: redisUrl }, copiesBytesMax: 268_435_456 }),
      },
    }),
  );
  const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const started: PinnedProcess = await startPinned(
    "gateway",
    [process.execPath, program, "serve", "--config", file("mesh.yaml")],
    { pattern: /listening at (http:\/\/[\w.:]+\/[\w]*)/, env: { NODE_ENV: "production" } },
  );
  const url = started.printed;
  await isReady(new URL("/readyz", url));
  return {
    name,
    pid: started.pid,
    url,
    ...(name !== "off" && { changed: tellChange(new URL("/events", url)) }),
    [Symbol.asyncDispose]: async () => {
      await started[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

function tellChange(url: URL): (upc: string) => Promise<void> {
  let sequence = 0;
  return async (upc) => {
    sequence++;
    const body = JSON.stringify({
      specversion: "1.0",
      type: "weft.product.changed",
      id: `products/${sequence}`,
      source: "products",
      sequence: String(sequence),
      datacontenttype: "application/json",
      data: { entity: "Product", keys: [{ upc }] },
    });
    const headers = { "content-type": "application/cloudevents+json" };
    // As any sender does: again until it is acknowledged.
    for (let attempt = 0; attempt < 100; attempt++) {
      const { status } = await fetch(url, { method: "POST", headers, body });
      if (status === 204) return;
      if (status !== 503) throw new Error(`an event was answered ${status}`);
      await new Promise((next) => setTimeout(next, 100));
    }
    throw new Error("an event was never acknowledged");
  };
}

async function isReady(url: URL): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if ((await fetch(url)).status === 200) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error("the gateway does not become ready");
}

function offered(subgraph: SubgraphName): string {
  const entity = owned[subgraph];
  const product = `@dataProduct(id: "${subgraph}", version: "1.0.0", domain: "shop", owner: "shop", contact: "shop@weft.example") @freshness(slo: "${sloText}")`;
  const link = `@link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@dataProduct", "@freshness", "@collection", "@reference"])
  @composeDirective(name: "@dataProduct") @composeDirective(name: "@freshness")`;
  const body = sdls[subgraph]
    .replace(/https:\/\/specs.apollo.dev\/federation\/v[\d.]+/, federationSpecUrl)
    .replace('"@shareable"])', `"@shareable", "@composeDirective"])\n  ${link}`)
    .replace(new RegExp(`type ${entity} (@key\\(fields: "\\w+"\\))`), `type ${entity} $1 ${product}`);
  const depot = subgraph === "inventory" ? `\ntype Depot @key(fields: "id") ${product} {\n  id: ID!\n}` : "";
  return `${body}${depot}\n${meshDirectiveSdl}`;
}
