// What planning knows of the mesh: who answers for which entity, and what can be asked of him.
import { strict as assert } from "node:assert";
import type {
  Mesh,
  MeshCollection,
  MeshEntity,
  MeshInverse,
  MeshReference,
} from "../../schema/product/mesh.ts";
import {
  keyFieldsOf,
  type MeshShapes,
  meshShapes,
  sourceOf,
  targetOf,
} from "../../schema/product/mesh-shape.ts";
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { Shape } from "../../schema/product/shape.ts";
import type { Value } from "../../schema/product/value.ts";

export type Facts = {
  readonly mesh: Mesh;
  readonly shapes: MeshShapes;
  /** By the names of a collection and of its relationship; each found when it is first asked for. */
  readonly relations: Map<string, Relation | undefined>;
};

/** Once for a supergraph. */
export function factsOf(mesh: Mesh): Facts {
  return { mesh, shapes: meshShapes(mesh), relations: new Map() };
}

export function collectionNamed({ mesh }: Facts, name: string): MeshCollection {
  const collection = mesh.collections.get(name);
  assert(collection, `${name} is a collection of the mesh`);
  return collection;
}

export function entityOf({ mesh }: Facts, { entity: name }: MeshCollection): MeshEntity {
  const entity = mesh.entities.get(name);
  assert(entity, `${name} is an entity of the mesh`);
  return entity;
}

export function shapeOf({ shapes }: Facts, { name }: MeshCollection): Shape {
  return shapes.ofCollection(name);
}

/** The primary key: the first that its owner declares. */
export function primaryKey(facts: Facts, collection: MeshCollection): readonly string[] {
  const [key] = entityOf(facts, collection).keys;
  assert(key, `${collection.entity} has a key`);
  return key;
}

/** Where a relationship leads, and the columns that are equal at its two ends. */
export type Relation = {
  readonly kind: "reference" | "inverse";
  readonly name: string;
  /** The collection at the other end; undefined where that can't be asked. */
  readonly to: MeshCollection | undefined;
  /** Columns of a row here: `origin.iata` of a reference, `iata` of a to-many. */
  readonly here: readonly string[];
  /** Columns of a row there, in the same order. */
  readonly there: readonly string[];
};

/** @returns undefined where the entity has no relationship of the name */
export function relationOf(facts: Facts, collection: MeshCollection, name: string): Relation | undefined {
  const { relations } = facts;
  const place = `${collection.name}.${name}`;
  if (!relations.has(place)) relations.set(place, findRelation(facts, collection, name));
  return relations.get(place);
}

function findRelation(facts: Facts, collection: MeshCollection, name: string): Relation | undefined {
  const entity = entityOf(facts, collection);
  const reference = entity.references.get(name);
  if (reference) return referenceRelation(facts, reference);
  const inverse = entity.inverses.get(name);
  return inverse && inverseRelation(facts, collection, inverse);
}

function referenceRelation(facts: Facts, reference: MeshReference): Relation {
  const fields = keyFieldsOf(facts.mesh, reference);
  return {
    kind: "reference",
    name: reference.name,
    to: targetOf(facts.mesh, reference),
    here: fields.map((field) => `${reference.name}.${field}`),
    there: fields,
  };
}

function inverseRelation(
  facts: Facts,
  collection: MeshCollection,
  inverse: MeshInverse,
): Relation | undefined {
  const inverted = facts.mesh.entities.get(inverse.source)?.references.get(inverse.reference);
  if (!inverted) return undefined;
  const { here, there } = referenceRelation(facts, inverted);
  const to = sourceOf(facts.mesh, collection, inverse);
  return { kind: "inverse", name: inverse.name, to, here: there, there: here };
}

/** Does the owner of the collection have the other end too, so that he can be asked through the relationship? */
export function isOwn({ subgraph }: MeshCollection, { to }: Relation): boolean {
  return to?.subgraph === subgraph;
}

/** Can the owner sort and group by it: a column, the key of a reference, a path or an aggregate within his own? */
export function isOwnValue(facts: Facts, collection: MeshCollection, value: Value): boolean {
  switch (value.kind) {
    case "column":
    case "bucket":
      return true;
    case "reference": {
      const relation = relationOf(facts, collection, value.reference);
      if (!relation) return false;
      if (isKeyOf(relation, value.value)) return true;
      return (
        relation.to !== undefined &&
        isOwn(collection, relation) &&
        isOwnValue(facts, relation.to, value.value)
      );
    }
    case "aggregate": {
      const relation = relationOf(facts, collection, value.inverse);
      return relation !== undefined && isOwn(collection, relation);
    }
  }
}

/** Is it a part of the key by which a reference finds its target? */
export function isKeyOf({ there }: Relation, value: Value): boolean {
  return value.kind === "column" && there.includes(value.column);
}

/**
 * Where a row has a column that the owner counts by name: a column that only holds a part of a reference's key stands at
 * the reference, `origin.iata`.
 */
export function pathOfColumn(facts: Facts, collection: MeshCollection, column: string): string {
  if (shapeOf(facts, collection).columns.has(column)) return column;
  for (const reference of entityOf(facts, collection).references.values()) {
    const at = reference.key.indexOf(column);
    if (at >= 0) return referenceRelation(facts, reference).here[at] ?? column;
  }
  return column;
}

/** The inverse of `pathOfColumn`. */
export function columnAtPath(facts: Facts, collection: MeshCollection, path: string): string {
  const [first = "", field] = path.split(".");
  const reference = entityOf(facts, collection).references.get(first);
  if (!reference || field === undefined) return path;
  return reference.key[keyFieldsOf(facts.mesh, reference).indexOf(field)] ?? path;
}

/** The scalar of the column that a value is taken from. */
export function scalarOf(shape: Shape, path: readonly string[]): ScalarName {
  const [first = "", ...rest] = path;
  if (rest.length === 0) {
    const scalar = shape.columns.get(first);
    assert(scalar, `${first} is a column`);
    return scalar;
  }
  const target = shape.references.get(first);
  assert(target, `${first} is a reference`);
  return scalarOf(target(), rest);
}
