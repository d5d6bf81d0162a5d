// What two versions of a port both have, and what only one of them has.
import { argumentOf } from "./coordinates.ts";
import type { Port, PortField, PortType, TypeKind } from "./port.ts";

export type Pair<T> = { readonly coordinate: string; readonly before: T; readonly after: T };
export type Single<T> = { readonly coordinate: string; readonly type: string; readonly it: T };

const outputs: readonly TypeKind[] = ["object", "interface"];

/** Types of one name and one kind. */
export function typePairs(before: Port, after: Port, kinds?: readonly TypeKind[]): readonly Pair<PortType>[] {
  return [...before.types.values()].flatMap((type) => {
    const now = after.types.get(type.name);
    if (now?.kind !== type.kind || (kinds && !kinds.includes(type.kind))) return [];
    return [{ coordinate: type.name, before: type, after: now }];
  });
}

/** Fields that are in `one`'s types and not in those of `other`, where both have the type. */
export function fieldsOnlyIn(one: Port, other: Port, of: "output" | "input"): readonly Single<PortField>[] {
  return typePairs(one, other, of === "output" ? outputs : ["input"]).flatMap(({ before, after }) =>
    [...before.fields.values()]
      .filter(({ name }) => !after.fields.has(name))
      .map((it) => ({ coordinate: `${before.name}.${it.name}`, type: before.name, it })),
  );
}

export function fieldPairs(before: Port, after: Port, of: "output" | "input"): readonly Pair<PortField>[] {
  return typePairs(before, after, of === "output" ? outputs : ["input"]).flatMap((pair) =>
    [...pair.before.fields.values()].flatMap((field) => {
      const now = pair.after.fields.get(field.name);
      return now ? [{ coordinate: `${pair.coordinate}.${field.name}`, before: field, after: now }] : [];
    }),
  );
}

export type ArgumentOf = { readonly field: string; readonly coordinate: string; readonly it: PortField };

/** Arguments that are in `one` and not in `other`, of fields that both have. */
export function argumentsOnlyIn(one: Port, other: Port): readonly ArgumentOf[] {
  return fieldPairs(one, other, "output").flatMap(({ coordinate, before, after }) =>
    [...before.args.values()]
      .filter(({ name }) => !after.args.has(name))
      .map((it) => ({ field: coordinate, coordinate: argumentOf(coordinate, it.name), it })),
  );
}

export function argumentPairs(
  before: Port,
  after: Port,
): readonly (Pair<PortField> & { readonly field: string })[] {
  return fieldPairs(before, after, "output").flatMap((pair) =>
    [...pair.before.args.values()].flatMap((argument) => {
      const now = pair.after.args.get(argument.name);
      const coordinate = argumentOf(pair.coordinate, argument.name);
      return now ? [{ field: pair.coordinate, coordinate, before: argument, after: now }] : [];
    }),
  );
}

/** The members of `one` that `other` has not. */
export function missing<T>(one: Iterable<T>, other: { has(it: T): boolean }): readonly T[] {
  return [...one].filter((it) => !other.has(it));
}
