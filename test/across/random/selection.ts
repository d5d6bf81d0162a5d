// What a random question selects, and where in the answer each of the oracle's columns then stands.
import type { Written } from "../support/oracle.ts";
import type { Entity } from "./model.ts";
import { type Aggregate, leafName, type Value } from "./value.ts";

/** A place in the answer, by field names from the row. */
export type Place = readonly string[];

type Tree = { readonly [name: string]: Tree };

/** `{ by { nation { name } } }` for the places; what begins alike is selected once. */
export function selectionOf(places: readonly Place[]): string {
  return write(treeOf(places));
}

/** The places in the order in which the selection has them. */
export function inOrder<T>(items: readonly T[], place: (item: T) => Place): readonly T[] {
  const order = leaves(treeOf(items.map(place))).map((each) => each.join());
  return [...items].sort((a, b) => order.indexOf(place(a).join()) - order.indexOf(place(b).join()));
}

/** The answer's row, of the oracle's values in the order of the places. */
export function rowOf(
  places: readonly Place[],
  values: readonly Written[],
): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  places.forEach((place, i) => {
    const holder = place.slice(0, -1).reduce(within, row);
    holder[responseName(place.at(-1) as string)] = values[i];
  });
  return row;
}

/** The object of this name in the holder, made where there is none. */
function within(holder: Record<string, unknown>, name: string): Record<string, unknown> {
  const object = holder[name] ?? {};
  holder[name] = object;
  return object as Record<string, unknown>;
}

export function keyPlace({ path, leaf }: Value): Place {
  return ["by", ...path.map(({ name }) => name), leafName(leaf)];
}

export function aggregatePlace({ function: name, column, distinct }: Aggregate): Place {
  if (!column) return ["aggregate", "count"];
  if (name !== "count") return ["aggregate", name, column.field];
  const alias = `count_${column.field}${distinct ? "_distinct" : ""}`;
  return ["aggregate", `${alias}: count(column: ${column.field}${distinct ? ", distinct: true" : ""})`];
}

export function columnPlaces({ columns }: Entity): readonly Place[] {
  return columns.map(({ field }) => [field]);
}

function responseName(field: string): string {
  return field.split(":")[0] as string;
}

function treeOf(places: readonly Place[]): Tree {
  const first = [...new Set(places.flatMap(([name]) => name ?? []))];
  return Object.fromEntries(
    first.map((name) => [
      name,
      treeOf(places.filter(([each]) => each === name).map((place) => place.slice(1))),
    ]),
  );
}

function write(tree: Tree): string {
  return Object.entries(tree)
    .map(([name, inner]) => (Object.keys(inner).length === 0 ? name : `${name} { ${write(inner)} }`))
    .join(" ");
}

function leaves(tree: Tree): readonly Place[] {
  return Object.entries(tree).flatMap(([name, inner]) =>
    Object.keys(inner).length === 0 ? [[name]] : leaves(inner).map((place) => [name, ...place]),
  );
}
