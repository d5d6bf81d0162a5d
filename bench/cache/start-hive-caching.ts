// Hive Gateway with its own response cache, on the same mesh as plain federation.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import type { Mesh } from "../federation/mesh.ts";
import { startPinned } from "../federation/pinned-process.ts";
import type { Asked } from "./measure-remembering.ts";

const program = fileURLToPath(
  new URL("../federation/hive/node_modules/@graphql-hive/gateway/dist/bin.js", import.meta.url),
);

/** Whole answers for an hour, one session for all callers who send no header. */
const configuration = `export const gatewayConfig = {
  responseCaching: { session: (request) => request.headers.get("authorization"), ttl: 3_600_000 },
};
`;

/** It hears of no changes: what it saves is what it would save if no row ever changed. */
export async function startHiveCaching({ supergraphFile }: Mesh): Promise<Asked & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), "weft-bench-"));
  const config = join(directory, "gateway.config.mjs");
  await writeFile(config, configuration);
  const port = await getPort();
  const flags = ["--host", "127.0.0.1", "--port", String(port), "--config-path", config];
  const started = await startPinned(
    "gateway",
    [process.execPath, program, "supergraph", supergraphFile, ...flags],
    {
      pattern: /(Listening|listening|Starting|Serving)/,
      env: { NODE_ENV: "production", POLLING: "1h" },
    },
  );
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilAnswering(url);
  return {
    name: "hive",
    pid: started.pid,
    url,
    [Symbol.asyncDispose]: async () => {
      await started[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

async function untilAnswering(url: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query: "{ __typename }" });
  for (let attempt = 0; attempt < 100; attempt++) {
    const isAnswering = await fetch(url, { method: "POST", headers, body }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswering) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error("Hive Gateway does not answer");
}
