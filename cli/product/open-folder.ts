// Opens a product's folder: its `weft.yaml`, the SDL of its port, and its contract.
import { readFile } from "node:fs/promises";
import { attempts } from "../../schema/compose/attempts.ts";
import { readSubgraph } from "../../schema/compose/read-subgraph.ts";
import { opening } from "./folder-faults.ts";
import { importProduct } from "./import-product.ts";
import { type NamedFolder, readFolder, whyUnread } from "./read-folder.ts";

/** A product's folder, read. Paths are absolute. */
export type OpenedFolder = {
  readonly folder: string;
  /** The folder's `weft.yaml`. */
  readonly file: string;
  /** Name of the subgraph. */
  readonly name: string;
  /** Where the port is asked. */
  readonly url: string;
  readonly sdl: string;
  /** Where the SDL stands as it is; left out = it was made from `module`. */
  readonly sdlFile?: string;
  readonly module?: string;
  /** As `@dataProduct` says, else `weft.yaml`; "0.0.0" where nothing says it. */
  readonly version: string;
  /** The `id` of `@dataProduct`. */
  readonly productId?: string;
  /** The contract, as YAML. */
  readonly contract?: string;
  readonly contractFile?: string;
  /** The descriptor, as YAML. */
  readonly descriptor?: string;
  readonly descriptorFile?: string;
  /** JavaScript file that serves the port. */
  readonly run?: string;
  /** The mesh's configuration that the folder names. */
  readonly mesh?: string;
};

/**
 * @param options.anySdl - take an SDL that cannot be read as it is, for those who tell of it themselves
 * @throws opening.FOLDER_INVALID, opening.MODULE_FAILED, opening.FOLDER_SDL, and composing.SDL_INVALID with line and column
 */
export async function openFolder(
  path = ".",
  { anySdl = false }: { readonly anySdl?: boolean } = {},
): Promise<OpenedFolder> {
  const named = await readFolder(path);
  const {
    folder,
    file,
    name,
    url,
    version = "0.0.0",
    module,
    sdl: sdlFile,
    run,
    contract,
    descriptor,
    mesh,
  } = named;
  const sdl = module === undefined ? await readSdl(sdlFile as string) : await importProduct(module, folder);
  return {
    folder,
    file,
    name,
    url,
    sdl,
    ...(module === undefined ? { sdlFile: sdlFile as string } : { module }),
    version,
    ...readIdentity(name, sdl, anySdl),
    ...(contract !== undefined && {
      contract: await readDocument(named, "contract", contract),
      contractFile: contract,
    }),
    ...(descriptor !== undefined && {
      descriptor: await readDocument(named, "descriptor", descriptor),
      descriptorFile: descriptor,
    }),
    ...(run !== undefined && { run }),
    ...(mesh !== undefined && { mesh }),
  };
}

/** @throws opening.FOLDER_INVALID */
async function readDocument(
  { file, lineOf }: NamedFolder,
  key: "contract" | "descriptor",
  path: string,
): Promise<string> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const problem = `${file}:${lineOf(key)}: ${key}: ${path}: ${whyUnread(cause)}`;
    throw opening.FOLDER_INVALID({ problems: [problem] }, cause);
  });
}

/** @throws opening.FOLDER_SDL */
async function readSdl(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw opening.FOLDER_SDL({ file, problem: whyUnread(cause) }, cause);
  });
}

/** The first entity that says which product it is of says it for the port. */
function readIdentity(
  name: string,
  sdl: string,
  anySdl: boolean,
): Partial<Pick<OpenedFolder, "version" | "productId">> {
  const { attempt } = attempts();
  const subgraph = anySdl ? attempt(() => readSubgraph(name, sdl)) : readSubgraph(name, sdl);
  const said = [...(subgraph?.types.values() ?? [])].find(({ dataProduct }) => dataProduct)?.dataProduct;
  const { id, version } = said ?? {};
  return {
    ...(typeof version === "string" && { version }),
    ...(typeof id === "string" && { productId: id }),
  };
}
