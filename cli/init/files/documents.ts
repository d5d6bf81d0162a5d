// The contract and the descriptor of a new product, of what its SDL says.
import { isMap, isSeq, parseDocument } from "yaml";
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
  const contract = withClassifications(generateContract(subgraph, { url }).text);
  return [
    [contractFile, rows > 0 ? withRule(contract, `${name}-has-rows`) : contract],
    [descriptorFile, generateDescriptor(subgraph).text],
  ];
}

/** With the rule that the first object has rows, before its properties. */
function withRule(contract: string, id: string): string {
  const document = parseDocument(contract);
  const entity = document.getIn(["schema", 0]);
  if (!isMap(entity)) return contract;
  const rule = { id, description: "There are rows.", metric: "rowCount", mustBeGreaterThan: 0 };
  const properties = entity.items.findIndex(({ key }) => String(key) === "properties");
  entity.items.splice(properties, 0, document.createPair("quality", [rule]) as (typeof entity.items)[number]);
  return document.toString({ lineWidth: 0 });
}

function withClassifications(contract: string): string {
  const document = parseDocument(contract);
  const properties = document.getIn(["schema", 0, "properties"]);
  if (!isSeq(properties)) return contract;
  for (const property of properties.items)
    if (isMap(property) && personalSign(String(property.get("name"))) !== undefined)
      property.set("classification", "confidential");
  return document.toString({ lineWidth: 0 });
}
