// Reads a product folder's `weft.yaml`; nothing of the product runs.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readYaml } from "../../gateway/read-yaml.ts";
import { opening } from "./folder-faults.ts";
import { type ProductFolder, productFolderSchema } from "./product-folder.ts";

/** `weft.yaml`, with absolute paths. */
export type NamedFolder = ProductFolder & {
  readonly folder: string;
  /** The folder's `weft.yaml`. */
  readonly file: string;
  /** Line of a key of the file. */
  readonly lineOf: (key: keyof ProductFolder) => number;
};

const paths = ["module", "sdl", "run", "contract", "descriptor", "mesh"] as const;

/** @throws opening.FOLDER_INVALID with every problem and its line */
export async function readFolder(path = "."): Promise<NamedFolder> {
  const folder = resolve(path);
  const file = join(folder, "weft.yaml");
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw opening.FOLDER_INVALID({ problems: [`${file}: ${whyUnread(cause)}`] }, cause);
  });
  const read = readYaml(text, file, productFolderSchema);
  if (read.kind === "wrong") throw opening.FOLDER_INVALID({ problems: read.problems });
  const absolute = paths.flatMap((key) => {
    const relative = read.value[key];
    return relative === undefined ? [] : [[key, resolve(folder, relative)] as const];
  });
  const lines = text.split("\n");
  const lineOf = (key: string) => lines.findIndex((line) => line.startsWith(`${key}:`)) + 1 || 1;
  return { ...read.value, ...Object.fromEntries(absolute), folder, file, lineOf };
}

/** Why a file cannot be read, in words. */
export function whyUnread({ code, message }: NodeJS.ErrnoException): string {
  return code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
}
