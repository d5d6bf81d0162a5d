// The SDLs of a mesh as they are written: where a coordinate is defined, and the text there.
import { type ASTNode, type DirectiveNode, type DocumentNode, Kind, type Location, visit } from "graphql";
import { attempts } from "../compose/attempts.ts";
import { type ParseSdl, parseSdl } from "../compose/parse-sdl.ts";
import type { SubgraphSdl } from "../compose/read-mesh.ts";
import type { Finding, SourcePlace } from "./finding.ts";

/** A definition as it is written: the first lines of one that is long. */
export type Definition = NonNullable<Finding["definitions"]>[number];

export type SdlSource = {
  readonly subgraph: string;
  readonly sdl: string;
  /** The definition of `Airport`, `Airport.city`, `Query.airports(where:)`, `direction.asc` or `@link`. */
  readonly find: (coordinate: string) => Definition | undefined;
  /** All of them, where something is defined more than once. */
  readonly findAll: (coordinate: string) => readonly Definition[];
  /** Where a directive is used with arguments of such names. */
  readonly findUses: (
    directive: string,
    isMeant: (argumentNames: readonly string[]) => boolean,
  ) => readonly Definition[];
};

/** The sources by subgraph; of one that is no SDL nothing is found. */
export function sdlSources(sdls: readonly SubgraphSdl[], parse = parseSdl): ReadonlyMap<string, SdlSource> {
  return new Map(sdls.map((subgraph) => [subgraph.name, sdlSource(subgraph, parse)]));
}

function sdlSource({ name, sdl }: SubgraphSdl, parse: ParseSdl): SdlSource {
  let document: DocumentNode | undefined;
  let known: ReadonlyMap<string, readonly ASTNode[]> | undefined;
  const parsed = () => {
    document ??= attempts().attempt(() => parse(name, sdl)) ?? { kind: Kind.DOCUMENT, definitions: [] };
    return document;
  };
  const definitionsOf = (nodes: readonly ASTNode[]) =>
    nodes.flatMap(({ loc }) => (loc ? [definitionAt(name, sdl, loc)] : []));
  const findAll = (coordinate: string) => {
    known ??= indexOf(parsed().definitions);
    return definitionsOf(known.get(coordinate) ?? []);
  };
  return {
    subgraph: name,
    sdl,
    findAll,
    find: (coordinate) => findAll(coordinate)[0],
    findUses: (directive, isMeant) => {
      const uses: DirectiveNode[] = [];
      visit(parsed(), {
        Directive: (node) => {
          const names = (node.arguments ?? []).map((argument) => argument.name.value);
          if (node.name.value === directive && isMeant(names)) uses.push(node);
        },
      });
      return definitionsOf(uses);
    },
  };
}

/** The definition that begins and ends there. Its own description is left out. */
export function definitionAt(
  subgraph: string,
  sdl: string,
  { start, end }: Pick<Location, "start" | "end">,
): Definition {
  const text = sdl.slice(start, end);
  const described = /^("""[\s\S]*?(?<!\\)"""|"(?:[^"\\\n]|\\.)*")\s*/.exec(text)?.[0].length ?? 0;
  return { place: placeAt(subgraph, sdl, start + described), source: shorten(text.slice(described)) };
}

function placeAt(subgraph: string, sdl: string, offset: number): SourcePlace {
  const before = sdl.slice(0, offset).split("\n");
  return { subgraph, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const charactersMax = 160;

/** A type without its fields, on one line. */
function shorten(text: string): string {
  const isType = /^(extend\s+)?(type|interface|input|enum)\b/.test(text);
  const head = isType ? text.replace(/\{[\s\S]*$/, "{ … }") : text;
  const line = head.replaceAll(/\s+/g, " ").trim();
  return line.length > charactersMax ? `${line.slice(0, charactersMax)} …` : line;
}

function indexOf(definitions: readonly ASTNode[]): ReadonlyMap<string, readonly ASTNode[]> {
  const found = new Map<string, ASTNode[]>();
  const add = (coordinate: string, node: ASTNode) => {
    const before = found.get(coordinate);
    if (before) before.push(node);
    else found.set(coordinate, [node]);
  };
  for (const node of definitions) {
    if (!("name" in node) || node.name?.kind !== Kind.NAME) continue;
    const name = node.name.value;
    add(node.kind === Kind.DIRECTIVE_DEFINITION ? `@${name}` : name, node);
    for (const field of "fields" in node ? (node.fields ?? []) : []) {
      if (field.kind !== Kind.FIELD_DEFINITION && field.kind !== Kind.INPUT_VALUE_DEFINITION) continue;
      add(`${name}.${field.name.value}`, field);
      for (const argument of field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [])
        add(`${name}.${field.name.value}(${argument.name.value}:)`, argument);
    }
    for (const value of "values" in node ? (node.values ?? []) : [])
      if (value.kind === Kind.ENUM_VALUE_DEFINITION) add(`${name}.${value.name.value}`, value);
  }
  return found;
}
