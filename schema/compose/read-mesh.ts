// Reads the model of the mesh from each subgraph's own SDL and the supergraph together.
import type { Fault } from "../product/fault.ts";
import type { Mesh } from "../product/mesh.ts";
import { attempts } from "./attempts.ts";
import { parseSdl } from "./parse-sdl.ts";
import { readCollections } from "./read-collection.ts";
import { readEntities } from "./read-entity.ts";
import { readPublished } from "./read-published.ts";
import { readSubgraph } from "./read-subgraph.ts";

export type SubgraphSdl = { readonly name: string; readonly sdl: string };

/** The model as far as it could be read, and all that is wrong with it. */
export type MeshReading = { readonly mesh: Mesh; readonly problems: readonly Fault[] };

/** What federation itself leaves out of the API (`@inaccessible`, overridden fields) is not in the model either. */
export function readMesh(sdls: readonly SubgraphSdl[], supergraphSdl: string, parse = parseSdl): MeshReading {
  const { attempt, problems } = attempts();
  const subgraphs = sdls.flatMap(({ name, sdl }) => attempt(() => readSubgraph(name, sdl, parse)) ?? []);
  const published = readPublished(supergraphSdl);
  const entities = readEntities(subgraphs, published, attempt);
  const collections = readCollections(subgraphs, published, attempt);
  return { mesh: { entities, collections }, problems };
}
