// Checks the product in a folder against its mesh, and against the port where it runs.
import { existsSync } from "node:fs";
import { type CheckedProduct, checkProduct, type ProductCheck } from "../../schema/check/check-product.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { attempts } from "../../schema/compose/attempts.ts";
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import { readDeclared } from "../../schema/contract/declared-product.ts";
import { type OpenedFolder, openFolder } from "../product/open-folder.ts";
import { meshFileOf, type OpenedMesh, openMesh } from "../product/open-mesh.ts";
import { readUse } from "../product/read-use.ts";
import type { FindingTexts } from "./show-findings.ts";
import { type TriedPort, tryPort } from "./try-port.ts";

export type CheckQuestion = {
  readonly folder: string;
  readonly mesh?: string | undefined;
  readonly variant?: string | undefined;
  /** A report of use: a file or a URL. */
  readonly use?: string | undefined;
  /** Where the port runs; left out = the product's URL, if it answers there; false = it is not tried. */
  readonly port?: string | false | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
};

/** What a check found; the document that `--json` prints. */
export type FolderCheck = Pick<ProductCheck, "findings" | "changes" | "verdict" | "nextVersion"> & {
  readonly product: { readonly name: string; readonly version: string; readonly url: string };
  /** null = no mesh is named: the product was checked by itself. */
  readonly mesh: { readonly file: string; readonly variant: string; readonly subgraphs: number } | null;
  /** Version of what the mesh has; null = nothing of it is published or configured. */
  readonly published: string | null;
  readonly use:
    | { readonly kind: "known"; readonly from: string; readonly since: string }
    | { readonly kind: "unknown"; readonly why: string };
  readonly port: TriedPort;
};

const portBudgetMs = 60_000;

/** @throws opening.*, meshing.*, registering.*, configuring.* */
export async function checkFolder(question: CheckQuestion): Promise<{
  readonly check: FolderCheck;
  readonly texts: FindingTexts;
}> {
  const { signal, now } = question;
  const folder = await openFolder(question.folder, { anySdl: true });
  const surroundings = await readSurroundings(question, folder);
  const { name, version, url, sdl, contract, contractFile, descriptor, descriptorFile } = folder;
  const checked = checkProduct({
    mine: { name, url, sdl, version },
    ...surroundings.product,
    ...(contract !== undefined &&
      contractFile !== undefined && { contract: { file: contractFile, text: contract } }),
    ...(descriptor !== undefined &&
      descriptorFile !== undefined && { descriptor: { file: descriptorFile, text: descriptor } }),
    now,
  });
  const trial =
    question.port === false
      ? { port: { kind: "skipped", why: "--no-port" } as const, findings: [] }
      : await tryPort({
          name,
          url: question.port ?? url,
          sdl,
          demanded: question.port !== undefined,
          budgetMs: portBudgetMs,
          signal,
        });
  const { mesh, use, product } = surroundings;
  const { changes, verdict, nextVersion } = checked;
  return {
    check: {
      product: { name, version, url },
      mesh,
      published: product.published?.version ?? null,
      findings: errorsFirst([...checked.findings, ...trial.findings]),
      changes,
      verdict,
      nextVersion,
      use,
      port: trial.port,
    },
    texts: textsOf([...product.others, { name, url, sdl }], folder),
  };
}

type Surroundings = Pick<FolderCheck, "mesh" | "use"> & {
  readonly product: Pick<CheckedProduct, "others" | "published" | "use" | "laws" | "unusedDays">;
};

async function readSurroundings(
  { mesh: said, variant, use: useFile, signal }: CheckQuestion,
  folder: OpenedFolder,
): Promise<Surroundings> {
  const file = meshFileOf(said, folder.mesh);
  const isNamed = said !== undefined || process.env.WEFT_MESH || folder.mesh !== undefined;
  if (!isNamed && !existsSync(file))
    return {
      mesh: null,
      use: { kind: "unknown", why: "no mesh is named" },
      product: { others: [] },
    };
  await using mesh = await openMesh({ file, variant, signal });
  const published = (await mesh.published(folder.name)) ?? configuredVersion(mesh, folder.name);
  const use = await readUse(mesh.config, { file: useFile, variant: mesh.variant, signal });
  const others = mesh.subgraphs.filter(({ name }) => name !== folder.name);
  return {
    mesh: { file, variant: mesh.variant, subgraphs: others.length },
    use: use.kind === "known" ? { kind: "known", from: use.from, since: use.report.since } : use,
    product: {
      others,
      ...(published && { published }),
      ...(use.kind === "known" && { use: use.report }),
      laws: mesh.config.laws,
      unusedDays: mesh.config.use.unusedDays,
    },
  };
}

/** Of a product that the mesh configures, what the mesh has is what runs; undefined where nothing does. */
export function configuredVersion(
  { configured, lastKnown }: OpenedMesh,
  name: string,
): { readonly version: string; readonly sdl: string } | undefined {
  const { attempt } = attempts();
  const running = configured.find((each) => each.name === name && !lastKnown.includes(name));
  const declared = running && attempt(() => readDeclared(running));
  return running && declared && { version: declared.version, sdl: running.sdl };
}

function errorsFirst(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding) => (severity === "error" ? 0 : 1);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

/** What findings are shown with. */
export function textsOf(subgraphs: readonly ComposedSubgraph[], folder?: OpenedFolder): FindingTexts {
  const sdlFiles = new Map<string, string>();
  if (folder?.sdlFile !== undefined) sdlFiles.set(folder.name, folder.sdlFile);
  const documents = new Map<string, string>();
  if (folder?.contract !== undefined && folder.contractFile !== undefined)
    documents.set(folder.contractFile, folder.contract);
  if (folder?.descriptor !== undefined && folder.descriptorFile !== undefined)
    documents.set(folder.descriptorFile, folder.descriptor);
  return { sdls: new Map(subgraphs.map(({ name, sdl }) => [name, sdl])), sdlFiles, documents };
}
