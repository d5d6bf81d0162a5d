// Progressive override: for which operations a field that moves between subgraphs is asked of its new one.
import { createHash } from "node:crypto";
import type { SupergraphFacts } from "./supergraph-facts.ts";

/** Labels of `@override(from:, label:)`, each once. */
export function overrideLabels({ types }: SupergraphFacts): readonly string[] {
  const labels = [...types.values()].flatMap(({ fields }) =>
    [...fields.values()].flatMap(({ inSubgraphs }) => inSubgraphs.map(({ overrideLabel }) => overrideLabel)),
  );
  return [...new Set(labels)].filter((label) => label !== undefined);
}

/**
 * `percent(n)` is on for n of 100 operations, by the hash of the operation's text: one operation always takes the same
 * route, so that its plan and its answers can be kept. Every other label is off.
 */
export function overrideConditions(labels: readonly string[], text: string): ReadonlyMap<string, boolean> {
  return new Map(labels.map((label) => [label, isOn(label, text)]));
}

function isOn(label: string, text: string): boolean {
  const percent = /^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1];
  if (percent === undefined) return false;
  const draw = createHash("sha256").update(label).update("\0").update(text).digest().readUInt32BE();
  return (draw / 2 ** 32) * 100 < Number(percent);
}
