// The demo's products and the museum pass, and one of them by its URL.
import { afterAll, expect, it, test } from "vitest";
import { startPort } from "weft/sdk";
import { checkPort, describePort, reportText } from "weft/testkit";
import { airports } from "../../subgraphs/airports/product.ts";
import { flights } from "../../subgraphs/flights/product.ts";
import { places } from "../../subgraphs/places/product.ts";
import { safety } from "../../subgraphs/safety/product.ts";
import { museum } from "../sdk/support/museum.ts";

it.each([
  ["flights", flights],
  ["places", places],
  ["safety", safety],
  ["the museum", museum()],
] as const)(
  "%s passes",
  async (_, product) => {
    const report = await checkPort({ product });
    expect(report.passed, reportText(report)).toBe(true);
  },
  120_000,
);

it("a port by its URL is asked all but what can only be seen from inside", async () => {
  await using port = await startPort(safety);
  const report = await checkPort({ url: `${port.url}/graphql` });
  expect(report.passed, reportText(report)).toBe(true);
  const skipped = report.checks.filter(({ detail }) => detail?.startsWith("Not asked: only a product"));
  expect(new Set(skipped.map(({ name }) => name))).toEqual(new Set(["statements", "timeouts"]));
}, 60_000);

it("an answer that is no port's is the sdl check's to tell", async () => {
  await using port = await startPort(museum());
  await expect(checkPort({ url: `${port.url}/nowhere` })).resolves.toMatchObject({ passed: false });
});

await describePort({ product: airports }, { test, afterAll });
