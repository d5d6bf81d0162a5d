// A product's folder on disk, and a mesh file beside it with a registry.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openFolder } from "../../../cli/product/open-folder.ts";
import { meshDirectiveSdl, meshSchemaExtension } from "../../../schema/product/mesh-directives.ts";
import { temporaryDirectory } from "../../setup/temporary-directory.ts";

export type ProductOf = {
  readonly version?: string;
  readonly url?: string;
  /** Definitions beside the head; `@dataProduct` of `Order` is written where `PRODUCT` stands. */
  readonly types?: string;
};

const usualTypes = `
type Query {
  "One order."
  order: Order
}
"An order."
type Order @key(fields: "id") PRODUCT {
  "Its number."
  id: ID!
  "What it comes to."
  total: Int
}
`;

export function sdlOf(name: string, { version = "1.0.0", types = usualTypes }: ProductOf = {}): string {
  const product = `@dataProduct(id: "${name}", version: "${version}", domain: "shop", owner: "shop", contact: "shop@example.org") @freshness(slo: "PT1H")`;
  return `${meshDirectiveSdl}${meshSchemaExtension}${types.replaceAll("PRODUCT", product)}`;
}

export type MeshOnDisk = AsyncDisposable & {
  readonly path: string;
  readonly meshFile: string;
  readonly registryFolder: string;
  /** Writes the product's folder, or writes it anew. */
  readonly product: (name: string, product?: ProductOf) => Promise<Awaited<ReturnType<typeof openFolder>>>;
};

/** @param sections - of mesh.yaml, as JSON is YAML too */
export async function meshOnDisk(sections: Readonly<Record<string, unknown>> = {}): Promise<MeshOnDisk> {
  const directory = await temporaryDirectory();
  const { path } = directory;
  const meshFile = join(path, "mesh.yaml");
  const mesh = { registry: { folder: "registry" }, admin: { enabled: false }, ...sections };
  await writeFile(meshFile, JSON.stringify(mesh));
  return {
    path,
    meshFile,
    registryFolder: join(path, "registry"),
    product: async (name, product = {}) => {
      const folder = join(path, "products", name);
      await mkdir(folder, { recursive: true });
      const { url = `http://127.0.0.1:4001/${name}` } = product;
      const settings = { name, url, sdl: "schema.graphql", mesh: "../../mesh.yaml" };
      await writeFile(join(folder, "weft.yaml"), JSON.stringify(settings));
      await writeFile(join(folder, "schema.graphql"), sdlOf(name, product));
      return openFolder(folder);
    },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}
