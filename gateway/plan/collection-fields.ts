// Which fields of the schema ask collections, by the names of their types: at the root, and beneath an entity.
import type { MeshCollection } from "../../schema/product/mesh.ts";
import { sourceOf } from "../../schema/product/mesh-shape.ts";
import type { Facts } from "./facts.ts";

export type CollectionField = {
  readonly role: "list" | "aggregate" | "groups";
  readonly collection: MeshCollection;
};

/** By `type.field`: `Query.flights`, `Query.flights_groups`, `Airport.departures`, `Airport.departures_aggregate`. */
export function collectionFields({ mesh }: Facts): ReadonlyMap<string, CollectionField> {
  const fields = new Map<string, CollectionField>();
  for (const collection of mesh.collections.values()) {
    const { name, dialect, aggregate, groups, entity } = collection;
    if (dialect !== "weft") continue;
    fields.set(`Query.${name}`, { role: "list", collection });
    if (aggregate !== undefined) fields.set(`Query.${aggregate}`, { role: "aggregate", collection });
    if (groups !== undefined) fields.set(`Query.${groups}`, { role: "groups", collection });
    for (const inverse of mesh.entities.get(entity)?.inverses.values() ?? []) {
      const source = sourceOf(mesh, collection, inverse);
      if (source?.subgraph !== inverse.subgraph) continue;
      fields.set(`${entity}.${inverse.name}`, { role: "list", collection: source });
      fields.set(`${entity}.${inverse.name}_aggregate`, { role: "aggregate", collection: source });
    }
  }
  return fields;
}
