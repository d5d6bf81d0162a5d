// An orchard: two small products whose entities lead to each other, and what the gateway needs to find them.
import { defineProduct, duckdb, type Product } from "weft/sdk";

const asked = { owner: "Orchard", contact: "orchard@weft.example", freshness: { slo: "P1D" } };

export const trees: Product = defineProduct({
  id: "trees",
  version: "1.0.0",
  domain: "growing",
  ...asked,
  engine: duckdb({
    memoryMax: "64MB",
    threads: 1,
    load: [
      "create table trees (id integer, kind varchar, height double, planted date, fruit bigint, farm varchar)",
      `insert into trees values (1, 'apple', 3.5, '2001-04-01', 9007199254740993, 'n'),
        (2, 'pear', 4.25, '2002-11-30', 12, 's'), (3, 'plum', null, null, null, null), (4, 'fig', 1, null, 0, 'x')`,
    ],
  }),
  neighbours: { Farm: { code: "String" } },
  entities: {
    Tree: {
      description: "A tree.",
      collection: "trees",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        kind: { type: "String!", description: "Kind." },
        height: { type: "Float", description: "Metres." },
        planted: { type: "Date", description: "Day of planting." },
        fruit: { type: "BigInt", description: "Fruit borne so far." },
      },
      references: {
        farm: {
          entity: "Farm",
          key: { code: "farm" },
          description: "Where it stands.",
          inverse: { field: "trees", description: "Trees here." },
        },
      },
    },
  },
});

export const farms: Product = defineProduct({
  id: "farms",
  version: "1.0.0",
  domain: "land",
  ...asked,
  engine: duckdb({
    memoryMax: "64MB",
    threads: 1,
    load: [
      "create table farms (code varchar, name varchar)",
      "insert into farms values ('n', 'North'), ('s', 'South'), ('e', 'East')",
    ],
  }),
  entities: {
    Farm: {
      description: "A farm.",
      collection: "farms",
      key: ["code"],
      columns: {
        code: { type: "String!", description: "Code." },
        name: { type: "String!", description: "Name." },
      },
    },
  },
});
