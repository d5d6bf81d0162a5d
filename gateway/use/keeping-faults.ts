// What can go wrong when quality reports are kept.
import { faultTable } from "../../schema/product/fault.ts";

export const keeping = faultTable({
  QUALITY_INVALID: {
    status: 400,
    audience: "caller",
    text: ({ problems }: { problems: readonly string[] }) =>
      `The quality report can't be read: ${[...problems].join("; ")}.`,
    remedy: "Send what `weft test --json` prints.",
  },
  QUALITY_PRODUCTS_MAX: {
    status: 409,
    audience: "caller",
    text: ({ product, productsMax }: { product: string; productsMax: number }) =>
      `The report of ${product} is not kept: ${productsMax} products have one.`,
    remedy: "Raise `quality.productsMax`.",
  },
  QUALITY_BYTES_MAX: {
    status: 413,
    audience: "caller",
    text: ({ product, bytesMax }: { product: string; bytesMax: number }) =>
      `With the report of ${product} all reports would have more than ${bytesMax} bytes.`,
    remedy: "Raise `quality.bytesMax`.",
  },
  QUALITY_UNKEPT: {
    status: 500,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `The quality report could not be written: ${problem}.`,
    remedy: "See that the gateway may write into `schema.stateDirectory`.",
  },
});
