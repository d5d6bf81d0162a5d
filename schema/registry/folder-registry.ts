// The registry as a folder of files, fit for git: versions never change, and revisions are only added.
import { randomUUID } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../product/fault.ts";
import { highestFirst, isVersion } from "../product/version.ts";
import { readVersion, sameContent, writeVersion } from "./product-version-folder.ts";
import { registering } from "./registering-faults.ts";
import type { ProductVersion, Registry, Revision, RevisionDraft } from "./registry.ts";
import { type RegistryFiles, registryFiles } from "./registry-files.ts";
import { checkDraft, checkName, checkVariant, checkVersion } from "./registry-names.ts";
import { readRevision, writeRevision } from "./revision-document.ts";

/** Drafts of others that are older were left by a process that died. */
const draftMs = 600_000;

/** git must not turn line ends: a version is what was published, byte for byte. */
const attributes = "* -text\n";

/**
 * `products/<name>/<version>/` and `variants/<variant>/<number>.json` in the folder. It is made at the first publishing.
 *
 * A version is written in a draft folder that is then renamed; a revision is written as a draft that is then linked to its
 * name, which only one can get. Each is synced before it gets its name. So a reader sees a thing whole or not at all, and a
 * process that dies leaves a draft at most, which is swept by a later publishing.
 */
export function openFolderRegistry(
  { files = registryFiles, now = Date.now }: { readonly files?: RegistryFiles; readonly now?: () => number },
  folder: string,
): Registry {
  const drafts = join(folder, ".drafts");
  const versionFolder = (name: string, version: string) =>
    join(folder, "products", checkName(name), checkVersion(version));
  const variantFolder = (variant: string) => join(folder, "variants", checkVariant(variant));

  const numbers = async (variant: string): Promise<readonly number[]> =>
    (await namesIn(variantFolder(variant)))
      .flatMap((file) => (/^\d{6,15}\.json$/.test(file) ? [Number.parseInt(file, 10)] : []))
      .filter((number) => number > 0)
      .sort((one, other) => other - one);
  const newest = async (variant: string) => (await numbers(variant))[0] ?? 0;
  const revision = async (variant: string, number: number): Promise<Revision> => {
    try {
      const text = await readFile(join(variantFolder(variant), revisionFile(number)), "utf8");
      return readRevision(JSON.parse(text), variant, number);
    } catch (cause) {
      const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
      if (!isMissing && !(cause instanceof SyntaxError)) throw cause;
      const problem = isMissing ? "it is not there" : "it is no JSON";
      throw registering.REVISION_BROKEN({ variant, number, problem }, cause);
    }
  };

  const addAttributes = async (draft: string) => {
    const name = ".gitattributes";
    if ((await namesIn(folder)).includes(name)) return;
    await files.writeFile(join(draft, name), attributes);
    await files.nameFile(join(draft, name), join(folder, name)).catch(unlessTaken);
  };

  const addVersion = async (draft: string, adds: ProductVersion, made: { at: string; by: string }) => {
    const target = versionFolder(adds.name, adds.version);
    const taken = async () => {
      const known = await readVersion(target, adds);
      if (known && !sameContent(known, adds)) throw registering.VERSION_TAKEN(adds);
      return known !== undefined;
    };
    if (await taken()) return;
    const written = join(draft, "version");
    await files.makeFolder(written);
    for (const [name, text] of writeVersion(adds, made)) await files.writeFile(join(written, name), text);
    await files.settle(written);
    await files.makeFolder(join(folder, "products", adds.name));
    await files.settle(folder);
    await files.settle(join(folder, "products"));
    try {
      await files.moveFolder(written, target);
    } catch (cause) {
      if (!isTaken(cause) || !(await taken())) throw cause;
    }
    await files.settle(join(folder, "products", adds.name));
  };

  const addRevision = async (draft: string, { after, adds: _, ...rest }: RevisionDraft) => {
    const { variant } = rest;
    if ((await newest(variant)) !== after) throw registering.REGISTRY_MOVED({ variant, after });
    const added: Revision = { ...rest, number: after + 1 };
    const written = join(draft, "revision.json");
    await files.writeFile(written, writeRevision(added));
    await files.makeFolder(variantFolder(variant));
    await files.settle(folder);
    await files.settle(join(folder, "variants"));
    try {
      await files.nameFile(written, join(variantFolder(variant), revisionFile(added.number)));
    } catch (cause) {
      if (isTaken(cause)) throw registering.REGISTRY_MOVED({ variant, after }, cause);
      throw cause;
    }
    await files.settle(variantFolder(variant));
    return added;
  };

  const sweep = async () => {
    for (const name of await namesIn(drafts)) {
      const made = await stat(join(drafts, name)).catch(() => undefined);
      if (made && now() - made.mtimeMs > draftMs) await files.remove(join(drafts, name));
    }
  };

  /** What the file system says, as a fault that names the place. */
  const use = async <T>({ signal }: { readonly signal: AbortSignal }, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof Fault) throw cause;
      throw registering.REGISTRY_UNREACHABLE({ place: folder, problem: (cause as Error).message }, cause);
    }
  };

  return {
    place: folder,
    newest: (variant, options) => use(options, () => newest(variant)),
    revision: (variant, number, options) => use(options, () => revision(variant, number)),
    head: (variant, options) =>
      use(options, async () => {
        const number = await newest(variant);
        return number === 0 ? undefined : revision(variant, number);
      }),
    history: (variant, { limit, signal }) =>
      use({ signal }, async () => {
        const read: Revision[] = [];
        for (const number of await numbers(variant)) {
          if (read.length === limit) break;
          const one = await revision(variant, number).catch(unlessBroken);
          if (one) read.push(one);
        }
        return read;
      }),
    version: (name, version, options) =>
      use(options, () => readVersion(versionFolder(name, version), { name, version })),
    versions: (name, options) =>
      use(options, async () => {
        const names = await namesIn(join(folder, "products", checkName(name)));
        return highestFirst(names.filter(isVersion));
      }),
    append: (draft, options) =>
      use(options, async () => {
        checkDraft(draft);
        const writing = join(drafts, randomUUID());
        await files.makeFolder(writing);
        try {
          await addAttributes(writing);
          if (draft.adds) await addVersion(writing, draft.adds, draft);
          const added = await addRevision(writing, draft);
          await sweep().catch(() => {}); // what is left over harms nobody
          return added;
        } finally {
          await files.remove(writing).catch(() => {});
        }
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}

function revisionFile(number: number): string {
  return `${String(number).padStart(6, "0")}.json`;
}

/** Of a folder that is not there: none. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw cause;
  }
}

function isTaken(cause: unknown): boolean {
  return ["EEXIST", "ENOTEMPTY"].includes((cause as NodeJS.ErrnoException).code ?? "");
}

function unlessTaken(cause: unknown): void {
  if (!isTaken(cause)) throw cause;
}

function unlessBroken(cause: unknown): undefined {
  if (!(cause instanceof Fault && cause.code === "REVISION_BROKEN")) throw cause;
}
