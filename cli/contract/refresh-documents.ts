// Brings the contract and the descriptor of a product folder in step with its SDL, and says what that changes.
import { readFile, rename, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { parseDocument } from "yaml";
import type { Finding } from "../../schema/check/finding.ts";
import { checkDocuments } from "../../schema/contract/check-documents.ts";
import { generateContract } from "../../schema/contract/generate-contract.ts";
import { generateDescriptor } from "../../schema/contract/generate-descriptor.ts";
import { readContract } from "../../schema/contract/read-contract.ts";
import type { Written } from "../../schema/contract/write-document.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { OpenedFolder } from "../product/open-folder.ts";
import { documenting } from "./documenting-faults.ts";

export type RefreshedDocument = {
  readonly file: string;
  /** Was there none before? */
  readonly isNew: boolean;
  /** Each as `path: before → after`; [] = it was in step. */
  readonly changes: readonly string[];
};

export type Refreshed = {
  readonly contract: RefreshedDocument;
  readonly descriptor: RefreshedDocument;
  /** Were the changes written? */
  readonly written: boolean;
  /** What is still wrong once they are. */
  readonly findings: readonly Finding[];
};

/** With the texts as they are to be, by file: findings are shown with their lines. */
export type Refreshing = { readonly refreshed: Refreshed; readonly texts: ReadonlyMap<string, string> };

/** What the files are called where weft.yaml does not say. */
const usualNames = { contract: "contract.odcs.yaml", descriptor: "product.odps.yaml" } as const;

/**
 * Files that weft.yaml does not name are named there once they are written.
 * @throws generating.*, documenting.DOCUMENT_FAILED
 */
export async function refreshDocuments(
  folder: OpenedFolder,
  { write }: { readonly write: boolean },
): Promise<Refreshing> {
  const files = {
    contract: folder.contractFile ?? join(folder.folder, usualNames.contract),
    descriptor: folder.descriptorFile ?? join(folder.folder, usualNames.descriptor),
  };
  const before = {
    contract: folder.contract ?? (await presentText(files.contract)),
    descriptor: folder.descriptor ?? (await presentText(files.descriptor)),
  };
  const contract = inFile(files.contract, () => generateContract(folder, folder, before.contract));
  const { contract: read } = readContract({
    subgraph: folder.name,
    file: files.contract,
    text: contract.text,
  });
  const contractId = read && read.id !== "" ? { contractId: read.id } : {};
  const descriptor = inFile(files.descriptor, () =>
    generateDescriptor(folder, contractId, before.descriptor),
  );
  if (write) {
    if (contract.changes.length > 0) await writeWhole(files.contract, contract.text);
    if (descriptor.changes.length > 0) await writeWhole(files.descriptor, descriptor.text);
    await nameFiles(folder, files);
  }
  const told = (file: string, { changes }: Written, text: string | undefined): RefreshedDocument => ({
    file,
    isNew: text === undefined,
    changes,
  });
  const { findings } = checkDocuments(folder, {
    contract: { file: files.contract, text: contract.text },
    descriptor: { file: files.descriptor, text: descriptor.text },
  });
  return {
    refreshed: {
      contract: told(files.contract, contract, before.contract),
      descriptor: told(files.descriptor, descriptor, before.descriptor),
      written: write,
      findings,
    },
    texts: new Map([
      [files.contract, contract.text],
      [files.descriptor, descriptor.text],
    ]),
  };
}

/** A fault of what is in the file, with the file's name. @throws documenting.DOCUMENT_FAILED */
function inFile(file: string, generate: () => Written): Written {
  try {
    return generate();
  } catch (failure) {
    if (failure instanceof Fault && failure.code === "DOCUMENT_UNREADABLE")
      throw documenting.DOCUMENT_FAILED({ file, problem: failure.message.replace(/\.$/, "") }, failure);
    throw failure;
  }
}

async function presentText(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw documenting.DOCUMENT_FAILED({ file, problem: cause.message }, cause);
  });
}

/** Whole or not at all. @throws documenting.DOCUMENT_FAILED */
async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    await writeFile(beside, text);
    await rename(beside, file);
  } catch (cause) {
    throw documenting.DOCUMENT_FAILED({ file, problem: (cause as Error).message }, cause);
  }
}

type Files = Readonly<Record<keyof typeof usualNames, string>>;

async function nameFiles(
  { file, folder, contractFile, descriptorFile }: OpenedFolder,
  files: Files,
): Promise<void> {
  if (contractFile !== undefined && descriptorFile !== undefined) return;
  const document = parseDocument(await readFile(file, "utf8"));
  for (const key of ["contract", "descriptor"] as const)
    if (!document.has(key)) document.set(key, within(folder, files[key]));
  await writeWhole(file, document.toString({ lineWidth: 0 }));
}

function within(folder: string, file: string): string {
  const path = relative(folder, file);
  return isAbsolute(path) ? file : path;
}
