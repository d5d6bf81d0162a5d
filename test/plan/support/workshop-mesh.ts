// Three domains on engines of their own: parts and where they lie, those who make and order them, and cities.
import { defineProduct, duckdb, type Product, productSdl } from "weft/sdk";
import { type Facts, factsOf } from "../../../gateway/plan/facts.ts";
import { compose } from "../../../schema/compose/compose.ts";
import { readMesh } from "../../../schema/compose/read-mesh.ts";
import type { Mesh, MeshCollection } from "../../../schema/product/mesh.ts";

const literal = (value: string | number | null) => (typeof value === "string" ? `'${value}'` : String(value));
const rows = <T>(count: number, of: (i: number) => readonly T[]) =>
  Array.from({ length: count }, (_, i) => of(i));
const table = (name: string, columns: string, values: readonly (readonly (string | number | null)[])[]) => [
  `create table ${name} (${columns})`,
  `insert into ${name} values ${values.map((row) => `(${row.map(literal).join(", ")})`).join(", ")}`,
];
const day = (i: number) => new Date(Date.UTC(2001, 0, 1 + i)).toISOString().slice(0, 10);
const about = { version: "1.0.0", owner: "Tests", contact: "tests@weft.example", freshness: { slo: "PT1H" } };
const engine = (...load: readonly (readonly string[])[]) => duckdb({ load: load.flat(), memoryMax: "128MB" });

const workshop = defineProduct({
  ...about,
  id: "workshop",
  domain: "workshop",
  engine: engine(
    // Weights repeat and are null, some makers are null, and m9 to m11 are nobody's.
    table(
      "parts",
      "id integer, weight integer, price decimal(10, 2), rating double, made date, maker varchar",
      rows(40, (i) => [
        i + 1,
        i % 9 === 0 ? null : (i * 7) % 6,
        i % 11 === 0 ? null : `${(i * 7919) % 100}.25`,
        i % 10 === 0 ? null : ((i * 13) % 8) / 4,
        day((i * 17) % 70),
        i % 7 === 0 ? null : `m${(i * 5) % 12}`,
      ]),
    ),
    // Of the parts that lie there 41 and 43 are none.
    table(
      "shelf",
      "row_no integer, place integer, part integer",
      rows(24, (i) => [1 + (i % 4), 1 + Math.floor(i / 4), i % 6 === 0 ? null : 1 + ((i * 13) % 44)]),
    ),
  ),
  neighbours: { Maker: { code: "String" } },
  entities: {
    Part: {
      description: "A part.",
      collection: "parts",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        weight: { type: "Int", description: "In grams." },
        price: { type: "Decimal", description: "In euros." },
        rating: { type: "Float", description: "How good it is." },
        made: { type: "Date!", description: "Day it was made." },
      },
      references: {
        maker: {
          entity: "Maker",
          key: { code: "maker" },
          description: "Who made it.",
          inverse: { field: "parts", description: "What they made." },
        },
      },
    },
    Place: {
      description: "A place on a shelf.",
      collection: "places",
      key: ["row", "place"],
      columns: {
        row: { type: "Int!", description: "Row.", column: "row_no" },
        place: { type: "Int!", description: "Place in the row." },
      },
      references: {
        part: {
          entity: "Part",
          key: { id: "part" },
          description: "What lies there.",
          inverse: { field: "places", description: "Where it lies." },
        },
      },
      table: "shelf",
    },
  },
});

const trade = defineProduct({
  ...about,
  id: "trade",
  domain: "trade",
  engine: engine(
    table(
      "makers",
      "code varchar, name varchar, stars integer, founded timestamptz, city integer",
      rows(9, (i) => [
        `m${i}`,
        i % 5 === 0 ? null : `Maker ${i % 3}`,
        i % 4,
        `2001-0${1 + (i % 3)}-01 0${i}:30:00+00`,
        i % 3 === 2 ? null : i % 5,
      ]),
    ),
    table(
      "orders",
      "id integer, quantity integer, at_row integer, at_place integer",
      rows(30, (i) => [
        i + 1,
        (i * 5) % 9,
        i % 8 === 0 ? null : 1 + (i % 5),
        i % 6 === 0 ? null : 1 + (i % 7),
      ]),
    ),
  ),
  neighbours: { City: { id: "Int" }, Place: { row: "Int", place: "Int" } },
  entities: {
    Maker: {
      description: "Who makes parts.",
      collection: "makers",
      key: ["code"],
      columns: {
        code: { type: "String!", description: "Code." },
        name: { type: "String", description: "Name." },
        stars: { type: "Int!", description: "How good they are." },
        founded: { type: "DateTime!", description: "When they began." },
      },
      references: {
        city: {
          entity: "City",
          key: { id: "city" },
          description: "Where they are.",
          inverse: { field: "makers", description: "Who is there." },
        },
      },
    },
    Order: {
      description: "An order of what lies at a place.",
      collection: "orders",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        quantity: { type: "Int!", description: "How many." },
      },
      references: {
        place: {
          entity: "Place",
          key: { row: "at_row", place: "at_place" },
          description: "Where it is taken from.",
          inverse: { field: "orders", description: "What is ordered of it." },
        },
      },
    },
  },
});

const geography = defineProduct({
  ...about,
  id: "geography",
  domain: "geography",
  engine: engine(
    table(
      "cities",
      "id integer, name varchar, population integer",
      rows(4, (i) => [i, i === 2 ? null : `City ${i % 2}`, (i * 3_000_000) % 7_000_000]),
    ),
  ),
  entities: {
    City: {
      description: "A city.",
      collection: "cities",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        name: { type: "String", description: "Name." },
        population: { type: "Int!", description: "People." },
      },
    },
  },
});

export const workshopProducts: Readonly<Record<"workshop" | "trade" | "geography", Product>> = {
  workshop,
  trade,
  geography,
};

const parts = Object.entries(workshopProducts).map(([name, product]) => ({
  name,
  url: `http://${name}.invalid/graphql`,
  sdl: productSdl(product),
}));

export const composedWorkshop = (() => {
  const composed = compose(parts);
  if (composed.kind === "refused")
    throw new Error(composed.problems.map(({ message }) => message).join("\n"));
  return composed;
})();

export const workshopMesh: Mesh = readMesh(parts, composedWorkshop.supergraphSdl).mesh;

export type Capabilities = Partial<
  Pick<
    MeshCollection,
    "exact" | "inexact" | "sort" | "limit" | "aggregate" | "groups" | "keysMax" | "rowsMax"
  >
>;

/** What planning knows where collections, by their names, declare something else. */
export function factsWith(changed: Readonly<Record<string, Capabilities>> = {}): Facts {
  const collections = [...workshopMesh.collections].map(([name, collection]) => {
    return [name, { ...collection, ...changed[name] }] as const;
  });
  return factsOf({ ...workshopMesh, collections: new Map(collections) });
}
