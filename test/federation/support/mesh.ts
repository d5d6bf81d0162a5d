// A mesh of small subgraphs: what each of them says, how it answers, and the supergraph they compose.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, graphql, parse } from "graphql";
import { compose } from "../../../schema/compose/compose.ts";

// biome-ignore lint/suspicious/noExplicitAny: rows and arguments are whatever a test's SDL says
export type Row = Readonly<Record<string, any>>;

export type Resolvers = Readonly<Record<string, Readonly<Record<string, (row: Row, args: Row) => unknown>>>>;

export type AskedSubgraph = { readonly query: string; readonly variables?: Row };

export type SubgraphDefinition = {
  /** Federation 2 unless it links a version itself or is marked `# fed1`. */
  readonly sdl: string;
  readonly resolvers?: Resolvers;
  /** What it says in place of its honest answer. */
  readonly distort?: (answer: Row, asked: AskedSubgraph) => unknown;
  /** Nobody listens where it should be. */
  readonly down?: boolean;
};

export type MeshDefinition = Readonly<Record<string, SubgraphDefinition>>;

const imports = [
  ..."@key @requires @provides @external @shareable @override @inaccessible @tag @extends".split(" "),
  "@interfaceObject",
];
const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ${JSON.stringify(imports)})\n`;

export function sdlOf({ sdl }: SubgraphDefinition): string {
  return sdl.includes("@link(") || sdl.includes("# fed1") ? sdl : link + sdl;
}

/** The SDL of the supergraph; what does not compose is a mistake of the test. */
export function supergraphOf(mesh: MeshDefinition, urls: Readonly<Record<string, string>> = {}): string {
  const composed = compose(
    Object.entries(mesh).map(([name, subgraph]) => ({
      name,
      url: urls[name] ?? `http://${name}.test/graphql`,
      sdl: sdlOf(subgraph),
    })),
  );
  if (composed.kind === "refused")
    throw new Error(composed.problems.map(({ message }) => message).join("\n"));
  return composed.supergraphSdl;
}

/** Answers as the subgraph does, by graphql-js, and in the end as it pretends. */
export function answering(subgraph: SubgraphDefinition): (asked: AskedSubgraph) => Promise<unknown> {
  const { resolvers = {}, distort } = subgraph;
  const schema: GraphQLSchema = buildSubgraphSchema({
    typeDefs: parse(sdlOf(subgraph)),
    resolvers: resolvers as never,
  });
  return async (asked) => {
    const answer = await graphql({
      schema,
      source: asked.query,
      variableValues: asked.variables ?? {},
    });
    const spoken = JSON.parse(JSON.stringify(answer));
    return distort ? distort(spoken, asked) : spoken;
  };
}

/**
 * `__resolveReference` over rows: the row that agrees with the representation on the first of the keys that it holds
 * (`"id"`, `"id region"`), with what the representation brings besides; null for an unknown one.
 */
export function byKey(rows: readonly Row[], ...keys: readonly string[]): (representation: Row) => Row | null {
  return (representation) => {
    const key = keys
      .map((one) => one.split(" "))
      .find((names) => names.every((name) => name in representation));
    if (!key) throw new Error(`no key in ${JSON.stringify(representation)}`);
    const row = rows.find((one) => key.every((name) => agrees(one[name], representation[name])));
    return row ? { ...representation, ...row } : null;
  };
}

function agrees(value: unknown, asked: unknown): boolean {
  if (typeof asked !== "object" || asked === null) return value === asked;
  return Object.entries(asked).every(
    ([name, part]) => name === "__typename" || agrees((value as Row)?.[name], part),
  );
}
