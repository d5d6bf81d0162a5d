// The `__typename`s for which a type condition holds.
import type { SupergraphFacts } from "./supergraph-facts.ts";

export type PossibleTypes = {
  /**
   * The type itself, all objects and interfaces that implement it, all members of a union. Interfaces are among them
   * because a subgraph with `@interfaceObject` answers with the interface's own name.
   */
  readonly named: (condition: string) => readonly string[];
  /** The objects among them. */
  readonly objects: (condition: string) => readonly string[];
};

export function possibleTypes({ types }: SupergraphFacts): PossibleTypes {
  const below = new Map<string, Set<string>>();
  const add = (condition: string, name: string) => {
    const names = below.get(condition) ?? new Set([condition]);
    below.set(condition, names.add(name));
  };
  for (const [name, { interfaces, members }] of types) {
    for (const each of interfaces) add(each, name);
    for (const member of members) add(name, member);
  }
  const named = (condition: string) => [...(below.get(condition) ?? [condition])];
  return {
    named,
    objects: (condition) => named(condition).filter((name) => types.get(name)?.kind === "object"),
  };
}
