// What names no column of an own reference's target asks whether that is there: of its owner, and across domains.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPort } from "weft/sdk";
import { askGateway } from "../gateway/support/test-gateway.ts";
import { workshopProducts } from "./support/workshop-mesh.ts";

let port: Awaited<ReturnType<typeof startPort>>;
beforeAll(async () => {
  port = await startPort(workshopProducts.workshop);
});
afterAll(() => port[Symbol.asyncDispose]());

it.each([
  ["{}", 18],
  ["{ _and: [{}] }", 18],
  ["{ _not: { _or: [] } }", 18],
  ["{ _or: [] }", 0],
  ["{ id: { _gt: 0 } }", 20],
])("part: %s", async (where, count) => {
  const { data } = await askGateway(port.url, `{ places(where: { part: ${where} }) { row place } }`);
  expect(data.places).toHaveLength(count);
});
