// A gateway that remembers, on the shelf, and what a test does to it.
import { setTimeout as sleep } from "node:timers/promises";
import {
  type TestGateway,
  type TestGatewayOptions,
  testGateway,
} from "../../gateway/support/test-gateway.ts";
import { changeOf } from "../../setup/change-event.ts";

export type Remembering = TestGateway & {
  /** Sends a change event; resolves when it is acknowledged. */
  readonly changed: (product: string, entity: string, keys?: Parameters<typeof changeOf>[2]) => Promise<void>;
  /** When what was fetched has been written. */
  readonly settled: () => Promise<void>;
};

const sequences = new Map<string, number>();

export async function remembering(
  { subgraphs }: Pick<TestGatewayOptions, "subgraphs">,
  sections: Omit<TestGatewayOptions, "subgraphs"> = {},
  /** Of one store: gateways that share it share this. */
  store = `${Math.random()}`,
): Promise<Remembering> {
  const gateway = await testGateway({
    ...sections,
    subgraphs,
    operation: { mutations: true, ...sections.operation },
    cache: { enabled: true, ...sections.cache },
  });
  await gateway.live();
  return {
    ...gateway,
    changed: async (product, entity, keys) => {
      const sequence = (sequences.get(`${store} ${product}`) ?? 0) + 1;
      sequences.set(`${store} ${product}`, sequence);
      const response = await fetch(`${gateway.url}/events`, {
        method: "POST",
        headers: { "content-type": "application/cloudevents+json" },
        body: JSON.stringify(changeOf(product, sequence, keys, entity)),
      });
      if (response.status !== 204) throw new Error(`${response.status} ${await response.text()}`);
    },
    settled: () => sleep(30),
  };
}
