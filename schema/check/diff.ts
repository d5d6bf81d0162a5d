// The differences between two versions of a port, in the order of the rules.
import type { Change, Verdict } from "./change.ts";
import { collectionsIn, generatedParts, type NamedCollection, ownersOf } from "./generated-parts.ts";
import { groupBy } from "./group-by.ts";
import type { Port, PortType } from "./port.ts";
import type { Versions } from "./rule.ts";
import { rules } from "./rules.ts";

/**
 * Every change, breaking ones of a kind first. What follows from another change (a column's `where`, `order_by` and
 * aggregates) is told with it, as further coordinates in `touches`.
 * @param neighbours the ports beside it: their collections list entities that this one adds fields to
 */
export function diffPorts({ before, after }: Versions, neighbours: readonly Port[] = []): readonly Change[] {
  const versions = { before, after: withSharedTypes(before, after, neighbours) };
  const found = rules.flatMap(({ kind, find }) =>
    find(versions).map((change): Change => ({ kind, ...change })),
  );
  const own = [versions.before, versions.after].flatMap(collectionsIn);
  const collections = once([...own, ...neighbours.flatMap(collectionsIn)]);
  const parents = parentsOf(found, versions, once(own));
  const rootOf = (change: Change): Change => {
    const parent = parents.get(change);
    return parent ? rootOf(parent) : change;
  };
  const folded = groupBy(found, rootOf);
  return [...folded].map(([root, members]) => ({
    ...root,
    touches: [
      ...new Set(
        members
          .flatMap(({ touches }) => touches)
          .flatMap((coordinate) => [coordinate, ...generatedParts(coordinate, collections)]),
      ),
    ],
  }));
}

/** A type that is gone here and that a neighbour has lost only what was added to it here. */
function withSharedTypes(before: Port, after: Port, neighbours: readonly Port[]): Port {
  const shared = [...before.types.values()]
    .filter(({ name }) => !after.types.has(name) && neighbours.some(({ types }) => types.has(name)))
    .map((type): [string, PortType] => [type.name, { ...type, fields: new Map() }]);
  return shared.length === 0 ? after : { ...after, types: new Map([...after.types, ...shared]) };
}

function once(collections: readonly NamedCollection[]): readonly NamedCollection[] {
  return [...new Map(collections.map((it) => [`${it.name} ${it.entity}`, it])).values()];
}

const weight: Readonly<Record<Verdict, number>> = { breaking: 2, risky: 1, safe: 0 };

/** A change that follows from another, and that other. One that weighs more than what it follows from is told by itself. */
function parentsOf(
  found: readonly Change[],
  { before, after }: Versions,
  collections: readonly NamedCollection[],
): ReadonlyMap<Change, Change> {
  const heads = new Map<string, Change>();
  for (const change of found)
    if (/^(field|type) (removed|added|type changed)$/.test(change.kind) && !heads.has(change.coordinate))
      heads.set(change.coordinate, change);
  return new Map(
    found.flatMap((change): [Change, Change][] => {
      const owners = [before, after].flatMap((port) => ownersOf(change.coordinate, port, collections));
      const parent = owners
        .map((owner) => heads.get(owner))
        .find((head) => head && head !== change && weight[head.verdict] >= weight[change.verdict]);
      return parent ? [[change, parent]] : [];
    }),
  );
}
