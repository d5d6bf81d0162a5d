// The gates before a plan: which operations become one, and which of them may run.
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { mintOperation } from "../../gateway/operation/operation.ts";
import { buildPlan } from "../../gateway/plan/build.ts";
import { permit } from "../../gateway/policy/permit.ts";

const limits = configSchema.shape.operation.parse({});

function operationOf(text: string) {
  const document = parse(text);
  const definition = document.definitions[0] as OperationDefinitionNode;
  return mintOperation({ text, document, definition, name: undefined }, limits);
}

describe("an operation", () => {
  it.each([["query { a }"], ["{ a }"], ["mutation { a }"]])("is %s", (text) => {
    expect(operationOf(text).text).toBe(text);
  });

  it("is no subscription", () => {
    expect(() => operationOf("subscription { a }")).toThrow(
      expect.objectContaining({ code: "SUBSCRIPTION_NOT_YET", status: 400, audience: "caller" }),
    );
  });
});

describe("permission", () => {
  it.each([
    ["a query of a mesh that is read-only", "{ a }", false],
    ["a query of a mesh with mutations", "{ a }", true],
    ["a mutation of a mesh with mutations", "mutation { a }", true],
  ])("is given to %s, which it does not change", (_, text, mutations) => {
    const operation = operationOf(text);
    expect(permit(operation, { mutations })).toBe(operation);
  });

  it("is refused to a mutation where mutations are off", () => {
    expect(() => permit(operationOf("mutation { a }"), { mutations: false })).toThrow(
      expect.objectContaining({
        code: "MUTATIONS_OFF",
        status: 403,
        audience: "caller",
        message: expect.stringContaining("`operation.mutations`"),
      }),
    );
  });

  it("leads to a plan of plain federation", () => {
    const operation = permit(operationOf("{ a }"), { mutations: false });
    const fetches = { tree: { kind: "parallel", nodes: [] }, aliases: {} } as const;
    const known = { schema: buildSchema("type Query { a: Int }"), fields: new Map(), fetches };
    expect(buildPlan(operation, known)).toEqual({ kind: "federated", operation, ...fetches });
  });
});
