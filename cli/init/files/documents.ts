// The contract and the descriptor of a new product, of what its SDL says.
import { type Document, isMap, isSeq, parseDocument } from "yaml";
import { generateContract } from "../../../schema/contract/generate-contract.ts";
import { generateDescriptor } from "../../../schema/contract/generate-descriptor.ts";
import { personalSign } from "../../../schema/product/personal-sign.ts";

export const contractFile = "contract.odcs.yaml";
export const descriptorFile = "product.odps.yaml";

type Port = { readonly name: string; readonly sdl: string; readonly url: string };

/**
 * By name of the file. Of a table with rows the contract promises that there are some; columns whose names speak of a person
 * are confidential until the team says otherwise.
 */
export function documents({ name, sdl, url }: Port, rows: number): readonly (readonly [string, string])[] {
  const subgraph = { name, sdl };
  const contract = parseDocument(generateContract(subgraph, { url }).text);
  classify(contract);
  if (rows > 0) addRule(contract, `${name}-has-rows`);
  return [
    [contractFile, contract.toString({ lineWidth: 0 })],
    [descriptorFile, generateDescriptor(subgraph).text],
  ];
}

/** The rule that the first object has rows, before its properties. */
function addRule(contract: Document, id: string): void {
  const entity = contract.getIn(["schema", 0]);
  if (!isMap(entity)) return;
  const rule = { id, description: "There are rows.", metric: "rowCount", mustBeGreaterThan: 0 };
  const properties = entity.items.findIndex(({ key }) => String(key) === "properties");
  entity.items.splice(properties, 0, contract.createPair("quality", [rule]) as (typeof entity.items)[number]);
}

function classify(contract: Document): void {
  const properties = contract.getIn(["schema", 0, "properties"]);
  if (!isSeq(properties)) return;
  for (const property of properties.items)
    if (isMap(property) && personalSign(String(property.get("name"))) !== undefined)
      property.set("classification", "confidential");
}
