// A question whose time is up says what it has, whether entities are remembered or not.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { meshDirectiveSdl, meshSchemaExtension } from "../../schema/product/mesh-directives.ts";
import { graphqlSubgraph } from "../gateway/support/graphql-subgraph.ts";
import { testGateway } from "../gateway/support/test-gateway.ts";

const good = (more: string) => `type Good @key(fields: "id") { id: Int! ${more} }`;
const product = `@dataProduct(id: "goods", version: "1.0.0", domain: "d", owner: "o", contact: "c@weft.example") @freshness(slo: "PT30M")`;
const labelled = `${meshSchemaExtension}${meshDirectiveSdl}
  type Query { c: Good } type Good @key(fields: "id") ${product} { id: Int! label: String }`;
const question = "{ a { label } b { label } }";

it.each([[true], [false]])("with the cache on: %s", async (enabled) => {
  let hangs = false;
  await using a = await graphqlSubgraph(`type Query { a: Good } ${good("")}`, {
    Query: { a: () => ({ id: 1 }) },
  });
  await using b = await graphqlSubgraph(`type Query { b: Good } ${good("")}`, {
    Query: {
      b: async () => {
        if (hangs) await sleep(3_000);
        return { id: 2 };
      },
    },
  });
  await using c = await graphqlSubgraph(labelled, {
    Query: { c: () => ({ id: 1 }) },
    Good: { __resolveReference: (reference: object) => reference, label: () => "l" },
  } as never);
  await using gateway = await testGateway({
    subgraphs: { a: a.url, b: b.url, c: c.url },
    cache: { enabled },
    server: { deadlineMs: 700 },
  });
  await gateway.live();
  for (let turn = 0; turn < 3; turn++)
    expect((await gateway.ask(question)).data).toEqual({ a: { label: "l" }, b: { label: "l" } });
  hangs = true;
  const { data, errors } = await gateway.ask(question);
  expect(data).toEqual({ a: { label: null }, b: null });
  expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([
    "OPERATION_TIMEOUT",
    "OPERATION_TIMEOUT",
  ]);
});
