// A collection as the published schema sees it: its columns, and all that its rows lead to.
import { generatedNames } from "../product/generated-names.ts";
import type { Mesh, MeshCollection, MeshReference } from "../product/mesh.ts";
import { columnsOf, keyColumnsOf, sourceOf, targetOf } from "../product/mesh-shape.ts";
import type { ScalarName } from "../product/scalar.ts";
import type { PublishedField } from "./published-type.ts";

export type Columns = ReadonlyMap<string, ScalarName>;

export type SeenCollection = {
  readonly collection: MeshCollection;
  readonly columns: Columns;
  readonly references: readonly SeenReference[];
  readonly inverses: readonly {
    readonly name: string;
    readonly source: MeshCollection;
    readonly leading: Leading;
  }[];
};

export type SeenReference = {
  readonly name: string;
  readonly entity: string;
  readonly key: Columns;
  /** Undefined where only the key can be named. */
  readonly target: MeshCollection | undefined;
  readonly leading: Leading;
};

type Leading = Pick<PublishedField, "description" | "leadsOut">;

/** The types that stand in a port's schema for what is known of another domain: they go where they are replaced. */
export function keyOnlyTypes(mesh: Mesh, collection: MeshCollection): readonly string[] {
  const names = generatedNames(collection.name);
  return referencesOf(mesh, collection).flatMap(({ name }) => [
    names.keyExp(name),
    names.keyBoolExp(name),
    names.keyOrderBy(name),
    names.byReference(name),
    names.byReferenceOrderBy(name),
  ]);
}

function referencesOf(mesh: Mesh, { entity, subgraph }: MeshCollection): readonly MeshReference[] {
  const references = mesh.entities.get(entity)?.references.values() ?? [];
  return [...references].filter((reference) => reference.subgraph === subgraph);
}

export function seeCollection(mesh: Mesh, collection: MeshCollection): SeenCollection {
  const leading = (there: MeshCollection | undefined): Leading => {
    if (!there || there.subgraph === collection.subgraph) return {};
    const product = mesh.entities.get(there.entity)?.product;
    const owner = product ? `${product.owner} (${product.id})` : `the subgraph ${there.subgraph}`;
    return { description: `Of ${owner}.`, leadsOut: true };
  };
  const inverses = mesh.entities.get(collection.entity)?.inverses.values() ?? [];
  return {
    collection,
    columns: columnsOf(mesh, collection),
    references: referencesOf(mesh, collection).map((reference) => {
      const target = targetOf(mesh, reference);
      const key = keyColumnsOf(mesh, reference);
      return { name: reference.name, entity: reference.target, key, target, leading: leading(target) };
    }),
    inverses: [...inverses].flatMap((inverse) => {
      const source = sourceOf(mesh, collection, inverse);
      return source ? [{ name: inverse.name, source, leading: leading(source) }] : [];
    }),
  };
}
