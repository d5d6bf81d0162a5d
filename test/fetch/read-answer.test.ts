// A subgraph's answer: what is kept of it, and that no text of any kind does harm.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnswer } from "../../gateway/fetch/read-answer.ts";
import { Fault } from "../../schema/product/fault.ts";

describe("an answer", () => {
  it("keeps of an error what a caller may see", () => {
    const error = {
      message: "no",
      path: ["a", 0, "b"],
      locations: [{ line: 1, column: 1 }],
      extensions: {
        code: "X",
        stacktrace: ["at secret.ts"],
        exception: { stacktrace: [] },
        http: { status: 204, headers: {} },
        hint: "y",
      },
      internal: "secret",
    };
    expect(readAnswer("a", 200, JSON.stringify({ data: null, errors: [error], more: 1 }))).toEqual({
      data: null,
      errors: [{ message: "no", path: ["a", 0, "b"], extensions: { code: "X", hint: "y" } }],
    });
  });

  it.each([["a"], [{}], [[{}]], [[null]]])("drops a path that is none: %j", (path) => {
    const text = JSON.stringify({ errors: [{ message: "no", path }] });
    expect(readAnswer("a", 200, text)).toEqual({ errors: [{ message: "no" }] });
  });

  it("may have `errors: null`, which some servers write", () => {
    expect(readAnswer("a", 200, '{"data":{"a":1},"errors":null}')).toEqual({ data: { a: 1 } });
  });

  it("cannot reach a prototype", () => {
    const evil = '{"polluted":true,"constructor":{"prototype":{"polluted":true}}}';
    const text = `{"__proto__":${evil},"data":{"__proto__":${evil},"constructor":1},
      "errors":[{"message":"no","__proto__":${evil},"extensions":{"__proto__":${evil},"constructor":2}}]}`;
    const { data, errors } = readAnswer("a", 200, text);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(errors?.[0])).toBe(Object.prototype);
    expect(Object.getPrototypeOf(errors?.[0]?.extensions)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(() => readAnswer("a", 200, `{"__proto__":{"data":{}}}`)).toThrow(Fault);
  });

  it("is an answer or a typed fault, whatever the text and the status", () => {
    const near = fc.record(
      { data: fc.jsonValue(), errors: fc.jsonValue(), extensions: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      near.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 200, max: 599 }), (answer, status) => {
        try {
          const { data, errors } = readAnswer("a", status, answer);
          expect(data || errors?.length).toBeTruthy();
          expect(status >= 300 && status < 400).toBe(false);
        } catch (fault) {
          expect(fault).toMatchObject({ code: "SUBGRAPH_ANSWER_INVALID" });
        }
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});
