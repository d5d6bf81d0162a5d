// What random questions can name: the entities of all products of a mesh, and the tables that the oracle has them in.
import type { Product } from "weft/sdk";
import type { ScalarName } from "../../../schema/product/scalar.ts";

export type Column = {
  readonly field: string;
  readonly sql: string;
  readonly scalar: ScalarName;
  readonly table: string;
};

/** To-one: for each field of the target's key, in its order, the own column that holds it. */
export type Reference = {
  readonly kind: "reference";
  readonly name: string;
  readonly target: () => Entity;
  readonly key: readonly { readonly field: string; readonly sql: string; readonly there: string }[];
};

/** To-many: the rows of `source` whose `reference` leads here. */
export type Inverse = {
  readonly kind: "inverse";
  readonly name: string;
  readonly source: () => Entity;
  readonly key: Reference["key"];
};

export type Entity = {
  readonly name: string;
  readonly collection: string;
  readonly table: string;
  readonly key: readonly Column[];
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
  readonly inverses: readonly Inverse[];
};

export type Model = readonly Entity[];

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

export function modelOf(products: readonly Product[]): Model {
  const owned = products.flatMap(({ entities }) => [...entities.values()]);
  const model = new Map<string, Entity>();
  const found = (name: string) => () => model.get(name) as Entity;
  const referencesOf = (entity: (typeof owned)[number]) =>
    [...entity.references.values()].map(({ name, target, key }): Reference => {
      const there = owned.find((each) => each.name === target)?.columns;
      return {
        kind: "reference",
        name,
        target: found(target),
        key: key.map(({ field, column: { physical } }) => ({
          field,
          sql: quoted(physical),
          there: quoted(there?.get(field)?.physical ?? field),
        })),
      };
    });
  for (const entity of owned) {
    const inverses = products.flatMap(({ entities, neighbours }) => [
      ...((entities.get(entity.name) ?? neighbours.get(entity.name))?.inverses.values() ?? []),
    ]);
    const table = quoted(entity.table);
    const columns = [...entity.columns.values()]
      .filter(({ published }) => published)
      .map(({ name, physical, scalar }) => ({ field: name, sql: quoted(physical), scalar, table }));
    model.set(entity.name, {
      name: entity.name,
      collection: entity.collection,
      table,
      key: entity.key.flatMap(({ name }) => columns.filter(({ field }) => field === name)),
      columns,
      references: referencesOf(entity),
      inverses: inverses.map(({ name, source, reference }) => ({
        kind: "inverse",
        name,
        source: found(source.name),
        key: referencesOf(source).find((each) => each.name === reference.name)?.key ?? [],
      })),
    });
  }
  return [...model.values()];
}
