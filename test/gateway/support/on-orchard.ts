// Tests that share one gateway on the orchard.
import { test } from "vitest";
import { startPort } from "weft/sdk";
import { farms, trees } from "./orchard.ts";
import { type TestGateway, testGateway } from "./test-gateway.ts";

export const onOrchard = test.extend<{ orchard: TestGateway }>({
  orchard: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using treesPort = await startPort(trees);
      await using farmsPort = await startPort(farms);
      await using gateway = await testGateway({
        subgraphs: { trees: `${treesPort.url}/graphql`, farms: `${farmsPort.url}/graphql` },
      });
      await gateway.live();
      await use(gateway);
    },
    { scope: "file" },
  ],
});
