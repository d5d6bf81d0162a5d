// Parses the SDL of one subgraph.
import { type DocumentNode, type GraphQLError, parse, Source } from "graphql";
import { composing } from "./composing-faults.ts";

/**
 * Its nodes name the subgraph as their source.
 * @throws composing.SDL_INVALID, with the line and the column
 */
export function parseSdl(subgraph: string, sdl: string): DocumentNode {
  try {
    return parse(new Source(sdl, subgraph));
  } catch (cause) {
    const { message, locations } = cause as GraphQLError;
    const [at] = locations ?? [];
    const place = at ? ` (line ${at.line}, column ${at.column})` : "";
    throw composing.SDL_INVALID({ subgraph, problem: `${message.replace(/\.$/, "")}${place}` }, cause);
  }
}

/** How SDLs are parsed: each anew, or each once. */
export type ParseSdl = typeof parseSdl;

/** Parses each SDL once, for those who look at the same ones several times. */
export function parseOnce(): ParseSdl {
  const known = new Map<string, { readonly sdl: string; readonly document: DocumentNode }>();
  return (subgraph, sdl) => {
    const before = known.get(subgraph);
    if (before?.sdl === sdl) return before.document;
    const document = parseSdl(subgraph, sdl);
    known.set(subgraph, { sdl, document });
    return document;
  };
}
