// Which requests a browser may have sent for another site.
import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { mayBeCrossSite } from "../../http/cross-site.ts";

const host = "weft.example:4000";
const browser = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64)" };

describe("a request", () => {
  it.each<[string, IncomingHttpHeaders]>([
    [
      "of JSON, whatever its site",
      { ...browser, "content-type": "application/json", "sec-fetch-site": "cross-site" },
    ],
    ["of JSON in any spelling", { ...browser, "content-type": "Application/JSON ; charset=utf-8" }],
    [
      "with a preflight header",
      { ...browser, "apollo-require-preflight": "1", "sec-fetch-site": "cross-site" },
    ],
    [
      "with an operation's name",
      { ...browser, "x-apollo-operation-name": "a", origin: "https://evil.example" },
    ],
    ["from the same origin", { ...browser, "sec-fetch-site": "same-origin" }],
    ["typed by the user", { ...browser, "sec-fetch-site": "none" }],
    [
      "whose own word is better than its origin",
      { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
    ],
    ["from our own origin", { ...browser, origin: `http://${host}` }],
    ["from our own origin over TLS", { ...browser, origin: `https://${host}` }],
    ["of no browser", { "user-agent": "curl/8.5.0" }],
    ["of nobody known", {}],
    ["of no browser, with a form's type", { "content-type": "application/x-www-form-urlencoded" }],
  ])("%s is taken", (_, headers) => {
    expect(mayBeCrossSite(headers, host)).toBe(false);
  });

  it.each<[string, IncomingHttpHeaders]>([
    ["of another site", { ...browser, "sec-fetch-site": "cross-site" }],
    ["of a sibling of this site", { ...browser, "sec-fetch-site": "same-site" }],
    ["of a site of an unknown kind", { "sec-fetch-site": "elsewhere" }],
    ["whose own word is worse than its origin", { "sec-fetch-site": "cross-site", origin: `http://${host}` }],
    ["from another origin", { origin: "https://evil.example" }],
    ["from another port", { origin: "http://weft.example:4001" }],
    ["from a longer name", { origin: "http://weft.example:4000.evil.example" }],
    ["from a subdomain", { origin: "http://a.weft.example:4000" }],
    ["from an opaque origin", { origin: "null" }],
    ["of a browser that says neither site nor origin", browser],
    ["with plain text", { ...browser, "content-type": "text/plain" }],
    ["with JSON in a parameter", { ...browser, "content-type": "text/plain; application/json" }],
    ["with a type that only begins so", { ...browser, "content-type": "application/json-seq" }],
    ["with an empty preflight header", { ...browser, "apollo-require-preflight": "" }],
  ])("%s is refused", (_, headers) => {
    expect(mayBeCrossSite(headers, host)).toBe(true);
  });

  it.each([
    ["http://weft.example", "weft.example:80"],
    ["https://weft.example", "weft.example:443"],
    ["http://weft.example:80", "weft.example"],
    ["http://[::1]:4000", "[::1]:4000"],
    ["http://WEFT.example", "weft.example"],
  ])("from %s is of the host %s", (origin, own) => {
    expect(mayBeCrossSite({ origin }, own)).toBe(false);
  });

  it("to a host that is no host is refused", () => {
    expect(mayBeCrossSite({ origin: "http://weft.example" }, "a b")).toBe(true);
  });
});
