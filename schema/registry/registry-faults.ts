// What can go wrong while a subgraph's SDL is fetched.
import { faultTable } from "../product/fault.ts";

export const registry = faultTable({
  SUBGRAPH_UNREACHABLE: {
    status: 503,
    audience: "operator",
    text: ({ subgraph, url, problem }: { subgraph: string; url: string; problem: string }) =>
      `Subgraph ${subgraph} at ${url} gives no SDL: ${problem}.`,
    remedy: "Start it, or correct its `url`.",
  },
  SDL_FILE: {
    status: 500,
    audience: "operator",
    text: ({ subgraph, file, problem }: { subgraph: string; file: string; problem: string }) =>
      `Subgraph ${subgraph}: the SDL file ${file} cannot be read: ${problem}.`,
    remedy: "Correct `sdl` of this subgraph.",
  },
});
