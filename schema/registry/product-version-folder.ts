// A version of a product as files: its schema, its contract, and `product.json` that says what they were when published.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { registering } from "./registering-faults.ts";
import type { ProductVersion } from "./registry.ts";

const schemaFile = "schema.graphql";
const contractFile = "contract.odcs.yaml";
const productFile = "product.json";

const productSchema = z.object({
  name: z.string(),
  version: z.string(),
  at: z.string(),
  by: z.string(),
  sha256: z.object({ [schemaFile]: z.string(), [contractFile]: z.string().optional() }),
});

/** Name and text of each file. */
export function writeVersion(
  { name, version, sdl, contract }: ProductVersion,
  { at, by }: { readonly at: string; readonly by: string },
): readonly (readonly [string, string])[] {
  const files: (readonly [string, string])[] = [[schemaFile, sdl]];
  if (contract !== undefined) files.push([contractFile, contract]);
  const sha256 = Object.fromEntries(files.map(([file, text]) => [file, hashOf(text)]));
  const product = { name, version, at, by, sha256 };
  return [...files, [productFile, `${JSON.stringify(product, undefined, 2)}\n`]];
}

/**
 * Undefined where the folder is not there.
 * @throws registering.VERSION_BROKEN where it is, and its files are not what was published
 */
export async function readVersion(
  folder: string,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<ProductVersion | undefined> {
  const broken = (problem: string, cause?: unknown) =>
    registering.VERSION_BROKEN({ name, version, problem }, cause);
  const read = async (file: string): Promise<string | undefined> => {
    try {
      return await readFile(join(folder, file), "utf8");
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw cause;
    }
  };
  const [product, sdl, contract] = [
    await read(productFile),
    await read(schemaFile),
    await read(contractFile),
  ];
  if (product === undefined && sdl === undefined) return undefined;
  if (product === undefined || sdl === undefined)
    throw broken(`${product === undefined ? productFile : schemaFile} is missing`);
  const parsed = productSchema.safeParse(parseJson(product));
  if (!parsed.success) throw broken(`${productFile} is not what a registry writes`);
  const { sha256, ...said } = parsed.data;
  if (said.name !== name || said.version !== version)
    throw broken(`${productFile} says that it is ${said.name} ${said.version}`);
  if (sha256[schemaFile] !== hashOf(sdl)) throw broken(`${schemaFile} was changed`);
  if (sha256[contractFile] !== (contract === undefined ? undefined : hashOf(contract)))
    throw broken(`${contractFile} was changed`);
  return { name, version, sdl, ...(contract !== undefined && { contract }) };
}

export function sameContent(one: ProductVersion, other: ProductVersion): boolean {
  return one.sdl === other.sdl && one.contract === other.contract;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
