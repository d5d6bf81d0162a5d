// The headers sent to subgraphs: the caller's that are configured, but never those of a connection or a body.
import { expect, it } from "vitest";
import { requestHeaders } from "../../gateway/fetch/request-headers.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";

it.each([
  "connection",
  "keep-alive",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "content-length",
  "content-encoding",
  "accept-encoding",
  "expect",
])("%s stays behind, whatever is configured", (name) => {
  const headers = requestHeaders(mintVisibility({ [name]: "x", "x-tenant": "t" }, [name, "x-tenant"]));
  expect(headers).toEqual([
    "content-type",
    "application/json",
    "accept",
    "application/json",
    "x-tenant",
    "t",
  ]);
});
