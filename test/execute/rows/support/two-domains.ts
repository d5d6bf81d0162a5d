// Two domains on engines of their own: parts, many and with small limits, and those who make them.
import { defineProduct, duckdb, productSdl, startPort } from "weft/sdk";
import { configSchema } from "../../../../gateway/config.ts";
import type { RowsRuntime } from "../../../../gateway/execute/rows/rows-runtime.ts";
import { openSubgraphs } from "../../../../gateway/fetch/open-subgraphs.ts";
import { type Facts, factsOf } from "../../../../gateway/plan/facts.ts";
import { compose } from "../../../../schema/compose/compose.ts";
import { readMesh } from "../../../../schema/compose/read-mesh.ts";

export type Part = {
  readonly id: number;
  readonly weight: number | null;
  readonly price: string | null;
  readonly made: string;
  readonly maker: string | null;
};

/** Weights and makers repeat, and some are null; three makers are nobody's. */
export const parts: readonly Part[] = Array.from({ length: 200 }, (_, i) => ({
  id: i + 1,
  weight: i % 13 === 0 ? null : (i * 37) % 11,
  price: i % 17 === 0 ? null : `${(i * 7919) % 1000}.25`,
  made: new Date(Date.UTC(2001, 0, 1 + (i % 40))).toISOString().slice(0, 10),
  maker: i % 7 === 0 ? null : `m${i % 43}`,
}));

export type Maker = { readonly code: string; readonly name: string | null; readonly stars: number };

export const makers: readonly Maker[] = Array.from({ length: 40 }, (_, i) => ({
  code: `m${i}`,
  name: i % 5 === 0 ? null : `Maker ${i % 4}`,
  stars: i % 6,
}));

const literal = (value: string | number | null) => (typeof value === "string" ? `'${value}'` : String(value));
const tuples = (rows: readonly object[]) =>
  rows.map((row) => `(${Object.values(row).map(literal).join(", ")})`).join(", ");

const about = { version: "1.0.0", owner: "Tests", contact: "tests@weft.example", freshness: { slo: "PT1H" } };

const partsProduct = defineProduct({
  ...about,
  id: "parts",
  domain: "workshop",
  engine: duckdb({
    load: [
      "create table parts (id integer, weight integer, price decimal(10, 2), made date, maker varchar)",
      `insert into parts values ${tuples(parts)}`,
      "create table shelf (row integer, place integer, part integer)",
      "insert into shelf values (1, 1, 1), (1, 2, 2), (2, 1, 3), (2, 2, null)",
    ],
    memoryMax: "128MB",
  }),
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
      keysMax: 10,
      rowsMax: 50,
    },
    Place: {
      description: "A place on a shelf.",
      collection: "places",
      key: ["row", "place"],
      columns: {
        row: { type: "Int!", description: "Row." },
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
      keysMax: 10,
    },
  },
});

const makersProduct = defineProduct({
  ...about,
  id: "makers",
  domain: "trade",
  engine: duckdb({
    load: [
      "create table makers (code varchar, name varchar, stars integer)",
      `insert into makers values ${tuples(makers)}`,
    ],
    memoryMax: "128MB",
  }),
  entities: {
    Maker: {
      description: "Who makes parts.",
      collection: "makers",
      key: ["code"],
      columns: {
        code: { type: "String!", description: "Code." },
        name: { type: "String", description: "Name." },
        stars: { type: "Int!", description: "How good they are." },
      },
    },
  },
});

export type Asked = {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type TwoDomains = AsyncDisposable & {
  readonly facts: Facts;
  /** Asks over HTTP. */
  readonly runtime: RowsRuntime;
  /** All requests, in the order of their asking. */
  readonly asked: Asked[];
};

export async function openTwoDomains(): Promise<TwoDomains> {
  const products = { parts: partsProduct, makers: makersProduct };
  const ports = {
    parts: await startPort(partsProduct),
    makers: await startPort(makersProduct),
  };
  const named = (["parts", "makers"] as const).map((name) => ({
    name,
    url: `${ports[name].url}/graphql`,
    sdl: productSdl(products[name]),
  }));
  const composed = compose(named);
  if (composed.kind === "refused")
    throw new Error(composed.problems.map(({ message }) => message).join("\n"));
  const { mesh } = readMesh(named, composed.supergraphSdl);
  const { fetch } = configSchema.pick({ fetch: true }).parse({ fetch: {} });
  const subgraphs = openSubgraphs({ observe: () => {} }, fetch);
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  const facts = factsOf(mesh);
  return {
    facts,
    asked,
    runtime: {
      facts,
      subgraphs: new Map(named.map(({ name, url }) => [name, url])),
      ask: (subgraph, request, asking) => {
        asked.push({ subgraph: subgraph.name, ...JSON.parse(request.body) });
        return subgraphs.ask(subgraph, request, asking);
      },
      cardinalities: { get: (text) => counts.get(text), set: (text, count) => counts.set(text, count) },
      limits: { keysMax: 1_000, rowsMax: 1_000, chunksAtOnceMax: 4 },
    },
    [Symbol.asyncDispose]: async () => {
      await subgraphs[Symbol.asyncDispose]();
      await ports.parts[Symbol.asyncDispose]();
      await ports.makers[Symbol.asyncDispose]();
    },
  };
}
