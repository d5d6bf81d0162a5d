// What one port no longer has and another still answers is not gone for callers.
import type { Change } from "./change.ts";
import type { Port } from "./port.ts";

/** Removals of what a neighbour offers too are safe. */
export function stillOffered(changes: readonly Change[], others: readonly Port[]): readonly Change[] {
  return changes.map((change) => {
    if (!/^(field|type) removed$/.test(change.kind)) return change;
    const other = others.find((port) => offers(port, change.coordinate));
    if (!other) return change;
    const text = `${change.text.replace(/\.$/, "")} here; ${other.subgraph} goes on answering it.`;
    return { ...change, verdict: "safe", text, touches: [] };
  });
}

function offers(port: Port, coordinate: string): boolean {
  const [typeName = "", part] = coordinate.split(".");
  const type = port.types.get(typeName);
  if (part === undefined) return type !== undefined;
  const field = type?.fields.get(part);
  return field !== undefined && !field.external;
}
