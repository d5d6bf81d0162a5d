// An explanation as text: a node a line, its inputs indented beneath it, reasons as lines that begin with `#`.
import type { Actual, ExplainNode } from "./explain.ts";

/** Most characters of a fetch's selection on its line; the tree has all of it. */
const selectionMax = 160;

export function explainText(root: ExplainNode): string {
  return [...lines(root, "")].join("\n");
}

function* lines(node: ExplainNode, indent: string): Generator<string> {
  yield `${indent}${line(node)}`;
  for (const why of node.why ?? []) yield `${indent}  # ${why}`;
  for (const input of node.inputs) yield* lines(input, `${indent}  `);
}

function line(node: ExplainNode): string {
  const { name, subgraph, by, aggregates, pushed, residual, having, order, limit, offset, after } = node;
  const parts = [
    node.node,
    name,
    subgraph !== undefined && `@${subgraph}`,
    node.node === "lookup" && listed(node.columns),
    by?.length && `by ${by.join(", ")}`,
    aggregates?.length && `of ${aggregates.join(", ")}`,
    pushed !== undefined && `where ${pushed}`,
    residual !== undefined && `keep ${residual}`,
    having !== undefined && `having ${having}`,
    order?.length && `order by ${order.join(", ")}`,
    limit !== undefined && `limit ${limit}`,
    offset !== undefined && `offset ${offset}`,
    after?.length && `after ${after.join(", ")}`,
    node.node === "fetch" && shortened(node.columns?.join(" ") ?? ""),
    node.rules?.length && `{${node.rules.join(", ")}}`,
    node.estimatedRows !== undefined && `~${node.estimatedRows} rows`,
    node.actual && `[${printActual(node.actual)}]`,
  ];
  return parts.filter((part) => part !== undefined && part !== false && part !== 0).join(" ");
}

function printActual(actual: Actual): string {
  const {
    rows,
    keys,
    requests,
    shared,
    bytes,
    tookMs,
    parts,
    keptHere,
    entities,
    taken,
    foreignRows,
    localRows,
  } = actual;
  const counts = [foreignRows, localRows].filter((count) => count !== undefined);
  return [
    taken && `took ${taken}${counts.length > 0 ? `: counted ${counts.join(" and ")}` : ""}`,
    rows !== undefined && counted(rows, "row"),
    keys !== undefined && counted(keys, "key"),
    entities !== undefined && counted(entities, "entity", "entities"),
    keptHere && `kept here ${keptHere.join(" and ")}`,
    parts !== undefined && `in ${parts} parts`,
    shared !== undefined && `${counted(shared, "request")} shared`,
    requests > 0 && `${counted(requests, "request")}, ${counted(bytes, "byte")}`,
    `${tookMs.toFixed(1)} ms`,
  ]
    .filter((part) => part)
    .join(", ");
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(columns: readonly string[] = []): string {
  return columns.length === 0 ? "nothing" : columns.join(", ");
}

function shortened(text: string): string {
  const spaced = text.replace(/\s+/g, " ");
  return spaced.length > selectionMax ? `${spaced.slice(0, selectionMax)}…` : spaced;
}
