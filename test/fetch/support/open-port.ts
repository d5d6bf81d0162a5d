// The subgraph port with limits for tests, its events kept.
import { type Config, configSchema } from "../../../gateway/config.ts";
import {
  type Asking,
  type FetchEvent,
  openSubgraphs,
  type SubgraphAnswer,
} from "../../../gateway/fetch/open-subgraphs.ts";
import { mintVisibility, type Visibility } from "../../../gateway/policy/visibility.ts";

export const fetchOptions: Config["fetch"] = configSchema.shape.fetch.parse({
  connectTimeoutMs: 1_000,
  headersTimeoutMs: 300,
  answerTimeoutMs: 500,
  answerBytesMax: 100_000,
  retryDelayMs: 1,
  failuresMax: 1_000_000,
});

/** Who asks with that token. */
export function seenBy(token: string): Visibility {
  return mintVisibility({ authorization: token }, ["authorization"]);
}

export function openPort(
  options: Partial<Config["fetch"]> = {},
  clock: { readonly now?: () => number; readonly random?: () => number } = {},
) {
  const events: FetchEvent[] = [];
  const observe = (event: FetchEvent) => events.push(event);
  const subgraphs = openSubgraphs({ observe, ...clock }, { ...fetchOptions, ...options });
  const ask =
    (kind: "query" | "mutation") =>
    (url: string, body = "{}", asking: Partial<Asking> = {}): Promise<SubgraphAnswer> =>
      subgraphs.ask(
        { name: "a", url },
        { kind, body },
        { signal: AbortSignal.timeout(10_000), visibility: seenBy("all"), ...asking },
      );
  return {
    events,
    kinds: () => events.map(({ kind }) => kind.replace("subgraph.", "")),
    ask: ask("query"),
    mutate: ask("mutation"),
    [Symbol.asyncDispose]: () => subgraphs[Symbol.asyncDispose](),
  };
}

/** Its code, or "answered". */
export function ending(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => "answered",
    (fault: { code: string }) => fault.code,
  );
}
