// Seventy products of the SDK: each is a table of eight columns that refers to the product before it, which has the inverse.
import { defineProduct, duckdb, productSdl } from "weft/sdk";
import type { ComposedSubgraph } from "../../schema/compose/compose.ts";

const count = 70;
/** So that an SDL is as long as those of the demo are on average: 14 KB. */
const columns = 8;

/** The last one, as it is and without a column, and all others. */
export function seventyProducts(): {
  readonly mine: ComposedSubgraph;
  readonly changed: string;
  readonly others: readonly ComposedSubgraph[];
} {
  const all = Array.from({ length: count }, (_, i) => subgraphOf(i, columns));
  const last = count - 1;
  const mine = all[last] as ComposedSubgraph;
  return { mine, changed: subgraphOf(last, columns - 1).sdl, others: all.slice(0, last) };
}

const scalars = ["Int", "String", "Float", "Date", "Decimal"] as const;

function subgraphOf(i: number, columnCount: number): ComposedSubgraph {
  const name = `things${i}`;
  const before = `Thing${i - 1}`;
  const product = defineProduct({
    id: name,
    version: "1.0.0",
    domain: `domain${i % 10}`,
    owner: `Team ${i}`,
    contact: `team${i}@weft.example`,
    freshness: { slo: "P1D" },
    engine: duckdb({ load: [] }),
    ...(i > 0 && { neighbours: { [before]: { id: "Int" } } }),
    entities: {
      [`Thing${i}`]: {
        description: "A thing.",
        collection: name,
        key: ["id"],
        columns: {
          id: { type: "Int!", description: "Number." },
          ...Object.fromEntries(
            Array.from({ length: columnCount }, (_, column) => [
              `column${column}`,
              { type: scalars[column % scalars.length] as "Int", description: `Column ${column}.` },
            ]),
          ),
        },
        ...(i > 0 && {
          references: {
            previous: {
              entity: before,
              key: { id: "previous" },
              description: "The one before.",
              inverse: { field: `next${i}`, description: "Those after it." },
            },
          },
        }),
      },
    },
  });
  return { name, url: `http://${name}.weft.example/graphql`, sdl: productSdl(product) };
}
