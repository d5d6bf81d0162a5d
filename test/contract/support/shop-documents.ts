// The documents of the shop as they are generated, and edits of their text.
import { productSdl } from "weft/sdk";
import { generateContract } from "../../../schema/contract/generate-contract.ts";
import { generateDescriptor } from "../../../schema/contract/generate-descriptor.ts";
import { shop } from "./shop.ts";

export const shopSubgraph = { name: "shop", sdl: productSdl(shop()) };
export const shopContract = generateContract(shopSubgraph, { url: "http://127.0.0.1:4000/graphql" }).text;
export const shopDescriptor = generateDescriptor(shopSubgraph).text;

/** The text with one place changed, which must be there once. */
export function edited(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times`);
  return parts.join(to);
}
