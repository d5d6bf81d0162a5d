// What a question may name of each collection of a mesh: its columns, and where relationships lead, whoever owns them.
import { strict as assert } from "node:assert";
import type { Mesh, MeshCollection, MeshInverse, MeshReference } from "./mesh.ts";
import { isScalarName, type ScalarName } from "./scalar.ts";
import type { Shape } from "./shape.ts";

export type MeshShapes = {
  /** Of the rows of a collection of the dialect `weft`. */
  readonly ofCollection: (collection: string) => Shape;
  /** Of the entity as `collectionOf` has it; without a collection it is its first key alone. */
  readonly ofEntity: (entity: string) => Shape;
};

/** The shapes of a mesh, each made when it is first reached and once. */
export function meshShapes(mesh: Mesh): MeshShapes {
  const known = new Map<string, Shape>();
  const shapeOf = (collection: MeshCollection): Shape => {
    const before = known.get(collection.name);
    if (before) return before;
    const entity = mesh.entities.get(collection.entity);
    const references = [...(entity?.references.values() ?? [])]
      .filter(({ subgraph }) => subgraph === collection.subgraph)
      .map((reference): [string, () => Shape] => {
        const target = targetOf(mesh, reference);
        return [reference.name, () => (target ? shapeOf(target) : keyShape(keyColumnsOf(mesh, reference)))];
      });
    const inverses = [...(entity?.inverses.values() ?? [])].flatMap((inverse): [string, () => Shape][] => {
      const source = sourceOf(mesh, collection, inverse);
      return source ? [[inverse.name, () => shapeOf(source)]] : [];
    });
    const shape: Shape = {
      columns: columnsOf(mesh, collection),
      references: new Map(references),
      inverses: new Map(inverses),
    };
    known.set(collection.name, shape);
    return shape;
  };
  return {
    ofCollection: (name) => {
      const collection = mesh.collections.get(name);
      assert(collection?.dialect === "weft", `${name} is a collection of the dialect weft`);
      return shapeOf(collection);
    },
    ofEntity: (name) => {
      const collection = collectionOf(mesh, name);
      return collection ? shapeOf(collection) : keyShape(primaryKey(mesh, name));
    },
  };
}

/** The shape of an entity; who asks for several has them made once by `meshShapes`. */
export function meshShape(mesh: Mesh, entity: string): Shape {
  return meshShapes(mesh).ofEntity(entity);
}

/** The collection of the dialect `weft` that an entity is asked by: the first of its owner's, else the first. */
export function collectionOf(mesh: Mesh, entity: string): MeshCollection | undefined {
  return collectionsOf(mesh, entity)[0];
}

/**
 * The fields of the target that a reference's own columns (`reference.key`) hold, in the same order: the target's key
 * of that length. Empty where it has none.
 */
export function keyFieldsOf(mesh: Mesh, { key, target }: MeshReference): readonly string[] {
  return mesh.entities.get(target)?.keys.find(({ length }) => length === key.length) ?? [];
}

/** The fields of `keyFieldsOf` with their scalars, as the target has them, else as the own columns do. */
export function keyColumnsOf(mesh: Mesh, reference: MeshReference): ReadonlyMap<string, ScalarName> {
  const target = mesh.entities.get(reference.target);
  // A column that only holds a key is no field, so its scalar may be known at the target alone.
  const source = [...mesh.entities.values()].find(
    ({ references }) => references.get(reference.name) === reference,
  );
  return new Map(
    keyFieldsOf(mesh, reference).flatMap((field, i): [string, ScalarName][] => {
      const column = target?.columns.get(field) ?? source?.columns.get(reference.key[i] ?? "");
      return column && isScalarName(column.type) ? [[field, column.type]] : [];
    }),
  );
}

/** The columns of a collection that can be named: scalars that its subgraph answers, and the entity's first key. */
export function columnsOf(mesh: Mesh, { entity, subgraph }: MeshCollection): ReadonlyMap<string, ScalarName> {
  const { columns = new Map(), keys = [] } = mesh.entities.get(entity) ?? {};
  return new Map(
    [...columns.values()].flatMap(({ name, subgraph: owner, type }): [string, ScalarName][] => {
      const isOwn = owner === subgraph || keys[0]?.includes(name);
      return isOwn && isScalarName(type) ? [[name, type]] : [];
    }),
  );
}

/** The collection that a reference leads to; undefined where only the target's key can be named. */
export function targetOf(mesh: Mesh, reference: MeshReference): MeshCollection | undefined {
  const key = keyFieldsOf(mesh, reference);
  return collectionsOf(mesh, reference.target).find((target) => hasColumns(mesh, target, key));
}

/** The collection whose rows an inverse of `collection`'s entity is made of; undefined where none can be found by key. */
export function sourceOf(
  mesh: Mesh,
  collection: MeshCollection,
  { source, reference: name }: MeshInverse,
): MeshCollection | undefined {
  const reference = mesh.entities.get(source)?.references.get(name);
  if (!reference || !hasColumns(mesh, collection, keyFieldsOf(mesh, reference))) return undefined;
  return collectionsOf(mesh, source).find(({ subgraph }) => subgraph === reference.subgraph);
}

function collectionsOf(mesh: Mesh, entity: string): readonly MeshCollection[] {
  const owner = mesh.entities.get(entity)?.owner;
  const all = [...mesh.collections.values()].filter(
    (collection) => collection.entity === entity && collection.dialect === "weft",
  );
  return [
    ...all.filter(({ subgraph }) => subgraph === owner),
    ...all.filter(({ subgraph }) => subgraph !== owner),
  ];
}

function hasColumns(mesh: Mesh, collection: MeshCollection, key: readonly string[]): boolean {
  const columns = columnsOf(mesh, collection);
  return key.length > 0 && key.every((field) => columns.has(field));
}

function primaryKey(mesh: Mesh, entity: string): ReadonlyMap<string, ScalarName> {
  const { columns, keys = [] } = mesh.entities.get(entity) ?? {};
  return new Map(
    (keys[0] ?? []).flatMap((field): [string, ScalarName][] => {
      const type = columns?.get(field)?.type;
      return type !== undefined && isScalarName(type) ? [[field, type]] : [];
    }),
  );
}

function keyShape(columns: ReadonlyMap<string, ScalarName>): Shape {
  return { columns, references: new Map(), inverses: new Map() };
}
