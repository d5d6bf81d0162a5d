// Collections: the lists of a subgraph's query root that can be asked, and how.
import { type DialectName, dialects, type MeshCollection } from "../product/mesh.ts";
import { type Operator, operators } from "../product/predicate.ts";
import type { Attempt } from "./attempts.ts";
import { composing } from "./composing-faults.ts";
import { collectionArguments, readArguments } from "./directive-arguments.ts";
import type { Published } from "./read-published.ts";
import type { Subgraph, SubgraphField, SubgraphType } from "./read-subgraph.ts";

/** Every published collection by its name, which is taken once in a mesh. */
export function readCollections(
  subgraphs: readonly Subgraph[],
  published: Published,
  attempt: Attempt,
): ReadonlyMap<string, MeshCollection> {
  const collections = new Map<string, MeshCollection>();
  for (const subgraph of subgraphs)
    for (const type of subgraph.types.values())
      for (const field of type.fields.values())
        attempt(() => {
          const typeName = type === subgraph.query ? "Query" : type.name;
          if (!field.collection || !published.field(subgraph.name, typeName, field.name)) return;
          const collection = readCollection(subgraph, type, field);
          const other = collections.get(field.name)?.subgraph;
          if (other !== undefined)
            throw composing.COLLECTION_TAKEN({
              subgraph: subgraph.name,
              type: type.name,
              field: field.name,
              other,
            });
          collections.set(field.name, collection);
        });
  return collections;
}

/**
 * @throws composing.DIRECTIVE_ARGUMENTS, composing.ENTITY_UNKNOWN, composing.COLLECTION_NOT_ITS_LIST,
 * composing.DIALECT_UNKNOWN, composing.OPERATOR_UNKNOWN, composing.COLLECTION_SIBLING
 */
function readCollection(subgraph: Subgraph, type: SubgraphType, field: SubgraphField): MeshCollection {
  const place = { subgraph: subgraph.name, type: type.name, field: field.name };
  const { filter, ...read } = readArguments(collectionArguments, field.collection, "@collection", place);
  const { entity, dialect, inexact, aggregate, groups, byPk } = read;
  if (!subgraph.types.get(entity)?.keys.length) throw composing.ENTITY_UNKNOWN({ ...place, entity });
  if (type !== subgraph.query || !field.list || field.type !== entity)
    throw composing.COLLECTION_NOT_ITS_LIST({ ...place, entity });
  if (!isDialect(dialect)) throw composing.DIALECT_UNKNOWN({ ...place, dialect, known: dialects });
  const operator = [...(filter ?? []), ...inexact].find((name) => !isOperator(name));
  if (operator !== undefined) throw composing.OPERATOR_UNKNOWN({ ...place, operator, known: operators });
  for (const [role, sibling] of Object.entries({ aggregate, groups, byPk }))
    if (sibling !== undefined && !type.fields.has(sibling))
      throw composing.COLLECTION_SIBLING({ ...place, sibling, role });
  return {
    ...read,
    name: field.name,
    subgraph: subgraph.name,
    dialect,
    exact: filter as readonly Operator[] | undefined,
    inexact: inexact as readonly Operator[],
  };
}

function isDialect(name: string): name is DialectName {
  return (dialects as readonly string[]).includes(name);
}

function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}
