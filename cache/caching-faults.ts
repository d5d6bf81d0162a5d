// What can go wrong with the cache, as far as anyone outside is told. A read never raises these: it asks the subgraph.
import { faultTable } from "../schema/product/fault.ts";

export const caching = faultTable({
  CACHE_UNREACHABLE: {
    status: 503,
    audience: "caller",
    text: ({ operation }: { operation: string }) => `The cache's store failed at "${operation}".`,
    remedy: "Send the change event again until it is acknowledged.",
  },
  CACHE_SUSPENDED: {
    status: 503,
    audience: "caller",
    text: ({ againInMs }: { againInMs: number }) =>
      `The cache's store failed too often and is not asked for another ${againInMs} ms.`,
    remedy: "Send the change event again until it is acknowledged.",
  },
  CACHE_UNCONNECTED: {
    status: 503,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `Redis cannot be used: ${problem}.`,
    remedy:
      "Questions are answered without it. See whether it runs, and whether `cache.redis` has its address, user, password and CA.",
  },
});
