// A museum: a small product with every scalar, nulls, duplicates, dangling references and awkward names.
import { defineProduct, duckdb, type Product, type ProductDefinition } from "weft/sdk";

/** The rows, as SQL. The product and the oracle each load them for themselves. */
export const museumTables = [
  "create table keepers (id varchar, name varchar)",
  "insert into keepers values ('k1', 'Ann'), ('k2', 'Bob'), ('k3', null), ('k4', 'Ann')",
  `create table shelves (room varchar, no integer, "the ""label""" varchar, keeper varchar)`,
  `insert into shelves values
    ('A', 1, 'minerals', 'k1'), ('A', 2, 'fossils', 'k2'), ('B', 1, null, null), ('B', 2, 'birds', 'k9'),
    ('C', 1, 'empty', 'k3'), ('é', 1, 'birds', 'k1')`,
  `create table specimens (id integer, small integer, big bigint, ratio double, price decimal(18, 4),
    "the title" varchar, flag boolean, tag varchar, day date, moment timestamptz, clock timestamp,
    shelf_room varchar, shelf_no integer, parent integer, maker_country varchar, maker_serial bigint, kind varchar)`,
  String.raw`insert into specimens values
    (1, 5, 9007199254740993, 0.5, 12.5, 'apple', true, '1', '2000-12-31', '2001-04-01T06:59:59.999999Z', '2001-01-31T13:05:00', 'A', 1, null, 'FR', 1, 'stone'),
    (2, 5, 9007199254740992, 0.25, 12.5001, 'Apple', false, '01', '2001-01-01', '2001-04-01T07:00:00Z', '2001-01-31T13:59:59.999999', 'A', 1, 1, 'FR', 2, 'stone'),
    (3, -7, 9223372036854775807, -1.5, 0, 'apple', null, '2', '2001-01-01', '2001-10-28T05:30:00Z', '2001-01-31T14:00:00', 'A', 2, 1, 'FR', 1, 'bone'),
    (4, null, -9223372036854775808, null, -0.0001, '～', true, 'x', '2004-12-31', '2001-10-28T06:30:00Z', '2001-02-01T00:00:00.5', 'A', 2, 2, 'DE', 9007199254740993, 'bone'),
    (5, 0, 0, 0, 99999999999999.9999, '😀', false, 'X', '2005-01-02', '2001-10-28T07:30:00Z', '2000-02-29T23:59:59', 'B', 1, 2, 'DE', null, 'Kind'),
    (6, 2147483647, 1, 1e300, null, '', true, '', '2005-01-03', '2001-01-31T18:45:00Z', null, 'B', 2, 99, null, 1, null),
    (7, -2147483648, null, 1e-300, 3.14, null, null, null, null, null, '1999-12-31T23:59:59', 'Z', 9, 3, null, null, 'stone'),
    (8, 1, 2, 3, 4, '100%', true, 'a', '2001-03-31', '2001-03-31T23:59:59Z', '2001-03-31T23:59:59', null, 1, 3, 'US', 5, ''),
    (9, 2, 3, 4.5, 4, '100', false, 'b', '2001-04-01', '2001-04-01T00:00:00Z', '2001-04-01T00:00:00', 'A', null, 8, 'US', 5, 'stone'),
    (10, 2, 3, 4.5, 4, 'a_b', true, 'c', '2001-04-01', '2001-04-01T00:30:00Z', '2001-04-01T00:30:00', null, null, 8, 'US', 6, 'stone'),
    (11, 2, 3, 4.5, 4.5, 'axb', true, 'c', '2001-04-02', '2001-06-15T12:00:00Z', '2001-06-15T12:00:00.000001', 'é', 1, null, 'us', 6, 'wing'),
    (12, 3, -3, -0.1, -4.5, 'a\b', false, 'd', '2001-12-31', '2001-12-31T23:30:00Z', '2001-12-31T23:30:00', 'é', 1, 10, 'FR', 7, 'wing'),
    (13, null, null, null, null, 'O''Brien "q"', null, 'é', '2002-01-01', '2002-01-01T04:59:59Z', '2002-01-01T00:00:00', 'A', 1, 7, 'FR', 8, 'wing'),
    (14, 4, 40, 0.1, 0.1, 'Ärger', true, 'É', '0001-01-01', '1970-01-01T00:00:00Z', '0001-01-01T00:00:00', 'A', 1, 5, 'FR', 9, 'wing'),
    (15, 4, 40, 0.2, 0.2, 'ärger', false, 'z', '9999-12-31', '2300-06-01T00:00:00.000016Z', '9999-12-31T23:59:59.999999', 'C', 2, 15, 'FR', 10, 'wing'),
    (16, 4, 40, 0.3, 0.3, 'e😀f', null, 'zz', '2000-02-29', '2000-02-29T12:34:56.5Z', '2000-02-29T12:34:56.5', 'A', 2, 1, 'FR', 11, 'wing')`,
];

/** Limits as a definition takes them, for every entity; without an engine, a DuckDB of its own. */
export type MuseumOptions = {
  readonly keysMax?: number;
  readonly rowsMax?: number;
  readonly engine?: ProductDefinition["engine"];
  readonly tables?: readonly string[];
};

export function museum({ engine, tables = museumTables, ...limits }: MuseumOptions = {}): Product {
  return defineProduct({
    id: "museum",
    version: "1.0.0",
    domain: "culture",
    owner: "Museum",
    contact: "museum@weft.example",
    freshness: { slo: "PT15M" },
    engine: engine ?? duckdb({ load: tables, memoryMax: "128MB" }),
    neighbours: { Maker: { country: "String", serial: "BigInt" }, Kind: { code: "String" } },
    entities: {
      Specimen: {
        description: "A thing on show.",
        collection: "specimens",
        key: ["id"],
        columns: {
          id: { type: "Int!", description: "Number." },
          small: { type: "Int", description: "An Int." },
          big: { type: "BigInt", description: "A BigInt." },
          ratio: { type: "Float", description: "A Float." },
          price: { type: "Decimal", description: "A Decimal of four places." },
          title: { type: "String", description: "A text, renamed.", column: "the title" },
          flag: { type: "Boolean", description: "A Boolean." },
          tag: { type: "ID", description: "An ID." },
          day: { type: "Date", description: "A Date." },
          moment: { type: "DateTime", description: "A DateTime." },
          clock: { type: "LocalDateTime", description: "A LocalDateTime." },
          kind: { type: "String", description: "A column and the key of a reference." },
        },
        references: {
          shelf: {
            entity: "Shelf",
            key: { room: "shelf_room", number: "shelf_no" },
            description: "Where it stands.",
            inverse: { field: "specimens", description: "What stands on it." },
          },
          parent: {
            entity: "Specimen",
            key: { id: "parent" },
            description: "What it was cut from.",
            inverse: { field: "children", description: "What was cut from it." },
          },
          maker: {
            entity: "Maker",
            key: { country: "maker_country", serial: "maker_serial" },
            description: "Who made it.",
            inverse: { field: "works", description: "What they made." },
          },
          kindOf: {
            entity: "Kind",
            key: { code: "kind" },
            description: "What it is.",
            inverse: { field: "examples", description: "What is of it." },
          },
        },
        ...limits,
      },
      Shelf: {
        description: "A shelf, found by room and number.",
        collection: "shelves",
        key: ["room", "number"],
        columns: {
          room: { type: "String!", description: "Room." },
          number: { type: "Int!", description: "Number in the room.", column: "no" },
          label: { type: "String", description: "What it says.", column: 'the "label"' },
        },
        references: {
          keeper: {
            entity: "Keeper",
            key: { id: "keeper" },
            description: "Who looks after it.",
            inverse: { field: "shelves", description: "What they look after." },
          },
        },
        ...limits,
      },
      Keeper: {
        description: "Somebody who looks after shelves.",
        collection: "keepers",
        key: ["id"],
        columns: {
          id: { type: "ID!", description: "Number of the badge." },
          name: { type: "String", description: "Name." },
        },
        ...limits,
      },
    },
  });
}
