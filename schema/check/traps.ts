// Every trap, and what falls into them, as findings.
import type { Finding } from "./finding.ts";
import type { Trap, TrapScope } from "./trap.ts";
import { generatedNameTaken } from "./traps/generated-name-taken.ts";
import { meshNotLinked } from "./traps/mesh-not-linked.ts";
import { neighbourKeyUnknown } from "./traps/neighbour-key-unknown.ts";
import { referenceKeyType } from "./traps/reference-key-type.ts";

export const traps: readonly Trap[] = [
  meshNotLinked,
  referenceKeyType,
  neighbourKeyUnknown,
  generatedNameTaken,
];

export function trapFindings(scope: TrapScope): readonly Finding[] {
  const { subgraph } = scope.mine;
  return traps.flatMap(({ code, find }) =>
    find(scope).map(({ coordinate, with: others = [], ...said }) => {
      const shown = [{ subgraph, coordinate }, ...others].flatMap(
        (each) => scope.sources.get(each.subgraph)?.find(each.coordinate) ?? [],
      );
      const [first] = shown;
      const place = first?.place.subgraph === subgraph ? { place: first.place } : {};
      return {
        code,
        severity: "error",
        subgraph,
        coordinate,
        ...said,
        ...place,
        definitions: shown,
      } as const;
    }),
  );
}
