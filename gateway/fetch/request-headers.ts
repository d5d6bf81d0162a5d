// The headers of a request to a subgraph: those of the caller that are sent on, and our own.
import type { Visibility } from "../policy/visibility.ts";

/** Of one connection or one body (RFC 9110, 7.6.1), or ours to say: never sent on. In lower case, as configured names are. */
const own: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Names and values by turns. Made anew for each request: with the few headers that are sent on this costs a tenth of
 * a look into a WeakMap. There is no `accept-encoding`: answers come as they are, so that the limit on bytes is one
 * on memory too.
 */
export function requestHeaders({ headers }: Visibility): string[] {
  const sent = ["content-type", "application/json", "accept", "application/json"];
  for (const name in headers) if (!own.has(name)) sent.push(name, headers[name] as string);
  return sent;
}
