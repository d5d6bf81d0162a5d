// What can be wrong with a request to the admin listener.
import { faultTable } from "../../schema/product/fault.ts";

export const administering = faultTable({
  ADMIN_LIMIT: {
    status: 400,
    audience: "caller",
    text: ({ limit, edgesMax }: { limit: string; edgesMax: number }) =>
      `limit=${limit} is no whole number from 1 to ${edgesMax}.`,
    remedy: "Ask for fewer, or raise `admin.edgesMax`.",
  },
  USE_LIMIT: {
    status: 400,
    audience: "caller",
    text: ({ limit }: { limit: string }) => `limit=${limit} is no whole number above 0.`,
    remedy: "Give one, or leave it out to read everything.",
  },
  USE_PRODUCT_UNKNOWN: {
    status: 404,
    audience: "caller",
    text: ({ product }: { product: string }) => `The mesh has no product ${product}.`,
    remedy: "Give the `id` of its `@dataProduct`.",
  },
  USE_VARIANT_UNKNOWN: {
    status: 404,
    audience: "caller",
    text: ({ variant }: { variant: string }) => `There is no variant ${variant}.`,
    remedy: "Give one of `registry.variants`.",
  },
  USE_NO_SUPERGRAPH: {
    status: 503,
    audience: "caller",
    text: () => "There is no supergraph yet whose coordinates could be told.",
    remedy: "See `/readyz`, and ask again.",
  },
});
