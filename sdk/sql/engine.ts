// The engine's port: one statement in, columns of canonical values out.
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import type { Dialect } from "./dialect.ts";

/** A statement ready to run. Its parameters are `Bound` values, in the order of `$1`, `$2`, … */
export type Statement = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** What comes back, column by column. */
  readonly output: readonly OutputColumn[];
  /** More rows than this are a fault. The statement asks for one more, so that the engine can tell. */
  readonly rowsMax: number;
  /** Where the question asked it: `flights`. */
  readonly at: string;
};

export type OutputColumn = { readonly name: string; readonly scalar: ScalarName };

/** A row by the names of its output columns; BigInt, Decimal and the times as canonical strings. */
export type Row = Readonly<Record<string, ScalarValue | null>>;

export type Engine = AsyncDisposable & {
  readonly dialect: Dialect;
  /**
   * Runs one statement. Aborting the signal interrupts it in the engine.
   * @throws port.ROWS_MAX, port.STATEMENT_STOPPED, port.STATEMENT_FAILED, port.OUT_OF_RANGE, port.VALUE_NOT_REPRESENTABLE,
   * port.QUEUE_MAX, port.ENGINE_UNREACHABLE
   */
  run(statement: Statement, options: { readonly signal: AbortSignal }): Promise<readonly Row[]>;
};

/** Opens an engine with its tables loaded. */
export type OpenEngine = () => Promise<Engine>;
