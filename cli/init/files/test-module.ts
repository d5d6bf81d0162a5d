// product.test.js: the port as its callers meet it, and every check of the test kit.
import type { Draft } from "../draft-product.ts";

/** `rows` = how many the table had; of an empty one none are expected. */
export function testModule(draft: Draft, rows: number): string {
  const [{ collection, key } = { collection: draft.id, key: [] }] = Object.values(draft.entities);
  const expected = rows > 0 ? 'count > 0, "the table is empty"' : "count >= 0";
  return `// The port as its callers meet it: its rows, and every check of weft/testkit. Run by \`npm test\`.
// @ts-check
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startPort } from "weft/sdk";
import { describePort } from "weft/testkit";
import { product } from "./product.js";

const port = await startPort(product);
after(() => port[Symbol.asyncDispose]());

/** @param {string} query */
async function ask(query) {
  const response = await fetch(\`\${port.url}/graphql\`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  assert.deepEqual(errors, undefined);
  return data;
}

test("counts its rows", async () => {
  const { ${collection}_aggregate } = await ask("{ ${collection}_aggregate { aggregate { count } } }");
  const { count } = ${collection}_aggregate.aggregate;
  assert.ok(${expected});
});

test("lists its first rows by their key", async () => {
  /** @type {readonly object[]} */
  const rows = (await ask("{ ${collection}(limit: 3) { ${key.join(" ")} } }")).${collection};
  assert.equal(new Set(rows.map((row) => JSON.stringify(row))).size, rows.length);
});

await describePort(
  { product },
  { test: (name, run, timeout) => void test(name, { timeout }, run), afterAll: (run) => after(run) },
);
`;
}
