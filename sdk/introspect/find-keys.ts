// Which columns tell the rows apart: found by counting, where the source does not promise it.
import type { SourceColumn } from "./source-table.ts";

export type Counted = Pick<SourceColumn, "name" | "scalars" | "nulls" | "distinct">;

/** Distinct combinations of some columns, exactly. */
export type CountDistinct = (columns: readonly string[]) => Promise<number>;

/** More pairs of columns than of these are not tried. */
const pairedMax = 8;

/**
 * Single columns first; pairs only where there is no single one. Floats, booleans and moments make no key by
 * themselves. The likeliest first: by name, then text and whole numbers, then as they stand in the table.
 */
export async function findKeys(
  table: string,
  rows: number,
  columns: readonly Counted[],
  countDistinct: CountDistinct,
): Promise<readonly (readonly string[])[]> {
  const whole = columns.filter(({ nulls, scalars }) => nulls === 0 && scalars[0] !== "Float");
  const single = whole
    .filter(({ scalars: [scalar] }) => alone.has(scalar))
    // What was counted is approximate: nearly all is worth counting exactly.
    .filter(({ distinct = 0 }) => distinct >= rows * 0.8);
  const keys = await unique(
    single.map(({ name }) => [name]),
    rows,
    countDistinct,
  );
  if (keys.length > 0)
    return keys.toSorted((a, b) => rank(table, columns, a[0]) - rank(table, columns, b[0]));
  const pairs = pairsOf(whole.slice(0, pairedMax)).filter(([a, b]) => many(a) * many(b) >= rows);
  return unique(
    pairs.map((pair) => pair.map(({ name }) => name)),
    rows,
    countDistinct,
  );
}

/** Distinct values, at most. */
const many = ({ distinct = 0 }: Counted) => distinct * 1.2;

const alone: ReadonlySet<string> = new Set(["Int", "BigInt", "Decimal", "String", "Date"]);

async function unique(
  candidates: readonly (readonly string[])[],
  rows: number,
  countDistinct: CountDistinct,
): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for (const columns of candidates) if ((await countDistinct(columns)) === rows) found.push(columns);
  return found;
}

function pairsOf(columns: readonly Counted[]): readonly (readonly [Counted, Counted])[] {
  return columns.flatMap((first, i) => columns.slice(i + 1).map((second) => [first, second] as const));
}

/** The lower, the likelier. */
function rank(table: string, columns: readonly Counted[], name = ""): number {
  const own = columns.find((column) => column.name === name)?.scalars[0] ?? "";
  const words = name.replaceAll(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
  if (words === "id" || words === `${table.replace(/s$/, "")}_id`.toLowerCase()) return 0;
  if (/(^|_)(id|uuid|code|key|iata|icao|isbn|sku|nr|no|number)$/.test(words)) return 1;
  return own === "String" || own === "Int" || own === "BigInt" ? 2 : 3;
}
