// The fetches of a tree, and the same tree with others in their place.
import type { Fetch, FetchTree } from "../../plan/fetch-tree.ts";

/** All, under any condition. */
export function fetchesOf(tree: FetchTree): readonly Fetch[] {
  switch (tree.kind) {
    case "fetch":
      return [tree];
    case "sequence":
    case "parallel":
      return tree.nodes.flatMap(fetchesOf);
    case "condition":
      return [tree.whenTrue, tree.whenFalse].flatMap((branch) => (branch ? fetchesOf(branch) : []));
  }
}

export function mapFetches(tree: FetchTree, change: (fetch: Fetch) => Fetch): FetchTree {
  switch (tree.kind) {
    case "fetch":
      return change(tree);
    case "sequence":
    case "parallel":
      return { ...tree, nodes: tree.nodes.map((node) => mapFetches(node, change)) };
    case "condition":
      return {
        ...tree,
        ...(tree.whenTrue && { whenTrue: mapFetches(tree.whenTrue, change) }),
        ...(tree.whenFalse && { whenFalse: mapFetches(tree.whenFalse, change) }),
      };
  }
}

/** A place without its lists: response names from the root. */
export function namesOf(place: readonly string[]): readonly string[] {
  return place.filter((step) => step !== "@");
}
