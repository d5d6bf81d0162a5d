// The five data products of the trading mesh.
import { defineProduct, duckdb, type Product } from "weft/sdk";
import { type Scale, type TradeDomain, tradeTables } from "./trade-tables.ts";

const about = (id: TradeDomain) => ({
  id,
  version: "1.0.0",
  domain: id,
  owner: `${id} team`,
  contact: `${id}@weft.example`,
  freshness: { slo: "P1D" },
});

const nation = (field: string) => ({
  entity: "Nation",
  key: { code: "nation" },
  description: "Where they are at home.",
  inverse: { field, description: "Those at home here." },
});

export function tradeProducts(scale: Scale): Readonly<Record<TradeDomain, Product>> {
  const tables = tradeTables(scale);
  const engine = (id: TradeDomain) => duckdb({ load: tables[id], memoryMax: "3GB" });
  return {
    geography: defineProduct({
      ...about("geography"),
      engine: engine("geography"),
      entities: {
        Nation: {
          description: "A nation.",
          collection: "nations",
          key: ["code"],
          columns: {
            code: { type: "String!", description: "Two letters." },
            name: { type: "String!", description: "Name." },
            region: { type: "String!", description: "Part of the world." },
          },
        },
      },
    }),
    sales: defineProduct({
      ...about("sales"),
      engine: engine("sales"),
      neighbours: { Nation: { code: "String" } },
      entities: {
        Customer: {
          description: "Who buys.",
          collection: "customers",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            name: { type: "String!", description: "Name." },
            segment: { type: "String!", description: "Market segment." },
            balance: { type: "Decimal!", description: "Balance of the account." },
          },
          references: { nation: nation("customers") },
        },
        Order: {
          description: "What was ordered at once.",
          collection: "orders",
          key: ["number"],
          columns: {
            number: { type: "Int!", description: "Number." },
            status: { type: "String!", description: "F, O or P." },
            total: { type: "Decimal!", description: "Sum of the bill." },
            score: { type: "Int!", description: "Anything below a million, each as likely." },
            date: { type: "Date!", description: "Day of the order." },
            priority: { type: "String!", description: "Priority." },
          },
          references: {
            customer: {
              entity: "Customer",
              key: { id: "customer" },
              description: "Who ordered.",
              inverse: { field: "orders", description: "What they ordered." },
            },
          },
        },
      },
    }),
    catalogue: defineProduct({
      ...about("catalogue"),
      engine: engine("catalogue"),
      entities: {
        Part: {
          description: "What can be ordered.",
          collection: "parts",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            name: { type: "String!", description: "Name." },
            brand: { type: "String!", description: "Brand." },
            size: { type: "Int!", description: "Size." },
            retail: { type: "Decimal!", description: "Price in the shop." },
          },
        },
      },
    }),
    supply: defineProduct({
      ...about("supply"),
      engine: engine("supply"),
      neighbours: { Nation: { code: "String" } },
      entities: {
        Supplier: {
          description: "Who supplies parts.",
          collection: "suppliers",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            name: { type: "String!", description: "Name." },
            balance: { type: "Decimal!", description: "Balance of the account." },
          },
          references: { nation: nation("suppliers") },
        },
      },
    }),
    logistics: defineProduct({
      ...about("logistics"),
      engine: engine("logistics"),
      neighbours: { Order: { number: "Int" }, Part: { id: "Int" }, Supplier: { id: "Int" } },
      entities: {
        LineItem: {
          description: "A line of an order.",
          collection: "lineItems",
          table: "line_items",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            quantity: { type: "Int!", description: "Pieces." },
            price: { type: "Decimal!", description: "Price of the line." },
            score: { type: "Int!", description: "Anything below a million, each as likely." },
            returnFlag: { type: "String!", description: "R, A or N.", column: "return_flag" },
            mode: { type: "String!", description: "How it travels." },
            shipped: { type: "Date!", description: "Day it left." },
          },
          references: {
            purchase: {
              entity: "Order",
              key: { number: "purchase" },
              description: "The order that it belongs to.",
              inverse: { field: "lineItems", description: "Its lines." },
            },
            part: {
              entity: "Part",
              key: { id: "part" },
              description: "What was ordered.",
              inverse: { field: "lineItems", description: "Lines that order it." },
            },
            supplier: {
              entity: "Supplier",
              key: { id: "supplier" },
              description: "Who supplied it.",
              inverse: { field: "lineItems", description: "Lines that they supplied." },
            },
          },
        },
      },
    }),
  };
}
