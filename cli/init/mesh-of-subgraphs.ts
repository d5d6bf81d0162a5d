// What the subgraphs' SDLs say of the mesh: its entities, who owns them, and which names are taken.
import { readSubgraph, type Subgraph } from "../../schema/compose/read-subgraph.ts";
import { type KnownMesh, keyFields, type MeshEntity } from "./mesh-entity.ts";

export type SubgraphSource = { readonly name: string; readonly url: string; readonly sdl: string };

/** Entities are asked for at their owners' ports. `configured` = subgraphs that are not published. */
export function meshOfSubgraphs(
  sources: readonly SubgraphSource[],
  configured: readonly string[] = [],
): KnownMesh {
  const read = sources.map((source) => ({ source, subgraph: readSubgraph(source.name, source.sdl) }));
  const types = new Map<string, string>();
  const rootFields = new Map<string, string>();
  for (const { source, subgraph } of read) {
    // Who owns an entity comes first: others only add to it.
    for (const [name, { dataProduct }] of subgraph.types)
      if (dataProduct || !types.has(name)) types.set(name, source.name);
    for (const name of subgraph.query?.fields.keys() ?? []) rootFields.set(name, source.name);
  }
  const fieldsOf = (entity: string) => [
    ...new Set(read.flatMap(({ subgraph }) => [...(subgraph.types.get(entity)?.fields.keys() ?? [])])),
  ];
  const entities = read.flatMap(({ source, subgraph }) =>
    entitiesOf(subgraph).map((entity) => ({
      ...entity,
      fields: fieldsOf(entity.name),
      url: source.url,
      owner: source.name,
    })),
  );
  return {
    entities,
    types,
    rootFields,
    subgraphs: sources.map(({ name, url }) => ({ name, url })),
    configured,
  };
}

/** Those that the subgraph lists and counts. */
function entitiesOf({ types, query }: Subgraph): readonly Omit<MeshEntity, "fields" | "url" | "owner">[] {
  return [...(query?.fields.values() ?? [])].flatMap(({ name: collection, collection: declared }) => {
    const { entity: name, aggregate, dialect = "weft" } = declared ?? {};
    if (typeof name !== "string" || typeof aggregate !== "string" || dialect !== "weft") return [];
    const { keys: [fields = []] = [], fields: typed } = types.get(name) ?? {};
    const key = keyFields(fields.map((field) => ({ field, type: typed?.get(field)?.type })));
    return key ? [{ name, key, collection, aggregate }] : [];
  });
}
