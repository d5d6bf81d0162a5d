// A port opened for its checks: started if it is a product, its SDL read and composed, its collections found.
import type { GraphQLSchema } from "graphql";
import { compose } from "../../schema/compose/compose.ts";
import { readMesh } from "../../schema/compose/read-mesh.ts";
import type { Product } from "../product.ts";
import { type Ask, asking, type Endpoint } from "./ask.ts";
import { readSchema, readSubject, type Subject } from "./subject.ts";
import { type WatchedPort, watchPort } from "./watch-port.ts";

/** A port that runs somewhere, or a product that is started for the time of its checks. */
export type Target = Endpoint | { readonly product: Product };

export type OpenPort = AsyncDisposable & {
  readonly ask: Ask;
  readonly watched: WatchedPort | undefined;
  readonly declared: Declared;
};

/** What the SDL says, or what is wrong with it. */
export type Declared =
  | { readonly kind: "read"; readonly schema: GraphQLSchema; readonly subjects: readonly Subject[] }
  | { readonly kind: "refused"; readonly problems: readonly string[] };

export async function openPort(target: Target, options: { readonly signal: AbortSignal }): Promise<OpenPort> {
  const watched = "product" in target ? await watchPort(target.product) : undefined;
  const ask = asking(watched ?? (target as Endpoint));
  try {
    return {
      ask,
      watched,
      declared: await readDeclared(ask, options),
      [Symbol.asyncDispose]: async () => watched?.[Symbol.asyncDispose](),
    };
  } catch (failure) {
    await watched?.[Symbol.asyncDispose]();
    throw failure;
  }
}

const subgraph = "port";

async function readDeclared(ask: Ask, options: { readonly signal: AbortSignal }): Promise<Declared> {
  const { data, errors } = await ask({ query: "{ _service { sdl } }", variables: {} }, options);
  const sdl: unknown = data?._service?.sdl;
  if (typeof sdl !== "string")
    return { kind: "refused", problems: [`it answers no SDL: ${errors[0]?.message ?? "none"}`] };
  const composition = compose([{ name: subgraph, url: "http://port.invalid", sdl }]);
  if (composition.kind === "refused")
    return { kind: "refused", problems: composition.problems.map(({ message }) => message) };
  const { mesh } = readMesh([{ name: subgraph, sdl }], composition.supergraphSdl);
  const schema = readSchema(sdl);
  const subjects = [...mesh.collections.values()]
    .filter(({ dialect }) => dialect === "weft")
    .map((collection) => readSubject(collection, mesh, schema));
  return subjects.length > 0
    ? { kind: "read", schema, subjects }
    : { kind: "refused", problems: ["it declares no @collection of the dialect weft"] };
}
