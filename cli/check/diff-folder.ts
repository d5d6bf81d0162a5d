// What differs between two versions of a product: published ones, or what is in the folder.
import type { Verdict } from "../../schema/check/change.ts";
import { diffPorts } from "../../schema/check/diff.ts";
import { type Judgement, judge } from "../../schema/check/judge.ts";
import { nextVersion } from "../../schema/check/next-version.ts";
import { readPort } from "../../schema/check/port.ts";
import { stillOffered } from "../../schema/check/still-offered.ts";
import { isVersion } from "../../schema/product/version.ts";
import { type OpenedFolder, openFolder } from "../product/open-folder.ts";
import { meshFileOf, type OpenedMesh, openMesh } from "../product/open-mesh.ts";
import { readUse } from "../product/read-use.ts";
import { configuredVersion } from "./check-folder.ts";
import { checking } from "./checking-faults.ts";

export const workingCopy = "working copy";

export type DiffQuestion = {
  readonly folder: string;
  readonly mesh?: string | undefined;
  readonly variant?: string | undefined;
  readonly use?: string | undefined;
  /** A published version; left out = the one that the variant has. */
  readonly from?: string | undefined;
  /** A published version, or the working copy, which it is where it is left out. */
  readonly to?: string | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
};

/** The document that `--json` prints. */
export type FolderDiff = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly Judgement[];
  readonly verdict: Verdict;
  /** The least version that may follow `from` with these changes. */
  readonly nextVersion: string;
};

/** @throws checking.VERSION_UNKNOWN, NOTHING_PUBLISHED, opening.*, meshing.*, registering.* */
export async function diffFolder(question: DiffQuestion): Promise<FolderDiff> {
  const { variant, signal, now } = question;
  const folder = await openFolder(question.folder);
  const { name } = folder;
  await using mesh = await openMesh({ file: meshFileOf(question.mesh, folder.mesh), variant, signal });
  const before = await readFrom(question, folder, mesh);
  const after = await readTo(question, folder, mesh);
  const others = mesh.subgraphs
    .filter((each) => each.name !== name)
    .map((each) => readPort(each.name, each.sdl));
  const versions = { before: readPort(name, before.sdl), after: readPort(name, after.sdl) };
  const use = await readUse(mesh.config, { file: question.use, variant: mesh.variant, signal });
  const stated = stillOffered(diffPorts(versions, others), others);
  const changes = judge(stated, use.kind === "known" ? use.report : undefined, {
    now,
    unusedDays: mesh.config.use.unusedDays,
  });
  const has = (verdict: Verdict) => changes.some((change) => change.verdict === verdict);
  return {
    name,
    from: before.version,
    to: after.version,
    changes,
    verdict: has("breaking") ? "breaking" : has("risky") ? "risky" : "safe",
    nextVersion: isVersion(before.version) ? nextVersion(before.version, stated) : before.version,
  };
}

type Sdl = { readonly version: string; readonly sdl: string };

async function readFrom(
  { from, signal }: DiffQuestion,
  { name }: OpenedFolder,
  mesh: OpenedMesh,
): Promise<Sdl> {
  if (from !== undefined) return readVersion(from, name, mesh, signal);
  const published = (await mesh.published(name)) ?? configuredVersion(mesh, name);
  if (!published) throw checking.NOTHING_PUBLISHED({ name, variant: mesh.variant });
  return published;
}

async function readTo({ to, signal }: DiffQuestion, folder: OpenedFolder, mesh: OpenedMesh): Promise<Sdl> {
  if (to === undefined || to === workingCopy) return { version: workingCopy, sdl: folder.sdl };
  return readVersion(to, folder.name, mesh, signal);
}

async function readVersion(
  version: string,
  name: string,
  { registry }: OpenedMesh,
  signal: AbortSignal,
): Promise<Sdl> {
  const found = isVersion(version) ? await registry?.version(name, version, { signal }) : undefined;
  if (found) return found;
  const versions = (await registry?.versions(name, { signal })) ?? [];
  throw checking.VERSION_UNKNOWN({ name, version, versions });
}
