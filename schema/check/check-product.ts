// `checkProduct`: one product against its mesh: does it compose, does it keep the laws, and whom do its changes hit?
import { attempts } from "../compose/attempts.ts";
import { type ComposedSubgraph, type Composition, compose } from "../compose/compose.ts";
import { parseOnce } from "../compose/parse-sdl.ts";
import { readSubgraph } from "../compose/read-subgraph.ts";
import { checkDocuments, type DocumentText } from "../contract/check-documents.ts";
import type { Contract } from "../contract/contract.ts";
import type { UseReport } from "../product/use.ts";
import { isVersion } from "../product/version.ts";
import type { Verdict } from "./change.ts";
import { compositionFindings } from "./composition/composition-findings.ts";
import { diffPorts } from "./diff.ts";
import type { Finding } from "./finding.ts";
import { type Judgement, judge } from "./judge.ts";
import { type LawSeverities, lawFindings } from "./laws.ts";
import { nextVersion } from "./next-version.ts";
import { type Port, readPort } from "./port.ts";
import { sdlSources } from "./sdl-source.ts";
import { stillOffered } from "./still-offered.ts";
import { trapFindings } from "./traps.ts";

export type CheckedProduct = {
  readonly mine: ComposedSubgraph & { readonly version: string };
  /** The mesh without it. */
  readonly others: readonly ComposedSubgraph[];
  /** What is published of it now; left out = nothing is. */
  readonly published?: { readonly version: string; readonly sdl: string };
  /** The contract as YAML; left out = it has none. */
  readonly contract?: DocumentText;
  /** The descriptor as YAML; left out = it has none. */
  readonly descriptor?: DocumentText;
  /** Left out = use is not known. */
  readonly use?: UseReport;
  /** How grave the laws are; those that are left out are as grave as each says itself. */
  readonly laws?: LawSeverities;
  /** What nobody used for so many days can go. Default 30. */
  readonly unusedDays?: number;
  readonly now: Date;
};

export type ProductCheck = {
  /** Errors first; within, composition, traps, documents, laws. */
  readonly findings: readonly Finding[];
  /** Since what is published, breaking ones first; [] where nothing is. */
  readonly changes: readonly Judgement[];
  /** The gravest of the changes, once use is known; safe without any. */
  readonly verdict: Verdict;
  /** The least version that says what changed; undefined where nothing is published. */
  readonly nextVersion: string | undefined;
  /** The supergraph that would be, where it composes. */
  readonly supergraphSdl: string | undefined;
};

const weight: Readonly<Record<Verdict, number>> = { breaking: 2, risky: 1, safe: 0 };

/** All problems at once. Takes as long as composing the mesh does. Nothing is thrown: what cannot be read is a finding. */
export function checkProduct(product: CheckedProduct): ProductCheck {
  const { mine, others, laws = {}, now, unusedDays = 30 } = product;
  const subgraphs = [...others.filter(({ name }) => name !== mine.name), mine];
  const parse = parseOnce();
  const composition = compose(subgraphs, parse);
  const sources = sdlSources(subgraphs, parse);
  const { attempt } = attempts();
  const port = attempt(() => readPort(mine.name, mine.sdl, parse));
  const otherPorts = others.flatMap(({ name, sdl }) => attempt(() => readPort(name, sdl, parse)) ?? []);
  const published = readPublished(product, attempt);
  const changes =
    port && published
      ? stillOffered(diffPorts({ before: published.port, after: port }, otherPorts), otherPorts)
      : [];
  const judged = judge(changes, product.use, { now, unusedDays });
  const { contract, findings: ofDocuments } = readsDocuments(
    product,
    attempt(() => readSubgraph(mine.name, mine.sdl)) !== undefined,
  );
  const facts = port && {
    mine: port,
    others: otherPorts,
    version: mine.version,
    published,
    changes,
    contract,
    now,
  };
  const findings = [
    ...compositionFindings(composition, { subgraphs, mine: mine.name }),
    ...(port ? trapFindings({ mine: port, others: otherPorts, sources }) : []),
    ...ofDocuments,
    ...(facts ? lawFindings(facts, sources.get(mine.name), laws) : []),
  ];
  return {
    findings: [...findings].sort((a, b) => rankOf(a) - rankOf(b)),
    changes: [...judged].sort((a, b) => weight[b.stated] - weight[a.stated]),
    verdict: gravest(judged),
    nextVersion:
      published && isVersion(published.version) ? nextVersion(published.version, changes) : undefined,
    supergraphSdl: supergraphOf(composition),
  };
}

type Attempt = ReturnType<typeof attempts>["attempt"];

function readPublished(
  { published, mine }: CheckedProduct,
  attempt: Attempt,
): { readonly version: string; readonly port: Port } | undefined {
  const port = published && attempt(() => readPort(mine.name, published.sdl));
  return published && port && { version: published.version, port };
}

/** What the documents' standards ask, and what they say otherwise than the SDL and each other. */
function readsDocuments(
  { contract, descriptor, mine }: CheckedProduct,
  isReadable: boolean,
): { readonly contract: Contract | "missing" | "unreadable"; readonly findings: readonly Finding[] } {
  // An SDL that cannot be read is told of by composition: the documents are held against their standards alone.
  const subgraph = isReadable ? mine : { name: mine.name, sdl: "type Query" };
  const checked = checkDocuments(subgraph, {
    ...(contract && { contract }),
    ...(descriptor && { descriptor }),
  });
  const read = checked.contract ?? (contract ? "unreadable" : "missing");
  return { contract: read, findings: checked.findings };
}

function rankOf({ severity }: Finding): number {
  return severity === "error" ? 0 : 1;
}

function gravest(changes: readonly Judgement[]): Verdict {
  return changes.reduce<Verdict>(
    (gravestYet, { verdict }) => (weight[verdict] > weight[gravestYet] ? verdict : gravestYet),
    "safe",
  );
}

function supergraphOf(composition: Composition): string | undefined {
  return composition.kind === "composed" ? composition.supergraphSdl : undefined;
}
