// A fetch tree as text, for snapshots: one line a fetch, and under it how its representations are made.
import type { Fetch, FetchTree, Needed, Rewrite, RewriteStep } from "../../../gateway/plan/fetch-tree.ts";

export function printTree(tree: FetchTree | undefined): string {
  return tree ? lines(tree).join("\n") : "nothing";
}

function lines(tree: FetchTree): readonly string[] {
  switch (tree.kind) {
    case "fetch":
      return fetchLines(tree);
    case "condition":
      return [
        ...(tree.whenTrue ? [`if $${tree.variable}`, ...indented(lines(tree.whenTrue))] : []),
        ...(tree.whenFalse ? [`unless $${tree.variable}`, ...indented(lines(tree.whenFalse))] : []),
      ];
    case "sequence":
    case "parallel":
      return [tree.kind, ...indented(tree.nodes.flatMap(lines))];
  }
}

function fetchLines({ subgraph, at, operation, variables, selection, entities, outputRewrites }: Fetch) {
  const place = at.length > 0 ? ` at ${at.join(".")}` : "";
  const given = variables.length > 0 ? ` (${variables.map(({ definition }) => definition).join()})` : "";
  return [
    `${operation} ${subgraph}${place}${given} ${selection}`,
    ...indented(entities ? [`needs ${entities.needed.map(need).join(" ")}`] : []),
    ...indented((entities?.inputRewrites ?? []).map((each) => `sends ${rewrite(each)}`)),
    ...indented(
      (entities?.echoes ?? []).map(
        ({ types, answeredAs, leaves }) =>
          `echoes ${types} as ${answeredAs}: ${leaves
            .map(({ sent, answered }) => `${sent.join(".")} = ${answered.join(".")}`)
            .join(", ")}`,
      ),
    ),
    ...indented(
      (entities?.context ?? []).map(
        ({ variable, up, path }) => `takes $${variable} from ${up} up ${steps(path)}`,
      ),
    ),
    ...indented(outputRewrites.map((each) => `joins ${rewrite(each)}`)),
  ];
}

function need(needed: Needed): string {
  const inner = needed.needed ? `{${needed.needed.map(need).join(" ")}}` : "";
  return needed.kind === "field" ? needed.name + inner : `on ${needed.types}${inner}`;
}

function rewrite(each: Rewrite): string {
  const place = [...each.path.map((step) => steps([step])), each.field].join("/");
  return each.kind === "set" ? `${place} := ${JSON.stringify(each.value)}` : `${place} → ${each.to}`;
}

function steps(path: readonly RewriteStep[]): string {
  return path.map((step) => (step.kind === "field" ? step.name : `on ${step.types}`)).join("/");
}

function indented(texts: readonly string[]): readonly string[] {
  return texts.map((text) => `  ${text}`);
}
