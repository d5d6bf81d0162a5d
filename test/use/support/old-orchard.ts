// The orchard as its owners are leaving it: a column, a reference, an entity and a whole product are deprecated.
import { defineProduct, duckdb, type Product } from "weft/sdk";

const asked = { owner: "Orchard", contact: "orchard@weft.example", freshness: { slo: "P1D" } };

const ends = "2027-06-30";

export const oldTrees: Product = defineProduct({
  id: "trees",
  version: "1.1.0",
  domain: "growing",
  ...asked,
  engine: duckdb({
    memoryMax: "64MB",
    threads: 1,
    load: [
      "create table trees (id integer, kind varchar, sort varchar, planted date, farm varchar)",
      "insert into trees values (1, 'apple', 'gala', '2001-04-01', 'n'), (2, 'pear', null, '2002-11-30', 's')",
      "create table leaves (id integer)",
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
        kind: {
          type: "String!",
          description: "Kind.",
          deprecated: { replacement: "Tree.sort", since: "2026-01-31", ends, reason: "It says little." },
        },
        sort: { type: "String", description: "Sort." },
        planted: { type: "Date", description: "Day.", deprecated: { reason: "Nobody noted it." } },
      },
      references: {
        farm: {
          entity: "Farm",
          key: { code: "farm" },
          description: "Where it stands.",
          inverse: { field: "trees", description: "Trees here.", deprecated: { ends, reason: "Too many." } },
        },
      },
    },
    Leaf: {
      description: "A leaf.",
      collection: "leaves",
      key: ["id"],
      columns: { id: { type: "Int!", description: "Number." } },
      deprecated: { reason: "Leaves fall." },
    },
  },
});

export const oldFarms: Product = defineProduct({
  id: "farms",
  version: "1.0.0",
  domain: "land",
  ...asked,
  status: "deprecated",
  engine: duckdb({
    memoryMax: "64MB",
    threads: 1,
    load: [
      "create table farms (code varchar, name varchar)",
      "insert into farms values ('n', 'North'), ('s', 'South')",
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
