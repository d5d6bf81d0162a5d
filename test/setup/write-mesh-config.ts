// Writes the demo mesh's configuration for one test: its own ports, its own state.
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { root } from "./weft-process.ts";

export type MeshConfigOptions = {
  /** Left out = all products. */
  readonly products?: readonly string[];
  /** Where a product would listen; left out = any free port. */
  readonly portOf?: (product: string) => number;
};

/** The file's path. State is kept beside it. */
export async function writeMeshConfig(
  directory: string,
  { products, portOf = () => 0 }: MeshConfigOptions = {},
): Promise<string> {
  const demo = parse(await readFile(join(root, "mesh.yaml"), "utf8"));
  const subgraphs = demo.subgraphs
    .filter(({ name }: { name: string }) => products?.includes(name) ?? true)
    .map(({ name, run }: { name: string; run: string }) => ({
      name,
      url: `http://127.0.0.1:${portOf(name)}/graphql`,
      run: resolve(root, run),
    }));
  const file = join(directory, "mesh.yaml");
  const examples = resolve(root, demo.console.examples);
  const sections = { console: { ...demo.console, examples }, admin: { ...demo.admin, port: 0 } };
  await writeFile(file, stringify({ ...demo, subgraphs, ...sections }));
  return file;
}
