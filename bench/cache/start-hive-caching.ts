// Hive Gateway with its own response cache, on the same mesh as plain federation.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mesh } from "../federation/mesh.ts";
import { startHive } from "../federation/start-hive.ts";
import type { Asked } from "./measure-remembering.ts";

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
  const started = await startHive(supergraphFile, ["--config-path", config]);
  return {
    name: "hive",
    pid: started.pid,
    url: started.printed,
    [Symbol.asyncDispose]: async () => {
      await started[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}
