// Findings as text for people: what, where with the line as it is written and a caret, and what to do.
import { relative } from "node:path";
import type { Finding, SourcePlace } from "../../schema/check/finding.ts";

/** Where the texts are: of the subgraphs' SDLs, and of the product's own documents. */
export type FindingTexts = {
  /** SDLs by subgraph. */
  readonly sdls: ReadonlyMap<string, string>;
  /** Files of SDLs, by subgraph: those that stand in one as they are. */
  readonly sdlFiles: ReadonlyMap<string, string>;
  /** Texts of other files, by path. */
  readonly documents: ReadonlyMap<string, string>;
};

/** One paragraph each. Lines are as they are in the source; a subgraph without a file is named in its place. */
export function showFindings(findings: readonly Finding[], texts: FindingTexts): string {
  return findings.map((finding) => showFinding(finding, texts)).join("\n\n");
}

function showFinding(finding: Finding, texts: FindingTexts): string {
  const { severity, code, coordinate, subgraph, place, text, fix, definitions = [] } = finding;
  const where = place ? nameOf(place, texts) : subgraph;
  const others = definitions.filter((each) => !place || !isSame(each.place, place));
  return [
    `${severity} ${code} ${where}${coordinate === undefined ? "" : ` (${coordinate})`}`,
    `  ${text}`,
    ...(place ? shown(place, texts) : []),
    ...others.flatMap((each) => [`  ${nameOf(each.place, texts)}`, ...shown(each.place, texts)]),
    `  → ${fix}`,
  ].join("\n");
}

/** `file:line:column`, relative to where the command runs; `subgraph:line:column` where there is no file. */
function nameOf({ subgraph, file, line, column }: SourcePlace, { sdlFiles }: FindingTexts): string {
  const path = file ?? sdlFiles.get(subgraph);
  const name = path === undefined ? subgraph : relative(process.cwd(), path) || path;
  return `${name}:${line}:${column}`;
}

const charactersMax = 120;

/** The line, and a caret beneath the column; of a long one what stands around it. */
function shown(
  { subgraph, file, line, column }: SourcePlace,
  { sdls, documents }: FindingTexts,
): readonly string[] {
  const text = file === undefined ? sdls.get(subgraph) : documents.get(file);
  const source = text?.split("\n")[line - 1];
  if (source === undefined || source.trim() === "") return [];
  const from = column > charactersMax - 20 ? column - 20 : 0;
  const cut = source.slice(from, from + charactersMax).replaceAll("\t", " ");
  const number = String(line);
  return [
    `    ${number} | ${from > 0 ? "…" : ""}${cut}`,
    `    ${" ".repeat(number.length)} | ${" ".repeat(column - 1 - from + (from > 0 ? 1 : 0))}^`,
  ];
}

function isSame(one: SourcePlace, other: SourcePlace): boolean {
  return one.subgraph === other.subgraph && one.line === other.line && one.column === other.column;
}
