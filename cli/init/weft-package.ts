// The `weft` that runs: how a new package depends on it, and how it is found there without a download.
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject } from "../../schema/product/is-object.ts";

export type WeftPackage = {
  /** Folder of its package.json. */
  readonly root: string;
  /** Did npm fetch it from a registry? */
  readonly published: boolean;
  /** What package.json names under `dependencies`: `^0.1.0`, or `file:` and the way from the folder. */
  readonly dependency: string;
};

/** As a package in `folder` depends on it. */
export async function weftPackage(folder: string): Promise<WeftPackage> {
  const root = packageRoot(dirname(fileURLToPath(import.meta.url)));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const published = await isPublished(root);
  return { root, published, dependency: published ? `^${version}` : `file:${relative(folder, root)}` };
}

function packageRoot(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageRoot(dirname(folder));
}

/** What npm wrote down of the installation. A checkout, a tarball and a link come from no registry. */
async function isPublished(root: string): Promise<boolean> {
  const installed = dirname(root);
  if (basename(installed) !== "node_modules") return false;
  try {
    const lock: unknown = JSON.parse(await readFile(join(installed, ".package-lock.json"), "utf8"));
    const entry =
      isObject(lock) && isObject(lock.packages) ? lock.packages[`node_modules/${basename(root)}`] : undefined;
    return isObject(entry) && /^https?:/.test(String(entry.resolved));
  } catch {
    return false;
  }
}

/**
 * Links `node_modules/weft` of the folder to the one that runs, as `npm install` does for `file:`, and lets `npx weft` find its
 * command there: else npx would look for a package of that name elsewhere.
 */
export async function linkWeft(folder: string, { root }: WeftPackage): Promise<void> {
  const modules = join(folder, "node_modules");
  const { bin } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await mkdir(join(modules, ".bin"), { recursive: true });
  await symlink(root, join(modules, "weft"), "junction");
  const command = `#!/bin/sh\nexec node "$(dirname "$0")/../weft/${bin.weft}" "$@"\n`;
  await writeFile(join(modules, ".bin", "weft"), command, { mode: 0o755 });
}
