// Every product has a contract.
import type { Law } from "../law.ts";
import { ownProducts } from "../own-definitions.ts";

export const contract: Law = {
  name: "contract",
  code: "LAW_CONTRACT",
  severity: "warning",
  check: ({ mine, contract: given }) => {
    const [product] = ownProducts(mine);
    if (!product || given !== "missing") return [];
    return [
      {
        coordinate: product.name,
        text: "The product has no contract.",
        fix: "Write one with `weft contract --write`, and name it at `contract` of weft.yaml.",
      },
    ];
  },
};
