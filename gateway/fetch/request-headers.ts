// The headers of a request to a subgraph: those of the caller that are sent on, and our own.
import { isOwnHeader } from "../config.ts";
import type { Visibility } from "../policy/visibility.ts";

/**
 * Names and values by turns. Made anew for each request: with the few headers that are sent on this is cheaper than
 * a look into a WeakMap. There is no `accept-encoding`: answers come as they are, so that the limit on bytes is one
 * on memory too.
 */
export function requestHeaders({ headers }: Visibility): string[] {
  const sent = ["content-type", "application/json", "accept", "application/json"];
  for (const name in headers) if (!isOwnHeader(name)) sent.push(name, headers[name] as string);
  return sent;
}
