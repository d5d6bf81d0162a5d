// The requests that a golden comes to, as text: each once, in the order of their text.
import type { Recorded } from "../../across/support/recorded-mesh.ts";

/** Most values of a list that are written; how many more there are is said. */
const listedMax = 3;

export function printRequests(recorded: readonly Recorded[]): string {
  const texts = recorded.map(({ subgraph, body }) => {
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: object };
    const given = Object.entries(variables).map(([name, value]) => `\n  ${name} ${JSON.stringify(shortened(value))}`);
    return `${subgraph} ${query}${given.join("")}\n`;
  });
  return [...new Set(texts)].sort().join("");
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) {
    const listed = value.slice(0, listedMax).map(shortened);
    return value.length > listedMax ? [...listed, `… ${value.length - listedMax} more`] : listed;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shortened(each)]));
}
