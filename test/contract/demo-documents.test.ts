// The contracts and descriptors of the demo's products: as their standards have them, and in step with the SDL.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { productSdl } from "weft/sdk";
import { parse } from "yaml";
import { productFolderSchema } from "../../cli/product/product-folder.ts";
import { checkDocuments, type ProductDocuments } from "../../schema/contract/check-documents.ts";
import { generateContract } from "../../schema/contract/generate-contract.ts";
import { generateDescriptor } from "../../schema/contract/generate-descriptor.ts";
import { airports } from "../../subgraphs/airports/product.ts";
import { flights } from "../../subgraphs/flights/product.ts";
import { places } from "../../subgraphs/places/product.ts";
import { safety } from "../../subgraphs/safety/product.ts";
import { root } from "../setup/weft-process.ts";

const findingsOf = (subgraph: { readonly name: string; readonly sdl: string }, documents: ProductDocuments) =>
  checkDocuments(subgraph, documents).findings;

describe.each([flights, airports, places, safety])("$id", (product) => {
  const subgraph = { name: product.id, sdl: productSdl(product) };
  const read = async (name: string) => readFile(join(root, "subgraphs", product.id, name), "utf8");

  it("has documents that nothing is wrong with", async () => {
    const contract = { file: "contract.odcs.yaml", text: await read("contract.odcs.yaml") };
    const descriptor = { file: "product.odps.yaml", text: await read("product.odps.yaml") };
    expect(findingsOf(subgraph, { contract, descriptor })).toEqual([]);
  });

  it("has documents that generating leaves as they are", async () => {
    const { url } = productFolderSchema.parse(parse(await read("weft.yaml")));
    const contract = await read("contract.odcs.yaml");
    expect(generateContract(subgraph, { url }, contract)).toEqual({ text: contract, changes: [] });
    const descriptor = await read("product.odps.yaml");
    expect(generateDescriptor(subgraph, {}, descriptor)).toEqual({ text: descriptor, changes: [] });
  });

  it("has quality rules of its own", async () => {
    const { schema } = parse(await read("contract.odcs.yaml"));
    for (const entity of schema) expect(entity.quality.length).toBeGreaterThan(0);
  });
});
