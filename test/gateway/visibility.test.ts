// Visibility: what of a request decides who sees what, in one spelling.
import { describe, expect, it } from "vitest";
import { mintVisibility } from "../../gateway/policy/visibility.ts";

const forwarded = ["authorization", "x-tenant"];
const scopeOf = (headers: Parameters<typeof mintVisibility>[0], names: readonly string[] = forwarded) =>
  mintVisibility(headers, names).scope;

describe("visibility", () => {
  it("keeps the configured headers and no other", () => {
    const { headers } = mintVisibility({ authorization: "a", cookie: "c", "x-tenant": "t" }, forwarded);
    expect(headers).toEqual({ authorization: "a", "x-tenant": "t" });
  });

  it("is empty where none is configured", () => {
    expect(mintVisibility({ authorization: "a" }, []).headers).toEqual({});
  });

  it("joins a header that was sent several times, as HTTP does", () => {
    expect(mintVisibility({ "x-tenant": ["a", "b"] }, forwarded).headers).toEqual({ "x-tenant": "a, b" });
  });

  it("does not change the list of headers that it was given", () => {
    const names = Object.freeze(["x-tenant", "authorization"]);
    expect(() => mintVisibility({ authorization: "a" }, names)).not.toThrow();
  });

  it("has a scope that does not tell the headers", () => {
    expect(scopeOf({ authorization: "Bearer secret" })).not.toContain("secret");
  });

  it.each([
    [
      "the order of headers differs",
      { "x-tenant": "t", authorization: "a" },
      { authorization: "a", "x-tenant": "t" },
    ],
    ["other headers differ", { authorization: "a", cookie: "1" }, { authorization: "a", cookie: "2" }],
    ["a list says what a text says", { "x-tenant": ["a", "b"] }, { "x-tenant": "a, b" }],
    ["none of them was sent", {}, { cookie: "1" }],
  ])("is equal where %s", (_, one, other) => {
    expect(scopeOf(one)).toBe(scopeOf(other));
  });

  it("is equal where the configured list is in another order", () => {
    const headers = { authorization: "a", "x-tenant": "t" };
    expect(scopeOf(headers, forwarded)).toBe(scopeOf(headers, [...forwarded].reverse()));
  });

  it.each([
    ["a value differs", { authorization: "a" }, { authorization: "b" }],
    ["a value differs in case", { authorization: "a" }, { authorization: "A" }],
    ["a header is missing", { authorization: "a" }, {}],
    ["a header is empty rather than missing", { authorization: "" }, {}],
    ["one header says what the other said", { authorization: "a" }, { "x-tenant": "a" }],
    [
      "two values are cut elsewhere",
      { authorization: 'a"],["x-tenant","b' },
      { authorization: "a", "x-tenant": "b" },
    ],
  ])("differs where %s", (_, one, other) => {
    expect(scopeOf(one)).not.toBe(scopeOf(other));
  });
});
