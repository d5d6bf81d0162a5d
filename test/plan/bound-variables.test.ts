// Limits on variables are for the caller's: keys that the plan binds are no variables of his.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPort } from "weft/sdk";
import { type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";
import { workshopProducts } from "./support/workshop-mesh.ts";

let gateway: TestGateway;
const opened: AsyncDisposable[] = [];

beforeAll(async () => {
  const entries = await Promise.all(
    Object.entries(workshopProducts).map(async ([name, product]) => {
      const port = await startPort(product);
      opened.push(port);
      return [name, `${port.url}/graphql`] as const;
    }),
  );
  gateway = await testGateway({
    subgraphs: Object.fromEntries(entries),
    operation: { variableValuesMax: 6 },
  });
  opened.push(gateway);
  await gateway.live();
});
afterAll(async () => {
  for (const each of opened.reverse()) await each[Symbol.asyncDispose]();
});

const query =
  "query ($w: cities_bool_exp) { cities(where: $w) { id makers(where: { parts: { id: { _gt: 0 } } }) { code } } }";

it("many keys are bound with few variables", async () => {
  const { data, errors } = await gateway.ask({
    query,
    variables: { w: { makers: { parts: { weight: { _gte: 0 } } } } },
  });
  expect(errors).toBeUndefined();
  const codes = data.cities.flatMap(({ makers }: { makers: readonly { code: string }[] }) => makers);
  expect(data.cities.length).toBeGreaterThan(1);
  expect(codes.length).toBeGreaterThan(4);
});

it("a page of a list whose keys are more than the limit is hydrated", async () => {
  const { data, errors } = await gateway.ask(
    "{ parts(order_by: [{ maker: { name: asc } }], limit: 20) { id } }",
  );
  expect(errors).toBeUndefined();
  expect(data.parts).toHaveLength(20);
});

it("the caller's own are counted, across domains too", async () => {
  const names = Array.from({ length: 7 }, (_, i) => `Maker ${i}`);
  const { errors } = await gateway.ask({
    query,
    variables: { w: { makers: { parts: { maker: { name: { _in: names } } } } } },
  });
  expect(errors).toMatchObject([{ extensions: { code: "VARIABLE_VALUES_MAX" } }]);
});
