// Random questions across domains: each has the answer of the SQL that is written beside it, with rules and without.
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import type { TestGateway } from "../gateway/support/test-gateway.ts";
import { type Model, modelOf } from "./random/model.ts";
import { type Asked, groups, lists, nestedLists } from "./random/question.ts";
import { storedValues, type Values } from "./random/values.ts";
import { gatewayOn } from "./support/gateway-on.ts";
import { type Oracle, openOracle } from "./support/oracle.ts";
import { difference } from "./support/same-answer.ts";
import { tradeMesh } from "./support/trade-mesh.ts";
import { tradeProducts } from "./support/trade-products.ts";
import { allTables, smallTradeSize, tradeTables } from "./support/trade-tables.ts";

type Asking = {
  readonly oracle: Oracle;
  readonly gateways: readonly TestGateway[];
  readonly values: Values;
};

const tables = tradeTables(smallTradeSize);
const model: Model = modelOf(Object.values(tradeProducts(tables)));

const it = test.extend<Asking>({
  oracle: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using oracle = await openOracle(allTables(tables));
      await use(oracle);
    },
    { scope: "file" },
  ],
  gateways: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      await using mesh = await tradeMesh(tables, inject("postgresUrl"));
      await using ruled = await gatewayOn(mesh, "all");
      await using plain = await gatewayOn(mesh, "none");
      await use([ruled, plain]);
    },
    { scope: "file" },
  ],
  values: [async ({ oracle }, use) => use(await storedValues(model, oracle)), { scope: "file" }],
});

/** `npm run test:long` asks many more. */
const runs = process.env.WEFT_TEST_LONG === undefined ? 100 : 6_667;
const options = { timeout: 100_000 + 500 * runs };
const sampling = { seed: 20261121, numRuns: runs };

describe("a random question across domains", () => {
  it.for([
    ["a list and its aggregate", lists],
    ["lists within a list", nestedLists],
    ["groups", groups],
  ] as const)("for %s has one answer", options, async ([, questions], { oracle, gateways, values }) => {
    await fc.assert(
      fc.asyncProperty(questions(model, values), (asked) => answersAlike(asked, gateways, oracle)),
      sampling,
    );
  });
});

async function answersAlike(
  { question, parts }: Asked,
  gateways: readonly TestGateway[],
  oracle: Oracle,
): Promise<void> {
  const expected: Record<string, unknown> = {};
  for (const { field, sql, value } of parts) expected[field] = value(await oracle.lists(sql));
  for (const gateway of gateways) {
    const { data, errors } = await gateway.ask(question);
    const problem = errors ? JSON.stringify(errors) : difference(data, expected);
    if (problem === undefined) continue;
    const { query, variables } = question;
    expect.fail([problem, query, JSON.stringify(variables), ...parts.map(({ sql }) => sql)].join("\n"));
  }
}
