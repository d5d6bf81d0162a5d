// Entities: each put together from what the subgraphs say of it.
import type { MeshColumn, MeshEntity, MeshInverse, MeshReference } from "../product/mesh.ts";
import type { Attempt } from "./attempts.ts";
import { composing } from "./composing-faults.ts";
import { checkOwnership, type EntityPart, readFreshness, readProduct } from "./read-ownership.ts";
import type { Published } from "./read-published.ts";
import { readInverse, readReference } from "./read-reference.ts";
import type { Subgraph } from "./read-subgraph.ts";

/** Every published entity by its name. An inverse of a reference that is not published is left out. */
export function readEntities(
  subgraphs: readonly Subgraph[],
  published: Published,
  attempt: Attempt,
): ReadonlyMap<string, MeshEntity> {
  const partsOf = new Map<string, EntityPart[]>();
  for (const subgraph of subgraphs)
    for (const type of subgraph.types.values()) {
      const part = { subgraph, type };
      if (type.keys.length === 0) checkNoEntity(part, attempt);
      else if (published.type(type.name)) partsOf.set(type.name, [...(partsOf.get(type.name) ?? []), part]);
    }
  const read = [...partsOf].map(([name, parts]) => readEntity(name, parts, published, attempt));
  const entities = new Map(read.map((entity) => [entity.name, entity]));
  const leads = ({ source, reference }: MeshInverse) => entities.get(source)?.references.has(reference);
  return new Map(
    read.map((entity) => [
      entity.name,
      { ...entity, inverses: new Map([...entity.inverses].filter(([, inverse]) => leads(inverse))) },
    ]),
  );
}

/** A type without a key must not say what only an entity can say: composing.ENTITY_UNKNOWN. */
function checkNoEntity({ subgraph, type }: EntityPart, attempt: Attempt): void {
  const place = { subgraph: subgraph.name, type: type.name, entity: type.name };
  const refuse = (at: { field?: string }) =>
    attempt(() => {
      throw composing.ENTITY_UNKNOWN({ ...place, ...at });
    });
  if (type.dataProduct || type.freshness) refuse({});
  for (const { name, reference } of type.fields.values()) if (reference) refuse({ field: name });
}

function readEntity(
  name: string,
  parts: readonly EntityPart[],
  published: Published,
  attempt: Attempt,
): MeshEntity {
  const owner = parts.find(({ type }) => type.dataProduct);
  for (const part of parts) attempt(() => checkOwnership(part, owner));
  const columns = new Map<string, MeshColumn>();
  const references = new Map<string, MeshReference>();
  const inverses = new Map<string, MeshInverse>();
  // What several subgraphs answer is asked of the owner, else of the first.
  const inRank = owner ? [owner, ...parts.filter((part) => part !== owner)] : parts;
  for (const part of inRank)
    for (const field of part.type.fields.values()) {
      const { subgraph } = part;
      const { name: fieldName, type, list, required, takesArguments } = field;
      const taken = [columns, references, inverses].some((fields) => fields.has(fieldName));
      if (taken || !published.field(subgraph.name, name, fieldName)) continue;
      if (!field.reference) {
        if (!list && subgraph.leaves.has(type))
          columns.set(fieldName, {
            name: fieldName,
            subgraph: subgraph.name,
            type,
            required,
            takesArguments,
          });
      } else if (list)
        keep(
          inverses,
          attempt(() => readInverse(part, field)),
        );
      else
        keep(
          references,
          attempt(() => readReference(part, field)),
        );
    }
  return {
    name,
    owner: owner?.subgraph.name,
    product: owner && attempt(() => readProduct(owner)),
    freshness: owner && attempt(() => readFreshness(owner)),
    keys: [...new Map(inRank.flatMap(({ type }) => type.keys).map((key) => [key.join(" "), key])).values()],
    columns,
    references,
    inverses,
  };
}

function keep<T extends { readonly name: string }>(into: Map<string, T>, read: T | undefined): void {
  if (read) into.set(read.name, read);
}
