// GraphQL over HTTP: every check of the specification's own audit against a gateway that stands on a product.
import { serverAudits } from "graphql-http";
import { describe, expect, it } from "vitest";
import { onOrchard } from "./support/on-orchard.ts";

describe("the gateway speaks GraphQL over HTTP", () => {
  const audits = serverAudits({ url: "" });

  it("is judged by all checks that there are", () => {
    expect(audits).toHaveLength(61);
  });

  onOrchard.for(audits.map(({ id, name }, i) => ({ id, name, i })))(
    "$id $name",
    async ({ i }, { orchard }) => {
      const result = await serverAudits({ url: `${orchard.url}/graphql` })[i]?.fn();
      expect(result).toMatchObject({ status: "ok" });
    },
  );

  onOrchard.for<[string, string, number, string | undefined]>([
    ["no JSON", "{", 400, "REQUEST_MALFORMED"],
    ["nothing", "", 400, "REQUEST_MALFORMED"],
    ["a list of questions", '[{"query":"{ trees { id } }"}]', 400, undefined],
    ["a text", '"{ trees { id } }"', 400, undefined],
    ["null", "null", 400, undefined],
    ["variables that are a list", '{"query":"{ trees { id } }","variables":[]}', 400, undefined],
  ])(
    "refuses %s as a body, with an error and without a stack",
    async ([, body, status, code], { orchard }) => {
      const response = await fetch(`${orchard.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const text = await response.text();
      expect([response.status, text]).toEqual([status, expect.stringMatching(/^\{"errors":\[/)]);
      if (code) expect(JSON.parse(text).errors[0].extensions.code).toBe(code);
      expect(text).not.toMatch(/node_modules|\.ts:|\.js:/);
    },
  );

  onOrchard("answers GET as it answers POST", async ({ orchard }) => {
    const query = new URLSearchParams({
      query: "query ($n: Int!) { trees_by_pk(id: $n) { kind } }",
      variables: '{"n":1}',
    });
    const response = await fetch(`${orchard.url}/graphql?${query}`);
    expect([response.status, await response.json()]).toEqual([
      200,
      { data: { trees_by_pk: { kind: "apple" } } },
    ]);
  });

  onOrchard("answers nothing but errors elsewhere", async ({ orchard }) => {
    const response = await fetch(`${orchard.url}/nowhere`);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { errors: [{ extensions: { code: "NO_SUCH_ROUTE" } }] },
    ]);
  });
});
