// A YAML text and where in it everything stands.
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Finding, SourcePlace } from "../check/finding.ts";
import type { PlaceOf, YamlPath } from "./contract.ts";

export type YamlSource = {
  readonly value: unknown;
  /** Where a value stands; a list or an object is where its key is. */
  readonly placeOf: PlaceOf;
  /** Where a key of an object stands. */
  readonly placeOfKey: (path: YamlPath, key: string) => SourcePlace;
};

export type YamlText = { readonly subgraph: string; readonly file: string; readonly text: string };

/** A document longer than this is not read. */
const charactersMax = 4_000_000;

/** The text as a value; or what keeps it from being YAML, as findings of the code. */
export function readYamlSource(
  { subgraph, file, text }: YamlText,
  code: string,
): { readonly source: YamlSource } | { readonly findings: readonly Finding[] } {
  const finding = (problem: string, line: number, column: number): Finding => ({
    code,
    severity: "error",
    subgraph,
    place: { subgraph, file, line, column },
    text: `${file} is no YAML: ${problem}.`,
    fix: "Correct the line.",
  });
  if (text.length > charactersMax)
    return { findings: [finding(`it has more than ${charactersMax} characters`, 1, 1)] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { subgraph, file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0)
    return {
      findings: document.errors.map(({ message, pos }) => {
        const { line, column } = placeAt(pos[0]);
        return finding(firstLine(message), line, column);
      }),
    };
  try {
    const value: unknown = document.toJS();
    return { source: { value, ...placesIn(document, placeAt) } };
  } catch (failure) {
    // An alias that leads nowhere, or too many of them.
    return { findings: [finding(firstLine((failure as Error).message), 1, 1)] };
  }
}

function placesIn(
  document: Document.Parsed,
  placeAt: (offset: number) => SourcePlace,
): Pick<YamlSource, "placeOf" | "placeOfKey"> {
  const offsetOfKey = (path: YamlPath, key: string | number | undefined): number | undefined => {
    const parent = path.length === 0 ? document.contents : document.getIn(path, true);
    const pair = isMap(parent) ? parent.items.find((each) => keyOf(each.key) === String(key)) : undefined;
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  };
  const placeOf: PlaceOf = (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (!isNode(node)) continue;
      const last = path[depth - 1];
      const isBlock = isMap(node) || isSeq(node);
      const key =
        isBlock && typeof last === "string" ? offsetOfKey(path.slice(0, depth - 1), last) : undefined;
      return placeAt(key ?? node.range?.[0] ?? 0);
    }
    return placeAt(document.contents?.range?.[0] ?? 0);
  };
  return {
    placeOf,
    placeOfKey: (path, key) => {
      const offset = offsetOfKey(path, key);
      return offset === undefined ? placeOf(path) : placeAt(offset);
    },
  };
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/\.$/, "");
}
