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

/** A column of a definition: the scalar its values are to serve, and its name in the table. */
export type ExpectedColumn = Readonly<Record<"name" | "physical", string>> & { readonly scalar: ScalarName };

export type ExpectedTable = Readonly<Record<"collection" | "table", string>> & {
  readonly columns: ReadonlyMap<string, ExpectedColumn>;
};

/** A product as far as its engine is concerned: what it expects to find there. */
export type ExpectedTables = {
  readonly id: string;
  readonly entities: ReadonlyMap<string, ExpectedTable>;
};

/**
 * Opens an engine with its tables loaded. Told what is expected of them, it checks that the columns are there and of
 * types that serve their scalars.
 * @throws port.COLUMN_MISSING, port.COLUMN_TYPE
 */
export type OpenEngine = (expected?: ExpectedTables) => Promise<Engine>;
