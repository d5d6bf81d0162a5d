// What can be wrong with a product's definition. All are found when `defineProduct` is called.
import { faultTable } from "../schema/product/fault.ts";

type Place = { readonly product: string; readonly place: string };

export const defining = faultTable({
  PRODUCT_FIELD: {
    status: 500,
    audience: "operator",
    text: ({ product, place, problem }: Place & { problem: string }) =>
      `Product ${product}, ${place}: ${problem}.`,
    remedy: "Correct the definition given to `defineProduct`.",
  },
  PRODUCT_NAME: {
    status: 500,
    audience: "operator",
    text: ({ product, place, name }: Place & { name: string }) =>
      `Product ${product}, ${place}: ${JSON.stringify(name)} is no name.`,
    remedy:
      "Use a letter and then letters, digits and single underscores; `true`, `false` and `null` are taken.",
  },
  PRODUCT_NAME_TAKEN: {
    status: 500,
    audience: "operator",
    text: ({ product, place, name }: Place & { name: string }) =>
      `Product ${product}, ${place}: the name ${name} is already in use there.`,
    remedy: "Rename one of the two; generated names start with their collection.",
  },
});
