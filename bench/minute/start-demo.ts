// The demo mesh with a registry: the airports, the places, and a gateway that follows what is published.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import getPort from "get-port";
import { stringify } from "yaml";
import { root, weftProcess } from "../../test/setup/weft-process.ts";

export type Demo = AsyncDisposable & {
  /** Its mesh.yaml. */
  readonly mesh: string;
  /** The gateway's GraphQL. */
  readonly url: string;
};

/** In an empty folder. */
export async function startDemo(folder: string): Promise<Demo> {
  const names = ["airports", "places"];
  const ports = await Promise.all([...names, "gateway"].map(() => getPort({ host: "127.0.0.1" })));
  const subgraphs = names.map((name, i) => ({
    name,
    url: `http://127.0.0.1:${ports[i]}/graphql`,
    run: join(root, "dist", "subgraphs", name, "main.js"),
  }));
  const mesh = join(folder, "mesh.yaml");
  const closed = { admin: { enabled: false }, console: { enabled: false } };
  const config = { subgraphs, registry: { folder: "registry" }, server: { port: ports.at(-1) }, ...closed };
  await writeFile(mesh, stringify(config));
  const process = weftProcess(["up", "--config", mesh]);
  try {
    const [, url] = await process.said(/^Weft is ready at (\S+)$/, 60_000);
    return { mesh, url: `${url}/graphql`, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
  } catch (failure) {
    await process[Symbol.asyncDispose]();
    throw failure;
  }
}
