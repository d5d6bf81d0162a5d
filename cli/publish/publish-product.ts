// Publishes a version of a product: checked with all of the mesh, then a revision of the variant.
import { checkProduct } from "../../schema/check/check-product.ts";
import { diffPorts } from "../../schema/check/diff.ts";
import type { Finding } from "../../schema/check/finding.ts";
import type { Judgement } from "../../schema/check/judge.ts";
import { nextVersion } from "../../schema/check/next-version.ts";
import { readPort } from "../../schema/check/port.ts";
import { attempts } from "../../schema/compose/attempts.ts";
import { isVersion, versionAfter } from "../../schema/product/version.ts";
import { openPinnedAddresses, type Resolved } from "../../schema/registry/pinned-addresses.ts";
import { registering } from "../../schema/registry/registering-faults.ts";
import type { Placed, ProductVersion } from "../../schema/registry/registry.ts";
import type { OpenedFolder } from "../product/open-folder.ts";
import type { MeshQuestion, OpenedMesh } from "../product/open-mesh.ts";
import { readUse } from "../product/read-use.ts";
import { type AppendDependencies, appendRevision, type PublishingMesh } from "./append-revision.ts";
import { publishing } from "./publishing-faults.ts";

export type PublishDependencies = AppendDependencies & {
  /** Left out = DNS. */
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
};

/**
 * refused: there are findings that are errors. breaking: its changes break those who ask, or nobody can tell, and that was not
 * allowed. unchanged: the variant has this version at this URL.
 */
export type PublishOutcome = "published" | "would be published" | "unchanged" | "refused" | "breaking";

export type Publication = {
  readonly outcome: PublishOutcome;
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly variant: string;
  readonly registry: string;
  /** Of the variant afterwards; 0 = nothing is published there. */
  readonly revision: number;
  /** What the variant had before; left out = nothing of this name. */
  readonly before?: Placed;
  readonly findings: readonly Finding[];
  /** Since what the variant had, each with whom it hits. */
  readonly changes: readonly Judgement[];
  /** What could not be looked at, in sentences. */
  readonly remarks: readonly string[];
};

export type PublishQuestion = MeshQuestion & {
  readonly by: string;
  readonly dryRun: boolean;
  /** Although it breaks those who ask. What does not compose is refused all the same. */
  readonly allowBreaking: boolean;
  /** A saved report of use; left out = the gateway's admin listener is asked. */
  readonly use?: string | undefined;
};

/** @throws publishing.*, addressing.URL_REFUSED, and what `appendRevision` throws */
export async function publishProduct(
  { now, composing, resolve }: PublishDependencies,
  product: OpenedFolder,
  question: PublishQuestion,
): Promise<Publication> {
  const { name, version, url, sdl, contract } = product;
  if (!isVersion(version)) throw publishing.VERSION_UNSAID({ name, version });
  const adds: ProductVersion = { name, version, sdl, ...(contract !== undefined && { contract }) };
  return appendRevision({ now }, question, async (mesh) => {
    const { configured, file, config, head, registry } = mesh;
    if (configured.some((each) => each.name === name)) throw publishing.NAME_CONFIGURED({ name, file });
    const { sdlBytesMax } = config.schema;
    if (Buffer.byteLength(sdl) > sdlBytesMax) throw registering.VERSION_MAX({ name, version, sdlBytesMax });
    const remarks = remarksOn(mesh);
    const pins = openPinnedAddresses(resolve ? { resolve } : {}, config.registry?.allow ?? []);
    if (!(await pins.pin(url, { anew: true })))
      remarks.push(`The host of ${url} is not known here: the gateway will look for it.`);
    const taken = await takenFinding(mesh, adds, question.signal);
    const use = await readUse(config, {
      file: question.use,
      variant: mesh.variant,
      signal: question.signal,
    });
    const published = await mesh.published(name);
    const others = mesh.subgraphs.filter((each) => each.name !== name);
    composing?.([...others, { name, url, sdl }]);
    const checked = checkProduct({
      mine: { name, url, sdl, version },
      others,
      ...(published && { published }),
      ...(contract !== undefined && { contract: { file: product.contractFile ?? "", text: contract } }),
      ...(use.kind === "known" && { use: use.report }),
      laws: config.laws,
      unusedDays: config.use.unusedDays,
      now: now(),
    });
    const { changes, verdict } = checked;
    const findings = taken
      ? [taken, ...checked.findings.filter(({ code }) => code !== "LAW_VERSION")]
      : checked.findings;
    if (use.kind === "unknown" && changes.some(({ stated }) => stated !== "safe"))
      remarks.push(`Who uses it is not known: ${use.why}.`);
    const before = head?.products[name];
    const isSame = before?.version === version && before.url === url;
    const products = { ...head?.products, [name]: { version, url } };
    const isRefused = findings.some(({ severity }) => severity === "error");
    const isBreaking = verdict === "breaking" && !question.allowBreaking;
    const outcome = outcomeOf({ isRefused, isSame, isBreaking, isDry: question.dryRun });
    const seen = {
      ...{ name, version, url, variant: mesh.variant, registry: registry.place, findings, changes, remarks },
      ...(before && { before }),
    };
    const result: Publication = { outcome, ...seen, revision: mesh.newest };
    return outcome === "published"
      ? { result, draft: { action: { kind: "published", name, version }, products, adds } }
      : { result };
  });
}

type Seen = {
  readonly isRefused: boolean;
  readonly isSame: boolean;
  readonly isBreaking: boolean;
  readonly isDry: boolean;
};

function outcomeOf({ isRefused, isSame, isBreaking, isDry }: Seen): PublishOutcome {
  if (isRefused) return "refused";
  if (isSame) return "unchanged";
  if (isBreaking) return "breaking";
  return isDry ? "would be published" : "published";
}

function remarksOn({ lastKnown, newest, head, variant }: OpenedMesh): string[] {
  const remarks = lastKnown.map(
    (name) => `${name} does not answer: it was checked with what the gateway last knew of it.`,
  );
  if (newest !== (head?.number ?? 0))
    remarks.push(
      `Revision ${newest} of ${variant} cannot be read: the next is made from ${head?.number ?? 0}.`,
    );
  return remarks;
}

/** Where the version is there with another content: which one to take. */
async function takenFinding(
  { registry }: PublishingMesh,
  { name, version, sdl, contract }: ProductVersion,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const taken = await registry.version(name, version, { signal });
  if (!taken || (taken.sdl === sdl && taken.contract === contract)) return undefined;
  const { attempt } = attempts();
  const changes =
    attempt(() => diffPorts({ before: readPort(name, taken.sdl), after: readPort(name, sdl) })) ?? [];
  const known = await registry.versions(name, { signal });
  let next = changes.length > 0 ? nextVersion(version, changes) : versionAfter(version, "patch");
  while (known.includes(next)) next = versionAfter(next, "patch");
  return {
    code: "VERSION_TAKEN",
    severity: "error",
    subgraph: name,
    text: `${name} ${version} is published already, with another content: what is published never changes.`,
    fix: `Make it ${next}, as what changed since asks for: in \`@dataProduct(version:)\`, or at \`version\` of weft.yaml where the SDL says none.`,
  };
}
