// Which errors a caller sees as they are, and which only the operator.
import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { asFault, errorBody, formatErrorWith } from "../../http/error-answer.ts";
import type { Fault } from "../../schema/product/fault.ts";
import { tiny } from "./tiny-graphql.ts";

const masked = (code: string) => ({
  message: `The request could not be answered (${code}). The operator finds the reason in the log.`,
  extensions: { code },
});

/** What a caller sees of an error, and what is reported. */
function format(error: unknown) {
  const reported: [Fault, unknown][] = [];
  const formatted = { message: "as formatted", path: ["a"], extensions: { code: "INTERNAL_SERVER_ERROR" } };
  const shown = formatErrorWith((fault, cause) => reported.push([fault, cause]))(formatted, error);
  return { formatted, shown, reported };
}

const wrapped = (originalError: Error) => new GraphQLError(originalError.message, { originalError });

describe("formatting an error", () => {
  it.each([
    ["bare", tiny.CALLER_WRONG({ at: "limit" })],
    ["behind a GraphQL error", wrapped(tiny.CALLER_WRONG({ at: "limit" }))],
    ["behind two", wrapped(wrapped(tiny.CALLER_WRONG({ at: "limit" })))],
  ])("shows a fault of the caller's, %s, where it happened, and reports nothing", (_, error) => {
    const { shown, reported } = format(error);
    expect(shown).toEqual({
      message: "limit is wrong. Mend it.",
      path: ["a"],
      extensions: { code: "CALLER_WRONG", at: "limit" },
    });
    expect(reported).toEqual([]);
  });

  it.each([
    ["bare", (fault: Error) => fault],
    ["behind a GraphQL error", wrapped],
    ["behind two", (fault: Error) => wrapped(wrapped(fault))],
  ])("masks a fault of the operator's, %s, and reports it", (_, wrap) => {
    const fault = tiny.DISK_FULL({ path: "/var/secret" });
    const { shown, reported } = format(wrap(fault));
    expect(shown).toEqual({ ...masked("DISK_FULL"), path: ["a"] });
    expect(reported).toEqual([[fault, fault]]);
  });

  it.each([
    ["bare", (error: Error) => error],
    ["behind a GraphQL error", wrapped],
  ])("masks what nobody foresaw, %s, as INTERNAL, and reports it with its cause", (_, wrap) => {
    const error = new TypeError("cannot read /etc/passwd");
    const { shown, reported } = format(wrap(error));
    expect(shown).toEqual({ ...masked("INTERNAL"), path: ["a"] });
    expect(reported).toEqual([
      [expect.objectContaining({ code: "INTERNAL", status: 500, audience: "operator", cause: error }), error],
    ]);
  });

  it.each([
    ["a GraphQL error of its own", new GraphQLError("no such field")],
    ["a GraphQL error behind another", wrapped(new GraphQLError("not a Date"))],
    ["what a subgraph answered", { message: "the neighbour says no" }],
  ])("passes %s as it is, and reports nothing", (_, error) => {
    const { shown, formatted, reported } = format(error);
    expect(shown).toBe(formatted);
    expect(reported).toEqual([]);
  });
});

describe("a failure", () => {
  it("that is a fault is itself", () => {
    const fault = tiny.CALLER_WRONG({ at: "limit" });
    expect(asFault(fault)).toBe(fault);
  });

  it.each([
    [new Error("broken"), "broken"],
    ["just text", "just text"],
    [undefined, "undefined"],
    [null, "null"],
  ])("of %s is INTERNAL", (failure, problem) => {
    expect(asFault(failure)).toMatchObject({ code: "INTERNAL", extensions: { code: "INTERNAL", problem } });
  });

  it("as an answer of its own has one error", () => {
    expect(errorBody(tiny.DISK_FULL({ path: "/var/secret" }))).toEqual({ errors: [masked("DISK_FULL")] });
    expect(errorBody(tiny.CALLER_WRONG({ at: "limit" }))).toEqual({
      errors: [{ message: "limit is wrong. Mend it.", extensions: { code: "CALLER_WRONG", at: "limit" } }],
    });
  });
});
