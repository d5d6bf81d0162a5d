// Makes a product's folder of a table: read, chosen, drafted, tried, and written whole or not at all.
import { createHash } from "node:crypto";
import { copyFile, lstat, mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import getPort from "get-port";
import { stringify } from "yaml";
import { defineProduct } from "../../sdk/define-product.ts";
import { openSource } from "../../sdk/introspect/open-source.ts";
import type { Source, SourceTable } from "../../sdk/introspect/source-table.ts";
import { productSdl } from "../../sdk/sdl/product-sdl.ts";
import type { Ask } from "./ask.ts";
import { choose, type Flags } from "./choose.ts";
import { type Draft, draftProduct } from "./draft-product.ts";
import { contractFile, descriptorFile, documents } from "./files/documents.ts";
import { dockerfile, ignored, packageJson } from "./files/package-files.ts";
import { productModule } from "./files/product-module.ts";
import { readme } from "./files/readme.ts";
import { serveModule } from "./files/serve-module.ts";
import { testModule } from "./files/test-module.ts";
import { initializing } from "./initializing-faults.ts";
import { openKnownMesh } from "./known-mesh.ts";
import type { KnownMesh } from "./mesh-entity.ts";
import type { Proposal } from "./propose-references.ts";
import { tryEngine } from "./try-engine.ts";
import { linkWeft, type WeftPackage, weftPackage } from "./weft-package.ts";

export type InitOptions = {
  readonly name: string;
  /** `postgres://…/schema.table`, `file.csv` or `file.parquet`. */
  readonly from: string;
  /** Left out = `./NAME`. */
  readonly out?: string | undefined;
  readonly flags: Flags;
  /** Configuration of the mesh, or address of its gateway: left out = no reference is proposed. */
  readonly mesh?: string | undefined;
  readonly gateway?: string | undefined;
  /** Is the file copied into the folder? */
  readonly copy?: boolean | undefined;
  /** Left out = nobody is asked. */
  readonly ask?: Ask | undefined;
};

export type Initialized = {
  readonly folder: string;
  readonly name: string;
  readonly url: string;
  readonly draft: Draft;
  readonly table: SourceTable;
  readonly key: readonly string[];
  readonly proposals: readonly Proposal[];
  readonly references: readonly Proposal[];
  /** Relative to the folder. */
  readonly files: readonly string[];
  readonly weft: WeftPackage;
  /** Subgraphs of the mesh that could not be asked. */
  readonly silent: readonly string[];
};

type Options = { readonly signal: AbortSignal };

/**
 * @throws initializing.*, introspecting.*, defining.* and port.COLUMN_* where the product would not run,
 * configuring.* of the mesh's configuration. Nothing is written then.
 */
export async function initProduct(wanted: InitOptions, options: Options): Promise<Initialized> {
  const { name, from, flags, ask } = wanted;
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name)) throw initializing.INIT_NAME({ name });
  const folder = resolve(wanted.out ?? name);
  await checkFolder(folder);
  await using source = await openSource(from, options);
  const mesh = await openKnownMesh(wanted, options);
  const { proposals, silent, ...chosen } = await choose({ name, from, source, mesh, flags, ask }, options);
  const { table } = source;
  const draft = draftProduct(table, chosen);
  const port = await freePort(name, mesh);
  const weft = await weftPackage(folder);
  const url = `http://127.0.0.1:${port}/graphql`;
  const product = defineProduct({ ...draft, engine: noEngine });
  await tryEngine(product, source);
  const file = fileFrom(folder, source, wanted.copy ?? false);
  const texts = new Map([
    ["product.js", productModule(draft, table, file)],
    ["serve.js", serveModule(port)],
    ["product.test.js", testModule(draft, table.rows)],
    ["weft.yaml", weftYaml(folder, name, url, wanted.mesh)],
    ["package.json", packageJson(name, weft)],
    ["README.md", readme({ draft, table, port, file })],
    ...documents({ name, sdl: productSdl(product), url }, table.rows),
    ["Dockerfile", dockerfile(weft, port)],
    [".gitignore", ignored],
    [".dockerignore", ignored],
  ]);
  await writeFolder(
    folder,
    texts,
    weft,
    wanted.copy && table.place.kind !== "postgres" ? table.place.file : undefined,
  );
  return {
    folder,
    name,
    url,
    draft,
    table,
    key: chosen.key,
    proposals,
    references: chosen.references,
    files: [...texts.keys(), ...(file.startsWith("data/") ? [file] : [])],
    weft,
    silent,
  };
}

/** A definition is checked without its tables. */
const noEngine = () => Promise.reject(new Error("no engine"));

/** @throws initializing.INIT_FOLDER where something is there that is not an empty folder */
async function checkFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) throw initializing.INIT_FOLDER({ folder, problem: "is no folder" });
  if (found && (await readdir(folder)).length > 0)
    throw initializing.INIT_FOLDER({ folder, problem: "holds files already" });
}

/** From 4100 on, first the one that the name falls on, so that products made together listen apart. */
async function freePort(name: string, mesh: KnownMesh | undefined): Promise<number> {
  const named = new Set((mesh?.subgraphs ?? []).map(({ url }) => Number(new URL(url).port)));
  const first = createHash("sha256").update(name).digest().readUInt16BE() % portsMax;
  const wanted = Array.from({ length: portsMax }, (_, i) => 4100 + ((first + i) % portsMax));
  return getPort({ host: "127.0.0.1", port: wanted.filter((port) => !named.has(port)) });
}

const portsMax = 800;

/** With slashes, and each part as a URL has it. */
function fileFrom(folder: string, { table: { place } }: Source, copy: boolean): string {
  if (place.kind === "postgres") return "";
  const path = copy ? join("data", basename(place.file)) : relative(folder, place.file);
  return path.split(sep).map(encodeURIComponent).join("/");
}

function weftYaml(folder: string, name: string, url: string, mesh: string | undefined): string {
  const about = "# What `weft` reads of this product; docs/new-product.md tells each key.\n";
  const named = mesh === undefined ? {} : { mesh: relative(folder, resolve(mesh)) };
  const files = { module: "product.js", run: "serve.js", contract: contractFile, descriptor: descriptorFile };
  return about + stringify({ name, url, ...files, ...named });
}

/** Into a folder beside it, which takes its place when all is there. */
async function writeFolder(
  folder: string,
  texts: ReadonlyMap<string, string>,
  weft: WeftPackage,
  copied: string | undefined,
): Promise<void> {
  const draft = join(dirname(folder), `.${basename(folder)}.weft-${process.pid}`);
  try {
    await mkdir(draft, { recursive: true });
    for (const [file, text] of texts) await writeFile(join(draft, file), text, { flag: "wx" });
    if (copied !== undefined) {
      await mkdir(join(draft, "data"));
      await copyFile(copied, join(draft, "data", basename(copied)));
    }
    await linkWeft(draft, weft);
    await rmdir(folder).catch(() => {}); // only an empty one goes
    await rename(draft, folder);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
    throw initializing.INIT_FOLDER(
      { folder, problem: `cannot be written: ${(cause as Error).message}` },
      cause,
    );
  }
}
