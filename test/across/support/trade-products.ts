// The four data products of the trading mesh: who owns which entity, and where references lead.
import { defineProduct, duckdb, type Product } from "weft/sdk";
import type { TradeTables } from "./trade-tables.ts";

/** As they are defined, each on a DuckDB of its own. */
export type TradeProducts = Readonly<Record<keyof TradeTables, Product>>;

const about = (id: string) => ({
  id,
  version: "1.0.0",
  domain: id,
  owner: `${id} team`,
  contact: `${id}@weft.example`,
  freshness: { slo: "P1D" },
});

export function tradeProducts(tables: TradeTables): TradeProducts {
  const engine = (id: keyof TradeTables) => duckdb({ load: tables[id], memoryMax: "256MB" });
  return {
    geography: defineProduct({
      ...about("geography"),
      engine: engine("geography"),
      entities: {
        Region: {
          description: "A part of the world.",
          collection: "regions",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            name: { type: "String!", description: "Name." },
            note: { type: "String", description: "A note." },
          },
        },
        Nation: {
          description: "A nation.",
          collection: "nations",
          key: ["code"],
          columns: {
            code: { type: "String!", description: "Two letters." },
            name: { type: "String!", description: "Name, in its own writing." },
            population: { type: "BigInt", description: "People." },
          },
          references: {
            region: {
              entity: "Region",
              key: { id: "region" },
              description: "Where it lies.",
              inverse: { field: "nations", description: "Nations of this region." },
            },
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
            phone: { type: "String!", description: "Telephone, the country's code first." },
            since: { type: "Date", description: "First day as a customer." },
          },
          references: {
            nation: {
              entity: "Nation",
              key: { code: "nation" },
              description: "Where they are at home.",
              inverse: { field: "customers", description: "Customers at home here." },
            },
          },
        },
        Order: {
          description: "What was ordered at once.",
          collection: "orders",
          key: ["number"],
          columns: {
            number: { type: "BigInt!", description: "Number." },
            status: { type: "String!", description: "F, O or P." },
            total: { type: "Decimal!", description: "Sum of the bill." },
            date: { type: "Date!", description: "Day of the order." },
            placed: { type: "DateTime", description: "When it came in." },
            priority: { type: "String!", description: "Priority." },
            shipPriority: { type: "Int!", description: "Priority in the yard.", column: "ship_priority" },
            remark: { type: "String", description: "A remark." },
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
      neighbours: { Nation: { code: "String" } },
      entities: {
        Part: {
          description: "What can be ordered.",
          collection: "parts",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            name: { type: "String!", description: "Name." },
            brand: { type: "String!", description: "Brand." },
            type: { type: "String!", description: "Kind, finish and metal." },
            size: { type: "Int", description: "Size." },
            container: { type: "String!", description: "What it comes in." },
            retail: { type: "Decimal!", description: "Price in the shop." },
          },
        },
        Supplier: {
          description: "Who supplies parts.",
          collection: "suppliers",
          key: ["id"],
          columns: {
            id: { type: "String!", description: "Number." },
            name: { type: "String!", description: "Name." },
            balance: { type: "Decimal!", description: "Balance of the account." },
            rating: { type: "Float", description: "How well they do." },
            remark: { type: "String!", description: "A remark." },
          },
          references: {
            nation: {
              entity: "Nation",
              key: { code: "nation" },
              description: "Where they are at home.",
              inverse: { field: "suppliers", description: "Suppliers at home here." },
            },
          },
        },
        PartSupply: {
          description: "That a supplier has a part, found by both.",
          collection: "partSupplies",
          table: "part_supplies",
          key: ["partId", "supplierId"],
          columns: {
            partId: { type: "Int!", description: "Number of the part.", column: "part" },
            supplierId: { type: "String!", description: "Number of the supplier.", column: "supplier" },
            available: { type: "Int!", description: "Pieces in store." },
            cost: { type: "Decimal!", description: "Price of a piece." },
          },
          references: {
            part: {
              entity: "Part",
              key: { id: "part" },
              required: true,
              description: "What is supplied.",
              inverse: { field: "supplies", description: "Who has it." },
            },
            supplier: {
              entity: "Supplier",
              key: { id: "supplier" },
              required: true,
              description: "Who supplies it.",
              inverse: { field: "supplies", description: "What they have." },
            },
          },
        },
      },
    }),
    logistics: defineProduct({
      ...about("logistics"),
      engine: engine("logistics"),
      neighbours: {
        Order: { number: "BigInt" },
        Part: { id: "Int" },
        Supplier: { id: "String" },
        PartSupply: { partId: "Int", supplierId: "String" },
      },
      entities: {
        LineItem: {
          description: "A line of an order, found by the order and its number there.",
          collection: "lineItems",
          table: "line_items",
          key: ["orderNumber", "line"],
          columns: {
            orderNumber: { type: "BigInt!", description: "Number of the order.", column: "order_number" },
            line: { type: "Int!", description: "Number within the order." },
            quantity: { type: "Int!", description: "Pieces." },
            price: { type: "Decimal!", description: "Price of the line." },
            discount: { type: "Decimal!", description: "Share that is let off." },
            revenue: { type: "Decimal!", description: "price × (1 − discount)." },
            tax: { type: "Decimal!", description: "Share that is put on." },
            returnFlag: { type: "String!", description: "R, A or N.", column: "return_flag" },
            lineStatus: { type: "String!", description: "O or F.", column: "line_status" },
            shipped: { type: "Date", description: "Day it left." },
            committed: { type: "Date!", description: "Day it was promised for." },
            received: { type: "Date", description: "Day it came." },
            late: { type: "Boolean", description: "Did it come later than promised?" },
            mode: { type: "String!", description: "How it travels." },
            weight: { type: "Float", description: "Kilograms." },
            loaded: { type: "LocalDateTime!", description: "When it was loaded, on the clock of the yard." },
          },
          references: {
            // `lineItems_order_by` would be two types.
            purchase: {
              entity: "Order",
              key: { number: "order_number" },
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
            supply: {
              entity: "PartSupply",
              key: { partId: "part", supplierId: "supplier" },
              description: "The offer that it was taken from.",
              inverse: { field: "lineItems", description: "Lines taken from it." },
            },
          },
        },
      },
    }),
  };
}
