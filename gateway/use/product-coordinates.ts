// Which schema coordinates are a product's: of its entities, of what it adds to others', and of all that is generated for it.
import type { Mesh, MeshEntity } from "../../schema/product/mesh.ts";

/** @returns undefined where the mesh has no such product */
export function coordinatesOfProduct(
  { entities, collections }: Mesh,
  id: string,
): ((coordinate: string) => boolean) | undefined {
  const own = [...entities.values()].filter(({ product }) => product?.id === id);
  if (own.length === 0) return undefined;
  const subgraphs = new Set(own.map(({ owner }) => owner));
  const names = [...collections.values()].map(({ name }) => name).sort((a, b) => b.length - a.length);
  const isGenerated = (name: string) => {
    const collection = names.find((each) => name === each || name.startsWith(`${each}_`));
    const entity = collection && collections.get(collection)?.entity;
    return entity !== undefined && entities.get(entity)?.product?.id === id;
  };
  return (coordinate) => {
    const [type = "", field = ""] = coordinate.split(/[.(]/);
    const entity = entities.get(type);
    if (!entity) return isGenerated(type === "Query" ? field : type);
    const subgraph = answeringField(entity, field);
    return subgraph === undefined ? entity.product?.id === id : subgraphs.has(subgraph);
  };
}

/** A product may add fields to another's entity: its aggregate goes with an inverse. */
function answeringField({ columns, references, inverses }: MeshEntity, field: string): string | undefined {
  const found = columns.get(field) ?? references.get(field) ?? inverses.get(field);
  return (found ?? inverses.get(field.replace(/_aggregate$/, "")))?.subgraph;
}
