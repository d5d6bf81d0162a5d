// What `weft dev` prints of an event.
import type { Finding } from "../../schema/check/finding.ts";
import type { DevEvent } from "./dev-event.ts";

/** Undefined for what is not worth a line. */
export function devLine(event: DevEvent, name: string): string | undefined {
  switch (event.kind) {
    case "ready": {
      const others = event.subgraphs.filter((subgraph) => subgraph !== name);
      return `${name} with ${others.length > 0 ? others.join(", ") : "no other product"}
  ask at   ${event.url}  (a console; /graphql beneath it)
  my port  ${event.port}
  Save, and ask again. Ctrl-C ends it.`;
    }
    case "serving":
      return [`served ${(event.tookMs / 1_000).toFixed(1)} s after the save`, ...told(event.findings)].join(
        "\n",
      );
    case "refused": {
      const { findings, problems } = event;
      const why = findings.length > 0 ? told(findings) : problems.map((problem) => `  ${problem}`);
      return ["not served: the mesh does not compose with it. The last good schema goes on.", ...why].join(
        "\n",
      );
    }
    case "failed":
      return `not served: the port does not start. The last good one goes on.\n  ${event.place ? `${event.place}: ` : ""}${event.problem}`;
    case "ended":
      return "the port ended by itself; the next save starts it again";
    case "said":
      return undefined;
  }
}

function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, code, coordinate, place, text, fix }) => {
    const where = [coordinate, place && `line ${place.line} of its SDL`].filter((part) => part !== undefined);
    return `  ${severity} ${code}${where.length > 0 ? ` (${where.join(", ")})` : ""}\n    ${text}\n    → ${fix}`;
  });
}
