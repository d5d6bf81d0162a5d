// DuckDB inside the port's process: tables loaded once, then sealed; statements that can be interrupted.
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  VARCHAR,
} from "@duckdb/node-api";
import { Fault } from "../../schema/product/fault.ts";
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import type { Bound, KeptAs } from "./dialect.ts";
import { checkDuckDBColumns } from "./duckdb-columns.ts";
import { duckdbDialect } from "./duckdb-dialect.ts";
import type { Engine, ExpectedTables, OpenEngine, Row, Statement } from "./engine.ts";
import { port } from "./port-faults.ts";
import { type QueueOptions, statementQueue } from "./statement-queue.ts";
import {
  type Writers,
  writeBigInt,
  writeDate,
  writeDecimal,
  writeFloat,
  writeInt,
  writeRows,
} from "./write-value.ts";

export type DuckDBOptions = QueueOptions & {
  /** SQL statements that make the tables. Afterwards the engine is sealed: it opens no file and no setting changes. */
  readonly load: readonly string[];
  /** DuckDB's `memory_limit`. Default "512MB". */
  readonly memoryMax?: string;
  /** Default 2. */
  readonly threads?: number;
};

/** SQL text with values written as literals, for `load`: sql`… from read_csv(${path})`. */
export function sql(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const literal = (value: string | number | undefined) =>
    typeof value === "number" ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
  return strings.reduce((text, part, i) => text + literal(values[i - 1]) + part);
}

/**
 * An engine of DuckDB in memory. There is no spilling to disk: a statement that needs more than `memoryMax` fails.
 * @throws port.LOADING_FAILED, port.COLUMN_MISSING, port.COLUMN_TYPE from the opening
 */
export function duckdb(options: DuckDBOptions): OpenEngine {
  return async (expected) => {
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: options.memoryMax ?? "512MB",
      threads: String(options.threads ?? 2),
      temp_directory: "",
    });
    const keptAs = await load(await instance.connect(), options.load, expected).catch((failure: unknown) => {
      instance.closeSync();
      throw failure;
    });
    const queue = statementQueue(options);
    const idle: DuckDBConnection[] = [];
    return {
      dialect: { ...duckdbDialect, keptAs },
      run: (statement, { signal }) =>
        queue(statement, signal, async () => {
          const connection = idle.pop() ?? (await instance.connect());
          try {
            return await runOn(connection, statement, signal);
          } finally {
            idle.push(connection);
          }
        }),
      [Symbol.asyncDispose]: async () => {
        for (const connection of idle) connection.closeSync();
        instance.closeSync();
      },
    } satisfies Engine;
  };
}

async function load(
  connection: DuckDBConnection,
  statements: readonly string[],
  expected: ExpectedTables | undefined,
): Promise<KeptAs> {
  const clock = "set global timezone = 'UTC'"; // also while loading: data must not depend on the machine
  const seal = ["set enable_external_access = false", "set lock_configuration = true"];
  try {
    for (const statement of [clock, ...statements, ...seal])
      await connection.run(statement).catch((cause: unknown) => {
        throw port.LOADING_FAILED({ statement, problem: firstLine(cause) }, cause);
      });
    const rows = async (statement: string) => (await connection.runAndReadAll(statement)).getRows();
    return expected ? await checkDuckDBColumns(rows, expected) : duckdbDialect.keptAs;
  } finally {
    connection.closeSync();
  }
}

async function runOn(
  connection: DuckDBConnection,
  statement: Statement,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { at } = statement;
  using _interrupting = interruptOn(signal, connection);
  try {
    const prepared = await connection.prepare(statement.sql);
    try {
      signal.throwIfAborted();
      statement.parameters.forEach((parameter, i) => {
        bindParameter(prepared, i + 1, parameter as Bound);
      });
      const columns = await (await prepared.run()).getColumns();
      return writeRows(columns[0]?.length ?? 0, (row, i) => columns[i]?.[row] ?? null, statement, writers);
    } finally {
      prepared.destroySync();
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (signal.aborted) throw port.STATEMENT_STOPPED({ at }, cause);
    const problem = firstLine(cause);
    if (outOfRange.test(problem)) throw port.OUT_OF_RANGE({ at }, cause);
    throw port.STATEMENT_FAILED({ at, problem }, cause);
  }
}

/** How DuckDB begins its word on sums that overflow, deviations of infinities and decimals that are too long. */
const outOfRange = /^(Out of Range|Conversion) Error/;

/**
 * Interrupts what runs on the connection once the signal aborts, and again until disposed: DuckDB forgets an
 * interrupt that comes before a statement has begun, and one that waits for a thread has not.
 */
function interruptOn(signal: AbortSignal, connection: DuckDBConnection): Disposable {
  let again: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    again = setTimeout(interrupt, 10);
  };
  if (signal.aborted) interrupt();
  else signal.addEventListener("abort", interrupt, { once: true });
  return {
    [Symbol.dispose]: () => {
      signal.removeEventListener("abort", interrupt);
      clearTimeout(again);
    },
  };
}

/** How a scalar is bound. Decimals and times go as text, which the statement casts. */
const bindings: Readonly<Record<ScalarName, DuckDBType>> = {
  Int: INTEGER,
  BigInt: VARCHAR,
  Float: DOUBLE,
  Decimal: VARCHAR,
  String: VARCHAR,
  Boolean: BOOLEAN,
  ID: VARCHAR,
  Date: VARCHAR,
  DateTime: VARCHAR,
  LocalDateTime: VARCHAR,
};

function bindParameter(prepared: DuckDBPreparedStatement, index: number, { scalar, value }: Bound): void {
  const type = bindings[scalar];
  if (isList(value)) prepared.bindList(index, value, LIST(type));
  else prepared.bindValue(index, value, type);
}

function isList(value: Bound["value"]): value is readonly ScalarValue[] {
  return Array.isArray(value);
}

const writers: Writers<DuckDBValue> = {
  Int: writeInt,
  BigInt: writeBigInt,
  Float: (value) => writeFloat(value instanceof DuckDBDecimalValue ? value.toDouble() : Number(value)),
  Decimal: writeDecimal,
  String: String,
  ID: String,
  Boolean: Boolean,
  Date: writeDate,
  DateTime: (value) => (value instanceof DuckDBTimestampTZValue ? clock(value.micros, "Z") : undefined),
  LocalDateTime: (value) => (value instanceof DuckDBTimestampValue ? clock(value.micros, "") : undefined),
};

const firstMs = Date.parse("0001-01-01T00:00:00Z");
const lastMs = Date.parse("9999-12-31T23:59:59.999Z");

/** ISO 8601 of microseconds since 1970, a fraction only where it is not zero; undefined outside the years 1 to 9999. */
function clock(micros: bigint, zone: "" | "Z"): string | undefined {
  const whole = micros / 1_000_000n; // rounded towards zero
  const rest = Number(micros - whole * 1_000_000n);
  const fraction = rest < 0 ? rest + 1_000_000 : rest;
  const ms = (Number(whole) - (rest < 0 ? 1 : 0)) * 1_000;
  if (!(ms >= firstMs && ms <= lastMs)) return undefined;
  const seconds = new Date(ms).toISOString().slice(0, 19);
  const digits = fraction === 0 ? "" : `.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
  return `${seconds}${digits}${zone}`;
}

function firstLine(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause).split("\n")[0] ?? "";
}
