// Cross-site request forgery: may a browser have sent this request for another site, without asking us first?
import type { IncomingHttpHeaders } from "node:http";
import { jsonType } from "./media-type.ts";

/**
 * True when it may. A request with `application/json` or a preflight header cannot leave another site's page
 * without a CORS preflight, which is not granted here. Else the browser's own word counts (`Sec-Fetch-Site`), then
 * `Origin`; a browser that sends neither is one over plain http or an old one, and is refused.
 */
export function mayBeCrossSite(headers: IncomingHttpHeaders, host: string): boolean {
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === jsonType || headers["apollo-require-preflight"] || headers["x-apollo-operation-name"])
    return false;
  const site = headers["sec-fetch-site"];
  if (site) return site !== "same-origin" && site !== "none";
  const { origin } = headers;
  if (!origin) return /^Mozilla/.test(headers["user-agent"] ?? "");
  return !isSameOrigin(origin, host);
}

function isSameOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost } = new URL(origin);
  const own = `${protocol}//${host}`; // the same protocol, so that default ports fall away alike
  return URL.canParse(own) && new URL(own).host === originHost;
}
