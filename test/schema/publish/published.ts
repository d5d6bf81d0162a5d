// Subgraphs composed without running them: their mesh, the schema of plain federation, and the published one.
import { buildSchema, type GraphQLSchema } from "graphql";
import { openOperationPlanner } from "../../../gateway/federation/planning/operation-planner.ts";
import { compose } from "../../../schema/compose/compose.ts";
import type { Mesh } from "../../../schema/product/mesh.ts";
import type { Product } from "../../../sdk/product.ts";
import { productSdl } from "../../../sdk/sdl/product-sdl.ts";
import { airports } from "../../../subgraphs/airports/product.ts";
import { flights } from "../../../subgraphs/flights/product.ts";
import { places } from "../../../subgraphs/places/product.ts";
import { safety } from "../../../subgraphs/safety/product.ts";

export type Published = {
  readonly mesh: Mesh;
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  readonly publishedSdl: string;
  readonly api: GraphQLSchema;
  readonly published: GraphQLSchema;
};

export async function publish(sdls: Readonly<Record<string, string>>): Promise<Published> {
  const subgraphs = Object.entries(sdls).map(([name, sdl]) => ({ name, sdl, url: `http://${name}.example` }));
  const composition = compose(subgraphs);
  if (composition.kind === "refused")
    throw new Error(composition.problems.map(({ message }) => message).join("\n"));
  const { supergraphSdl, mesh } = composition;
  const { apiSdl, publishedSdl } = await openOperationPlanner(supergraphSdl, mesh);
  const [api, published] = [buildSchema(apiSdl), buildSchema(publishedSdl)];
  return { mesh, supergraphSdl, apiSdl, publishedSdl, api, published };
}

export function sdlsOf(products: readonly Product[]): Readonly<Record<string, string>> {
  return Object.fromEntries(products.map((product) => [product.id, productSdl(product)]));
}

export const demo = sdlsOf([flights, airports, places, safety]);

/** A type's fields as SDL has them: `origin: airports_reference_exp`. */
export function fieldsOf(schema: GraphQLSchema, type: string): readonly string[] {
  const found = schema.getType(type);
  if (!found || !("getFields" in found)) throw new Error(`${type} has no fields`);
  return Object.values(found.getFields()).map((field) => `${field.name}: ${field.type}`);
}
