// Opens a product's engine once: what would keep the port from starting is found before anything is written.
import { literal, loadFileSql } from "../../sdk/introspect/load-file.ts";
import type { Source } from "../../sdk/introspect/source-table.ts";
import type { Product } from "../../sdk/product.ts";
import { duckdb } from "../../sdk/sql/duckdb-engine.ts";
import { postgres } from "../../sdk/sql/postgres-engine.ts";

/** @throws port.LOADING_FAILED, port.COLUMN_MISSING, port.COLUMN_TYPE */
export async function tryEngine(
  product: Product,
  { table: { place, columns }, url = "" }: Source,
): Promise<void> {
  const [entity] = product.entities.values();
  const open =
    place.kind === "postgres"
      ? postgres({ url, schema: place.schema })
      : duckdb({
          memoryMax: "4GB",
          load: [
            loadFileSql({
              table: entity?.table ?? product.id,
              file: literal(place.file),
              columns,
              ...(place.kind === "csv" && { csv: { form: place.form, all: place.all } }),
            }),
          ],
        });
  const engine = await open(product);
  await engine[Symbol.asyncDispose]();
}
