// A mesh of many products, each with an entity that refers to four others, and whose rows are reached from four more.
import { defineProduct, duckdb } from "weft/sdk";
import type { Product } from "../../../sdk/product.ts";

const columns = {
  id: { type: "Int!", description: "Number." },
  name: { type: "String!", description: "Name." },
  at: { type: "DateTime", description: "When." },
  day: { type: "Date", description: "Which day." },
  price: { type: "Decimal", description: "Price." },
  weight: { type: "Float", description: "Weight." },
  count: { type: "BigInt", description: "Count." },
  done: { type: "Boolean", description: "Is it done?" },
} as const;

export function manyProducts(count: number): readonly Product[] {
  return Array.from({ length: count }, (_, i) => {
    const targets = [1, 2, 3, 4].map((step) => (i + step) % count);
    return defineProduct({
      id: `p${i}`,
      version: "1.0.0",
      domain: "d",
      owner: `Owner ${i}`,
      contact: "many@weft.example",
      freshness: { slo: "P1D" },
      engine: duckdb({ load: [] }),
      neighbours: Object.fromEntries(targets.map((target) => [`E${target}`, { id: "Int" } as const])),
      entities: {
        [`E${i}`]: {
          description: `Of product ${i}.`,
          collection: `c${i}`,
          key: ["id"],
          columns,
          references: Object.fromEntries(
            targets.map((target, step) => [
              `r${step}`,
              {
                entity: `E${target}`,
                key: { id: `r${step}` },
                description: "One of another product.",
                inverse: { field: `c${i}_r${step}`, description: "Those that refer here." },
              },
            ]),
          ),
        },
      },
    });
  });
}
