// Counts a loaded file: its rows, and of each column the nulls and the distinct values.
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { Engine } from "../sql/engine.ts";
import { askEngine } from "./ask-engine.ts";
import { quoteName } from "./load-file.ts";
import type { Served } from "./scalars-of.ts";

export type ColumnToCount = Served & { readonly name: string; readonly type: string };

export type CountedColumn = ColumnToCount & {
  readonly nulls: number;
  /** Approximate, to some percent. */
  readonly distinct: number;
  /** The largest amount of a BIGINT; undefined for other types. */
  readonly magnitude: bigint | undefined;
};

/** Of the table `source`. */
export async function countColumns(
  engine: Engine,
  columns: readonly ColumnToCount[],
  options: { readonly signal: AbortSignal },
): Promise<{ readonly rows: number; readonly columns: readonly CountedColumn[] }> {
  const output: Record<string, ScalarName> = { rows: "BigInt" };
  const terms = columns.flatMap(({ name, type }, i) => {
    const id = quoteName(name);
    Object.assign(output, { [`known${i}`]: "BigInt", [`distinct${i}`]: "BigInt", [`max${i}`]: "BigInt" });
    const magnitude = type === "BIGINT" ? `max(abs(${id}::hugeint))` : "null";
    return [
      `count(${id}) as known${i}`,
      `approx_count_distinct(${id}) as distinct${i}`,
      `${magnitude} as max${i}`,
    ];
  });
  const sql = `select count(*) as rows, ${terms.join(", ")} from source`;
  const [row = {}] = await askEngine(engine, sql, output, options);
  const rows = Number(row.rows);
  return {
    rows,
    columns: columns.map((column, i) => ({
      ...column,
      nulls: rows - Number(row[`known${i}`]),
      distinct: Number(row[`distinct${i}`]),
      magnitude: row[`max${i}`] == null ? undefined : BigInt(row[`max${i}`] as string),
    })),
  };
}
