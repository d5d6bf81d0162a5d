// Retires a product: a revision without it, where the rest composes and nobody is known to use it.
import { diffPorts } from "../../schema/check/diff.ts";
import type { Finding } from "../../schema/check/finding.ts";
import { type Hit, judge } from "../../schema/check/judge.ts";
import { type Port, readPort } from "../../schema/check/port.ts";
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";
import type { Placed } from "../../schema/registry/registry.ts";
import type { MeshQuestion } from "../product/open-mesh.ts";
import { type KnownUse, readUse } from "../product/read-use.ts";
import { type AppendDependencies, appendRevision } from "./append-revision.ts";
import { checkWhole } from "./check-whole.ts";
import { publishing } from "./publishing-faults.ts";

export type Retirement = {
  /** refused: the rest does not compose without it. used: it is asked for, and `force` was not given. */
  readonly outcome: "retired" | "would be retired" | "refused" | "used";
  readonly name: string;
  readonly variant: string;
  readonly registry: string;
  /** What the variant had. */
  readonly before: Placed;
  /** Of the variant afterwards. */
  readonly revision: number;
  readonly findings: readonly Finding[];
  /** Operations that were seen to ask for what only this product has; the latest first. */
  readonly hits: readonly Hit[];
  /** Why nobody can tell who uses it; left out = it is known. */
  readonly useUnknown?: string;
};

export type RetireQuestion = MeshQuestion & {
  readonly name: string;
  readonly by: string;
  readonly dryRun: boolean;
  /** Although it is used. What does not compose is refused all the same. */
  readonly force: boolean;
  /** A saved report of use; left out = the gateway's admin listener is asked. */
  readonly use?: string | undefined;
};

/** @throws publishing.NOT_PUBLISHED, publishing.NAME_CONFIGURED, and what `appendRevision` and `readUse` throw */
export async function retireProduct(
  { now, composing }: AppendDependencies,
  question: RetireQuestion,
): Promise<Retirement> {
  const { name, dryRun, force, signal } = question;
  return appendRevision({ now }, question, async (mesh) => {
    const { registry, variant, head, configured, file, config, newest, subgraphs } = mesh;
    const { [name]: before, ...products } = head?.products ?? {};
    if (!before) {
      if (configured.some((each) => each.name === name)) throw publishing.NAME_CONFIGURED({ name, file });
      throw publishing.NOT_PUBLISHED({ name, variant, published: Object.keys(products).sort() });
    }
    const { subgraphs: rest, findings } = await checkWhole(mesh, products, { name, composing });
    const use = await readUse(config, { file: question.use, variant, signal });
    const own = subgraphs.find((each) => each.name === name);
    const hits = own ? hitsOf(own, rest, use, now()) : [];
    const outcome = outcomeOf(findings.length > 0, hits.length > 0 && !force, dryRun);
    const result: Retirement = {
      ...{ outcome, name, variant, registry: registry.place, before, revision: newest, findings, hits },
      ...(use.kind === "unknown" && { useUnknown: use.why }),
    };
    return outcome === "retired"
      ? { result, draft: { action: { kind: "retired", name }, products } }
      : { result };
  });
}

function outcomeOf(isRefused: boolean, isUsed: boolean, dryRun: boolean): Retirement["outcome"] {
  if (isRefused) return "refused";
  if (isUsed) return "used";
  return dryRun ? "would be retired" : "retired";
}

/** Who asks for what no other subgraph has. */
function hitsOf(
  { name, sdl }: ComposedSubgraph,
  rest: readonly ComposedSubgraph[],
  use: KnownUse,
  now: Date,
): readonly Hit[] {
  if (use.kind === "unknown") return [];
  const neighbours = rest.map((each) => readPort(each.name, each.sdl));
  const left = new Set(neighbours.flatMap(coordinatesOf));
  const before = readPort(name, sdl);
  const after: Port = { subgraph: name, sdl: "", types: new Map(), directives: new Map() };
  const touches = diffPorts({ before, after }, neighbours).flatMap((change) => change.touches);
  const gone = [...new Set([...touches, ...coordinatesOf(before)])].filter((each) => !left.has(each));
  const change = { kind: "product retired", coordinate: name, verdict: "breaking", text: "" } as const;
  const [judgement] = judge([{ ...change, touches: gone }], use.report, { now, unusedDays: 30 });
  return judgement?.hits ?? [];
}

/** Types and fields. */
function coordinatesOf({ types }: Port): readonly string[] {
  return [...types.values()].flatMap((type) => [
    type.name,
    ...[...type.fields.keys()].map((field) => `${type.name}.${field}`),
  ]);
}
