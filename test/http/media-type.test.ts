// Which media type an answer has.
import { describe, expect, it } from "vitest";
import { graphqlType, jsonType, negotiate } from "../../http/media-type.ts";

it("is found without backtracking, which would take hours here", () => {
  expect(negotiate(`a${" ".repeat(2_000_000)}b`)).toBeUndefined();
});

describe("an answer", () => {
  it.each([
    [undefined, jsonType],
    ["", jsonType],
    ["*/*", jsonType],
    ["application/*", jsonType],
    ["application/json", jsonType],
    ["application/graphql-response+json", graphqlType],
    ["APPLICATION/GraphQL-Response+JSON", graphqlType],
    ["application/json; charset=utf-8", jsonType],
    ["application/graphql-response+json;charset=utf-8", graphqlType],
    // the order counts where nothing else does
    ["application/graphql-response+json, application/json", graphqlType],
    ["application/json, application/graphql-response+json", jsonType],
    // the quality counts first
    ["application/json;q=0.5, application/graphql-response+json", graphqlType],
    ["application/graphql-response+json;q=0.9, application/json;q=0.8", graphqlType],
    ["application/graphql-response+json; q=0.1, */*; q=0.9", jsonType],
    ["application/json;q=0, */*", graphqlType],
    ["application/graphql-response+json;q=0, application/*", jsonType],
    // what is named goes before what is meant
    ["*/*, application/graphql-response+json", graphqlType],
    ["application/*, application/graphql-response+json", graphqlType],
    ["*/*, application/json", jsonType],
    // browsers, and clients of other things
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", jsonType],
    ["application/graphql-response+json, application/json;q=0.9, text/event-stream", graphqlType],
    ["multipart/mixed, application/json", jsonType],
    ["  application/json  ;  q=1  ", jsonType],
  ])("to `accept: %s` is %s", (accept, type) => {
    expect(negotiate(accept)).toBe(type);
  });

  it.each([
    "text/html",
    "text/*",
    "application/xml",
    "application/json;q=0",
    "*/*;q=0",
    "application/json;q=0, application/graphql-response+json;q=0",
    "application/json;q=nonsense",
    "nonsense",
    ",",
  ])("to `accept: %s` there is none", (accept) => {
    expect(negotiate(accept)).toBeUndefined();
  });
});
