// Imports a product's module and writes its SDL. What goes wrong is told with file and line, not with a stack.
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Product } from "../../sdk/product.ts";
import { productSdl } from "../../sdk/sdl/product-sdl.ts";
import { opening } from "./folder-faults.ts";

/**
 * The SDL of the `product` that the module exports. Its code runs in this process, once.
 * @throws opening.MODULE_FAILED with file and line of the first place in `folder` that the failure names
 */
export async function importProduct(module: string, folder: string): Promise<string> {
  if (!(await stat(module).catch(() => undefined))?.isFile())
    throw opening.MODULE_FAILED({ place: module, problem: "there is no such file" });
  const exported: { readonly product?: unknown } = await import(pathToFileURL(module).href).catch(
    async (cause: unknown) => {
      const place = placeIn(folder, stackOf(cause)) ?? (await placeOfSyntax(module, folder, cause)) ?? module;
      throw opening.MODULE_FAILED({ place, problem: messageOf(cause) }, cause);
    },
  );
  if (!isProduct(exported.product))
    throw opening.MODULE_FAILED({
      place: module,
      problem:
        exported.product === undefined
          ? "it exports no `product`"
          : "its `product` is not made by `defineProduct`",
    });
  return productSdl(exported.product);
}

/** It may be made by another copy of the SDK than ours, so its class says nothing. */
function isProduct(value: unknown): value is Product {
  const { entities, neighbours } = (value ?? {}) as Partial<Product>;
  return entities instanceof Map && neighbours instanceof Map;
}

/** `file:line:column` of the first place in the folder, its packages left out. */
function placeIn(folder: string, stack: string): string | undefined {
  for (const [, url = "", at = ""] of stack.matchAll(
    /(file:\/\/[^\s)]+?\.[cm]?js)[^\s:)]*:(\d+(?::\d+)?)/g,
  )) {
    const file = fileURLToPath(url);
    if (file.startsWith(`${folder}/`) && !file.includes("/node_modules/")) return `${file}:${at}`;
  }
  return undefined;
}

/** A syntax error that is caught does not say where it is; one that ends a process does. */
async function placeOfSyntax(module: string, folder: string, cause: unknown): Promise<string | undefined> {
  if (!(cause instanceof SyntaxError)) return undefined;
  const importing = `await import(${JSON.stringify(pathToFileURL(module).href)})`;
  const options = { cwd: folder, timeout: 10_000 };
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ["--input-type=module", "-e", importing], options, (_, __, stderr) =>
      resolve(stderr),
    );
  });
  return placeIn(folder, said);
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? "") : "";
}

/** The first line, which is the message; of a failure that is no error, what was thrown. */
function messageOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return (message.split("\n")[0] ?? "").replace(/\.$/, "");
}
