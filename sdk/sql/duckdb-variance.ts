// DuckDB's variance, exact for whole numbers and decimals: its own `var_pop` turns them into Floats first.
import { type RawBuilder, sql } from "kysely";
import type { ScalarName } from "../../schema/product/scalar.ts";

type Sql = RawBuilder<unknown>;

/** `var_pop` of a group's numbers. Of whole numbers and decimals a sum out of range is DuckDB's error, never a wrong answer. */
export function duckdbVariance(expression: Sql, scalar: ScalarName): Sql {
  const count = sql`count(${expression})`;
  switch (scalar) {
    case "Int":
      return sql`${squaredDeviations([sql`cast(${expression} as bigint)`], sql`bigint`, count)} / ${count} / ${count}`;
    case "BigInt":
      return sql`${squaredDeviations(limbs(sql`cast(${expression} as bigint)`, 2), sql`hugeint`, count)} / ${count} / ${count}`;
    case "Decimal": {
      const digits = sql`cast(replace(cast(${expression} as varchar), '.', '') as hugeint)`;
      const scale = sql`coalesce(try_cast(regexp_extract(typeof(any_value(${expression})), ',(\\d+)\\)', 1) as integer), 0)`;
      return sql`${squaredDeviations(limbs(digits, 4), sql`hugeint`, count)} / ${count} / ${count} / pow(10, 2 * ${scale})`;
    }
    default:
      return sql`var_pop(${expression})`;
  }
}

const limb = sql.lit(2 ** 32);

/** `[x mod 2³², …]`, the lowest first: whole numbers with the sign of `x` that make it up again. */
function limbs(x: Sql, count: number): readonly Sql[] {
  return count === 1 ? [x] : [sql`(${x} % ${limb})`, ...limbs(sql`(${x} // ${limb})`, count - 1)];
}

/**
 * `n² var = n Σx² - (Σx)²` for `x = Σ xᵢ 2³²ⁱ`: the coefficient of each power of 2³² is a sum of
 * `n Σ xᵢxⱼ - Σxᵢ Σxⱼ`, exact in 128 bits up to 2³¹ rows. What exceeds a limb is carried upwards before Floats come
 * in, so that the highest coefficient decides and nothing cancels: {2³² - 1, 2³²} has 1, not 2⁶⁴ - (2³³ - 2) 2³² + ….
 */
function squaredDeviations(parts: readonly Sql[], product: Sql, count: Sql): Sql {
  const covariance = (a: Sql, b: Sql) =>
    sql`(${count} * sum(cast(${a} as ${product}) * ${b}) - sum(${a}) * sum(${b}))`;
  const coefficients = Array.from({ length: 2 * parts.length - 1 }, (_, power) =>
    sql.join(
      parts.flatMap((a, i) => {
        const b = parts[power - i];
        if (b === undefined || i > power - i) return [];
        return [i === power - i ? covariance(a, b) : sql`2 * ${covariance(a, b)}`];
      }),
      sql` + `,
    ),
  );
  const [lowest, ...higher] = coefficients as [Sql, ...Sql[]];
  let highest = lowest;
  const digits: Sql[] = [];
  for (const coefficient of higher) {
    digits.unshift(sql`(${highest}) % ${limb}`);
    highest = sql`${coefficient} + (${highest}) // ${limb}`;
  }
  return digits.reduce(
    (above, digit) => sql`(${above} * ${limb} + ${digit})`,
    sql`cast(${highest} as double)`,
  );
}
