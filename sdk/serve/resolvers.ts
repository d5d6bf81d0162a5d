// The resolvers of a port: each collection field is one statement, each entity type of a request is one more.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { meshScalars } from "../../schema/product/scalar.ts";
import type { Port, ResolverMap } from "./port.ts";
import { aggregateTypeResolvers, rootAggregate } from "./resolve-aggregate.ts";
import { collectionResolvers } from "./resolve-collection.ts";
import { referenceResolvers, resolveNeighbour, resolveReference } from "./resolve-entity.ts";
import { byResolvers, groupsResolver } from "./resolve-groups.ts";
import { inverseResolvers } from "./resolve-inverse.ts";
import { watermarkResolvers } from "./resolve-watermark.ts";

/** Resolvers for everything that `productSdl` writes, the team's own beside them. */
export function portResolvers(port: Port): Record<string, ResolverMap> {
  const { product } = port;
  const entities = [...product.entities.values()];
  const query = entities.map((entity) => ({
    ...collectionResolvers(port, entity),
    [generatedNames(entity.collection).aggregate]: rootAggregate(port, entity),
    [generatedNames(entity.collection).groups]: groupsResolver(port, entity),
    ...watermarkResolvers(port, entity),
  }));
  const map: Record<string, ResolverMap> = {
    ...(meshScalars as Record<string, never>),
    Query: Object.assign({}, ...query),
  };
  for (const entity of entities) {
    Object.assign(map, aggregateTypeResolvers(entity));
    map[generatedNames(entity.collection).by] = byResolvers(entity);
    map[entity.name] = {
      __resolveReference: resolveReference(port, entity),
      ...referenceResolvers(port, entity),
      ...inverseResolvers(port, entity.inverses),
    };
  }
  for (const neighbour of product.neighbours.values())
    map[neighbour.name] = {
      __resolveReference: resolveNeighbour(neighbour),
      ...inverseResolvers(port, neighbour.inverses),
    };
  for (const [type, fields] of Object.entries(product.extension?.resolvers ?? {}))
    map[type] = { ...map[type], ...fields };
  return map;
}
