// Composes small subgraphs and plans operations on them, in the test's own thread.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse, validate } from "graphql";
import {
  type OperationPlanner,
  openOperationPlanner,
} from "../../../gateway/federation/planning/operation-planner.ts";
import type { Fetch, FetchTree } from "../../../gateway/plan/fetch-tree.ts";
import { compose } from "../../../schema/compose/compose.ts";

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@override", "@interfaceObject", "@inaccessible", "@context", "@fromContext", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize", "@tag"])\n';

/** The supergraph of subgraphs given by name, each with its SDL. */
export function supergraphOf(subgraphs: Readonly<Record<string, string>>): string {
  const composition = compose(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}`, sdl: link + sdl })),
  );
  if (composition.kind === "refused")
    throw new Error(composition.problems.map(({ message }) => message).join("\n"));
  return composition.supergraphSdl;
}

export function plannerOf(subgraphs: Readonly<Record<string, string>>): Promise<OperationPlanner> {
  return openOperationPlanner(supergraphOf(subgraphs));
}

/** What is wrong with the requests of a tree, by the subgraphs' own schemas. */
export function refusals(
  subgraphs: Readonly<Record<string, string>>,
  tree: FetchTree | undefined,
): readonly string[] {
  return fetchesOf(tree).flatMap((fetch) => {
    const sdl = link + (subgraphs[fetch.subgraph] ?? "");
    const variables = fetch.variables.map(({ definition }) => definition);
    const text = fetch.entities
      ? `query (${["$of: [_Any!]!", ...variables].join()}) { _entities(representations: $of) ${fetch.selection} }`
      : `${fetch.operation} ${variables.length > 0 ? `(${variables})` : ""} ${fetch.selection}`;
    return validate(buildSubgraphSchema(parse(sdl)), parse(text)).map(({ message }) => `${message} ${text}`);
  });
}

export function treeOf({ plan }: OperationPlanner, text: string): FetchTree | undefined {
  const planned = plan({ text, operationName: undefined });
  if (planned.kind !== "planned") throw new Error(JSON.stringify(planned));
  return planned.tree;
}

export function fetchesOf(tree: FetchTree | undefined): readonly Fetch[] {
  switch (tree?.kind) {
    case undefined:
      return [];
    case "fetch":
      return [tree];
    case "condition":
      return [...fetchesOf(tree.whenTrue), ...fetchesOf(tree.whenFalse)];
    case "sequence":
    case "parallel":
      return tree.nodes.flatMap(fetchesOf);
  }
}
