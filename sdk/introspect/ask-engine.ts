// One question of SQL to an engine, with the scalar of each column that comes back.
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { Engine, Row } from "../sql/engine.ts";

/** At most 100,000 rows. @throws port.STATEMENT_FAILED, port.STATEMENT_STOPPED and what else the engine raises */
export function askEngine(
  engine: Engine,
  sql: string,
  output: Readonly<Record<string, ScalarName>>,
  options: { readonly signal: AbortSignal },
): Promise<readonly Row[]> {
  const columns = Object.entries(output).map(([name, scalar]) => ({ name, scalar }));
  return engine.run({ sql, parameters: [], output: columns, rowsMax: 100_000, at: "introspection" }, options);
}
