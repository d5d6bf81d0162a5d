// A small product whose rows break every rule somewhere, and the neighbour that it refers to.
import { defineProduct, duckdb, type Product } from "weft/sdk";

/** What the shop and its neighbour hold, for the ports and for the oracle. */
export const shopTables: readonly string[] = [
  "create table items as select * from (values ('x', 'Screw'), ('y', 'Nail')) as t (sku, name)",
  `create table orders as select * from (values
    (1, 'A-1', 'open', timestamptz '2024-01-01 00:00:00Z', 9.50::decimal(9,2), 'x', 'US'),
    (2, 'A-2', 'open', timestamptz '2024-01-02 00:00:00Z', 1.00::decimal(9,2), 'y', 'DE'),
    (3, 'A-2', 'shut', timestamptz '2024-01-03 00:00:00Z', 1.00::decimal(9,2), 'gone', 'XX'),
    (4, '', 'lost', timestamptz '2024-01-04 00:00:00Z', null, null, null),
    (5, 'N/A', null, timestamptz '2024-01-05 00:00:00Z', 2.25::decimal(9,2), 'x', 'US'),
    (6, null, 'open', timestamptz '2024-01-06 00:00:00Z', 7.00::decimal(9,2), 'x', 'ZZ'),
    (7, '50%_"off"', 'open', timestamptz '2024-01-07 00:00:00Z', 7.00::decimal(9,2), 'y', 'US'))
    as t (id, code, state, placed, price, item, country)`,
  `create table lines as select * from (values (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c'), (2, 1, 'd'), (3, 1, 'd'), (3, 1, 'd'))
    as t ("order", number, note)`,
];

export const countryTables: readonly string[] = [
  "create table countries as select * from (values ('US'), ('DE')) as t (code)",
  "alter table countries add column name varchar",
];

export function shop(tables: readonly string[] = shopTables): Product {
  return defineProduct({
    id: "shop",
    version: "1.2.0",
    domain: "sales",
    owner: "Sales",
    contact: "sales@weft.example",
    contract: "shop-contract",
    freshness: { slo: "PT36H" },
    engine: duckdb({ load: tables, memoryMax: "128MB" }),
    neighbours: { Country: { code: "String" } },
    entities: {
      Order: {
        description: "An order of one item.",
        collection: "orders",
        key: ["id"],
        watermark: { column: "placed" },
        columns: {
          id: { type: "Int!", description: "Number of the order." },
          code: { type: "String", description: "As the buyer calls it." },
          state: { type: "String", description: "How far it is." },
          placed: { type: "DateTime!", description: "When it came." },
          price: { type: "Decimal", description: "In euros." },
        },
        references: {
          item: { entity: "Item", key: { sku: "item" }, description: "What is ordered." },
          country: { entity: "Country", key: { code: "country" }, description: "Where it goes." },
        },
      },
      Item: {
        description: "What can be ordered.",
        collection: "items",
        key: ["sku"],
        columns: {
          sku: { type: "String!", description: "Its code." },
          name: { type: "String!", description: "Its name." },
        },
      },
      Line: {
        description: "A line of an order.",
        collection: "lines",
        key: ["order", "number"],
        columns: {
          order: { type: "Int!", description: "Number of the order." },
          number: { type: "Int!", description: "Number of the line." },
          note: { type: "String!", description: "What is to be known." },
        },
      },
    },
  });
}

export function countries(): Product {
  return defineProduct({
    id: "countries",
    version: "1.0.0",
    domain: "reference",
    owner: "Reference",
    contact: "reference@weft.example",
    freshness: { slo: "P30D" },
    engine: duckdb({ load: countryTables, memoryMax: "128MB" }),
    entities: {
      Country: {
        description: "A country.",
        collection: "countries",
        key: ["code"],
        columns: {
          code: { type: "String!", description: "Its code." },
          name: { type: "String", description: "Its name." },
        },
      },
    },
  });
}
