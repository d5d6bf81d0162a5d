// What composition refused, or did without being asked, as findings: each with places, definitions and a fix.
import type { GraphQLError } from "graphql";
import type { Complaint } from "../../compose/complaint.ts";
import type { ComposedSubgraph, Composition } from "../../compose/compose.ts";
import { composing } from "../../compose/composing-faults.ts";
import type { Fault, FaultMaker } from "../../product/fault.ts";
import type { Finding, Severity } from "../finding.ts";
import { groupBy } from "../group-by.ts";
import { type Definition, definitionAt, type SdlSource, sdlSources } from "../sdl-source.ts";
import { type ComplaintFacts, complaintFacts } from "./complaint-facts.ts";
import { hintWords } from "./hint-words.ts";
import { readUnreachable, type Unreachable, unreachableWords } from "./satisfiability.ts";
import { sentence, type Words } from "./say.ts";
import { otherWords, words } from "./words.ts";

export type CompositionScope = {
  readonly subgraphs: readonly ComposedSubgraph[];
  /** The subgraph that is checked: what does not concern it is left out of the warnings. Left out = all are. */
  readonly mine?: string;
};

/** Every problem, none of them twice. The finding stands in the scope's own subgraph where it has a part in it. */
export function compositionFindings(composition: Composition, scope: CompositionScope): readonly Finding[] {
  const sources = sdlSources(scope.subgraphs);
  const context: Context = { sources, names: [...sources.keys()], mine: scope.mine };
  const ofMesh =
    composition.kind === "refused"
      ? composition.problems
          .filter(({ code }) => code !== "COMPOSITION_FAILED")
          .map((fault) => ofFault(fault, context))
      : [];
  const { complaints } = composition;
  return once([
    ...complaints
      .filter((complaint) => !isUnreachable(complaint))
      .flatMap((complaint) => ofComplaint(complaint, context)),
    ...ofUnreachable(complaints.filter(isUnreachable), context),
    ...ofMesh,
  ]);
}

type Context = {
  readonly sources: ReadonlyMap<string, SdlSource>;
  readonly names: readonly string[];
  readonly mine: string | undefined;
};

function ofComplaint(complaint: Complaint, context: Context): readonly Finding[] {
  const facts = factsOf(complaint, context);
  if (complaint.kind === "hint") {
    const hint = hintWords[complaint.code];
    const concerns = context.mine === undefined || facts.subgraphs.includes(context.mine);
    if (!hint || !concerns || isRootDescription(complaint)) return [];
    return [finding(facts, hint.say(facts), hint.severity, complaint, context)];
  }
  return [finding(facts, (words[complaint.code] ?? otherWords)(facts), "error", complaint, context)];
}

/** The subgraph that is checked is told of first. */
function factsOf(complaint: Complaint, { names, mine }: Context): ComplaintFacts {
  const facts = complaintFacts(complaint, names);
  const isMine = (name: string) => Number(name === mine);
  return { ...facts, subgraphs: [...facts.subgraphs].sort((a, b) => isMine(b) - isMine(a)) };
}

/** Each subgraph describes its own part of the root. */
function isRootDescription({ code, coordinate }: Complaint): boolean {
  return code === "INCONSISTENT_DESCRIPTION" && /^(Query|Mutation|Subscription)$/.test(coordinate ?? "");
}

function finding(
  facts: ComplaintFacts,
  { text, fix }: Words,
  severity: Severity,
  complaint: Complaint,
  context: Context,
): Finding {
  const definitions = mineFirst(definitionsOf(facts, complaint, context), context);
  const subgraph = definitions[0]?.place.subgraph ?? facts.subgraphs[0] ?? context.mine ?? "";
  const { code, coordinate } = facts;
  return withPlace({ code, severity, subgraph, text, fix }, coordinate, definitions);
}

/** Where federation points to; where it does not, the coordinate in the subgraphs that it names, or in all. */
function definitionsOf(
  { coordinate, subgraphs }: ComplaintFacts,
  { nodes, message }: Complaint,
  { sources, mine }: Context,
): readonly Definition[] {
  const [type = ""] = (coordinate ?? "").split(".");
  const findIn = (name: string): readonly Definition[] => {
    const source = sources.get(name);
    if (coordinate === undefined || !source) return [];
    const found = source.findAll(coordinate);
    return found.length > 0 ? found : [source.find(type) ?? []].flat();
  };
  const pointed = nodes.flatMap(({ subgraph, ...range }) => {
    const source = sources.get(subgraph);
    return source ? [definitionAt(subgraph, source.sdl, range)] : [];
  });
  if (pointed.length === 0) {
    const uses = subgraphs.flatMap((name) => usesMeant(sources.get(name), message));
    return uses.length > 0 ? uses : (subgraphs.length > 0 ? subgraphs : [...sources.keys()]).flatMap(findIn);
  }
  // What is lost elsewhere because it is not here: here is the type that lacks it.
  const isUntold =
    mine !== undefined && subgraphs.includes(mine) && pointed.every(({ place }) => place.subgraph !== mine);
  return distinct([...(isUntold ? findIn(mine) : []), ...pointed]);
}

/** Uses of a directive that lack an argument, or have one too many: federation does not say where they stand. */
function usesMeant(source: SdlSource | undefined, message: string): readonly Definition[] {
  const [, lacking, missing] = /Directive "@(\w+)" argument "(\w+)"/.exec(message) ?? [];
  const [, unknown, having] = /Unknown argument "(\w+)" on directive "@(\w+)"/.exec(message) ?? [];
  if (source && lacking !== undefined)
    return source.findUses(lacking, (names) => !names.includes(missing ?? ""));
  if (source && having !== undefined)
    return source.findUses(having, (names) => names.includes(unknown ?? ""));
  return [];
}

function isUnreachable({ code }: Complaint): boolean {
  return code === "SATISFIABILITY_ERROR";
}

/** One finding for all fields that are out of reach for one reason. */
function ofUnreachable(complaints: readonly Complaint[], context: Context): readonly Finding[] {
  const read = complaints.map((complaint) => ({
    complaint,
    unreachable: readUnreachable(complaint.message),
  }));
  const unread = read
    .filter(({ unreachable }) => unreachable.length === 0)
    .map(({ complaint }) => {
      const facts = factsOf(complaint, context);
      return finding(facts, otherWords(facts), "error", complaint, context);
    });
  const reasons = groupBy(
    read.flatMap(({ unreachable }) => unreachable),
    ({ coordinate, from, obstacles }) => JSON.stringify([coordinate.split(".")[0], from, obstacles]),
  );
  return [...unread, ...[...reasons.values()].flatMap((fields) => ofReason(fields, context))];
}

function ofReason(fields: readonly Unreachable[], context: Context): readonly Finding[] {
  const [reason] = fields;
  if (!reason) return [];
  const coordinates = [...new Set(fields.map(({ coordinate }) => coordinate))];
  const [coordinate = ""] = coordinates;
  const [type = ""] = coordinate.split(".");
  const owners = reason.obstacles.map(({ to }) => to);
  const definitions = [
    ...(owners.length > 0 ? owners : context.names).flatMap(
      (name) => context.sources.get(name)?.find(coordinate) ?? [],
    ),
    ...[context.sources.get(reason.from)?.find(type) ?? []].flat(),
  ];
  const shown = mineFirst(distinct(definitions), context);
  const subgraph = shown[0]?.place.subgraph ?? reason.from;
  const said = unreachableWords(reason, coordinates);
  return [
    withPlace({ code: "SATISFIABILITY_ERROR", severity: "error", subgraph, ...said }, coordinate, shown),
  ];
}

/** A fault of the mesh's own, or an SDL that cannot be read. */
function ofFault({ code, message, extensions, cause }: Fault, { sources }: Context): Finding {
  const { subgraph = "", type, field } = extensions as { subgraph?: string; type?: string; field?: string };
  const remedy = (composing as Readonly<Record<string, FaultMaker>>)[code]?.spec.remedy ?? "";
  const coordinate = type === undefined ? undefined : [type, field].filter(Boolean).join(".");
  const text = message.replace(remedy, "").replace(/^Subgraph [^:,]+(, )?(: )?/, "");
  const source = sources.get(subgraph);
  const said = { code, severity: "error", subgraph, text: sentence(text), fix: remedy } as const;
  if (code === "SDL_INVALID" && source) return ofSyntax(said, cause as GraphQLError | undefined, source);
  const other =
    (extensions as { owner?: string; other?: string }).owner ?? (extensions as { other?: string }).other;
  const shown = [source, sources.get(other ?? "")].flatMap((each) =>
    coordinate === undefined ? [] : (each?.find(coordinate) ?? []),
  );
  return withPlace(said, coordinate, shown);
}

function ofSyntax(said: Finding, cause: GraphQLError | undefined, { subgraph, sdl }: SdlSource): Finding {
  const [at] = cause?.locations ?? [];
  if (!cause || !at) return said;
  const place = { subgraph, line: at.line, column: at.column };
  const source = (sdl.split("\n")[at.line - 1] ?? "").trim();
  const problem = cause.message.replace(/^Syntax Error: /, "");
  return {
    ...said,
    text: sentence(`The SDL cannot be read here: ${problem}`),
    place,
    definitions: [{ place, source }],
  };
}

function withPlace(
  said: Omit<Finding, "coordinate" | "place" | "definitions">,
  coordinate: string | undefined,
  definitions: readonly Definition[],
): Finding {
  const [first] = definitions;
  return {
    ...said,
    ...(coordinate !== undefined && { coordinate }),
    ...(first && { place: first.place, definitions }),
  };
}

function mineFirst(definitions: readonly Definition[], { mine }: Context): readonly Definition[] {
  const isMine = ({ place }: Definition) => Number(place.subgraph === mine);
  return [...definitions].sort((a, b) => isMine(b) - isMine(a));
}

function distinct(definitions: readonly Definition[]): readonly Definition[] {
  return [...new Map(definitions.map((it) => [JSON.stringify(it.place), it])).values()];
}

function once(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(
      findings.map((it) => [JSON.stringify([it.code, it.coordinate, it.subgraph, it.text]), it]),
    ).values(),
  ];
}
