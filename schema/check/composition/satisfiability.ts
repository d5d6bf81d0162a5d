// Fields that a question can reach and no subgraph can be asked for: federation's explanation, read.
//
//   cannot be satisfied by the subgraphs because:
//   - from subgraph "a":
//     - cannot find field "A.x".
//     - cannot move to subgraph "b" using @key(fields: "id2") of "A", the key field(s) cannot be resolved from subgraph "a".
import { listed } from "./say.ts";

export type Unreachable = {
  /** The field that cannot be answered. */
  readonly coordinate: string;
  /** The subgraph that the question comes from. */
  readonly from: string;
  /** Why the subgraphs that could answer are out of reach. */
  readonly obstacles: readonly Obstacle[];
};

export type Obstacle =
  /** `to` finds `type` by a key that `from` does not know. */
  | { readonly kind: "key unknown"; readonly to: string; readonly type: string; readonly key: string }
  /** `to` cannot be asked for single ones of `type`. */
  | { readonly kind: "no key"; readonly to: string; readonly type: string };

/** One for each subgraph that the question may come from; [] for a message of another form. */
export function readUnreachable(message: string): readonly Unreachable[] {
  const found: Unreachable[] = [];
  for (const part of message.split(/^- from subgraph /m).slice(1)) {
    const from = /^"([^"]+)"/.exec(part)?.[1];
    const coordinate = /(?:cannot find|have) field "([^"]+)"/.exec(part)?.[1];
    if (from !== undefined && coordinate !== undefined)
      found.push({ coordinate, from, obstacles: obstaclesIn(part) });
  }
  return found;
}

function obstaclesIn(part: string): readonly Obstacle[] {
  const keys = part.matchAll(
    /cannot move to subgraph "([^"]+)" using @key\(fields: "([^"]+)"\) of "([^"]+)", the key field/g,
  );
  const noKeys = part.matchAll(
    /cannot move to subgraph "([^"]+)", which has field "[^"]+", because type "([^"]+)" has no @key/g,
  );
  return [
    ...[...keys].map(
      ([, to = "", key = "", type = ""]): Obstacle => ({ kind: "key unknown", to, type, key }),
    ),
    ...[...noKeys].map(([, to = "", type = ""]): Obstacle => ({ kind: "no key", to, type })),
  ];
}

/** What is wrong, and what to do. @param coordinates - of all fields that are out of reach for the same reason */
export function unreachableWords(
  { from, obstacles }: Pick<Unreachable, "from" | "obstacles">,
  coordinates: readonly string[],
): { readonly text: string; readonly fix: string } {
  const [obstacle] = obstacles;
  const coordinate = listed(coordinates);
  const start = `${coordinate} cannot be answered to questions that come from ${from}`;
  const it = coordinates.length === 1 ? "it" : "them";
  switch (obstacle?.kind) {
    case undefined:
      return {
        text: `${start}: no subgraph that has ${it} can be asked from there.`,
        fix: `Give the type a @key that ${from} knows in the subgraph that has ${coordinate}.`,
      };
    case "key unknown":
      return {
        text: `${start}: ${obstacle.to} has ${it} and finds ${obstacle.type} by "${obstacle.key}", which ${from} does not know.`,
        fix: `Add @key(fields: "${obstacle.key}") and these fields to ${obstacle.type} in ${from}, or give ${obstacle.type} in ${obstacle.to} a key that ${from} has.`,
      };
    case "no key":
      return {
        text: `${start}: ${obstacle.to} has ${it}, and single ones of ${obstacle.type} cannot be asked for there.`,
        fix: `Give ${obstacle.type} a @key in ${obstacle.to}, or answer ${coordinate} in ${from} too.`,
      };
  }
}
