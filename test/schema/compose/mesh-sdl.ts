// Minimal subgraphs to compose: the head that links the mesh, and a way to see what is wrong with them.
import { type Composition, compose } from "../../../schema/compose/compose.ts";
import { type MeshReading, readMesh } from "../../../schema/compose/read-mesh.ts";
import {
  federationSpecUrl,
  meshDirectiveSdl,
  meshSchemaExtension,
} from "../../../schema/product/mesh-directives.ts";

/** A subgraph that links the mesh. */
export const meshed = (body: string) => `${meshSchemaExtension}${meshDirectiveSdl}scalar DateTime\n${body}`;

/** A subgraph that knows federation alone. */
export const federated = (body: string) =>
  `extend schema @link(url: "${federationSpecUrl}", import: ["@key", "@shareable", "@inaccessible", "@override", "@external"])\n${body}`;

/** The arguments that @dataProduct needs. */
export const product = (id: string) =>
  `@dataProduct(id: "${id}", version: "1.0.0", domain: "d", owner: "o", contact: "c@weft.example")`;

export type Sdls = Readonly<Record<string, string>>;

const named = (sdls: Sdls) =>
  Object.entries(sdls).map(([name, sdl]) => ({ name, sdl, url: `http://${name}.weft.example` }));

export function composeAll(sdls: Sdls): Composition {
  return compose(named(sdls));
}

/** The mesh of subgraphs that compose. */
export function meshOf(sdls: Sdls): MeshReading {
  const composition = composeAll(sdls);
  if (composition.kind === "refused")
    throw new Error(composition.problems.map(({ message }) => message).join("\n"));
  return readMesh(named(sdls), composition.supergraphSdl);
}

/** Every problem as its code and its facts. */
export function problemsOf(sdls: Sdls): readonly Readonly<Record<string, unknown>>[] {
  const composition = composeAll(sdls);
  return composition.kind === "composed" ? [] : composition.problems.map(({ extensions }) => extensions);
}
