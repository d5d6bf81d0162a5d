// PostgreSQL as a port's engine: a pool of read-only sessions, statements that are cancelled in the server.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { Fault } from "../../schema/product/fault.ts";
import { canonicalClock, type ScalarValue } from "../../schema/product/scalar.ts";
import type { Bound, KeptAs } from "./dialect.ts";
import type { Engine, OpenEngine, Row, Statement } from "./engine.ts";
import { port } from "./port-faults.ts";
import { checkPostgresColumns } from "./postgres-columns.ts";
import { postgresDialect } from "./postgres-dialect.ts";
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

export type PostgresOptions = QueueOptions & {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Schema in which the product's tables are. Default "public". */
  readonly schema?: string;
  /** Time to connect, in milliseconds. Default 2,000. */
  readonly connectTimeoutMs?: number;
};

/**
 * An engine on tables that are in PostgreSQL (15 or later). Sessions are read-only and in UTC.
 * @throws port.ENGINE_UNREACHABLE, port.COLUMN_MISSING, port.COLUMN_TYPE from the opening
 */
export function postgres(options: PostgresOptions): OpenEngine {
  const { url, schema = "public", connectionsMax = 4, connectTimeoutMs = 2_000 } = options;
  const config = {
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: "weft",
    options: settings({
      search_path: `"${schema.replaceAll('"', '""')}"`,
      timezone: "UTC",
      datestyle: "ISO",
      extra_float_digits: "1",
      standard_conforming_strings: "on",
      transform_null_equals: "off",
      default_transaction_read_only: "on",
    }),
  };
  return async (expected) => {
    const pool = new pg.Pool({ ...config, max: connectionsMax });
    pool.on("error", () => {}); // a session lost while idle: the next statement opens another
    pool.on("connect", (session) => session.on("error", () => {})); // lost while it runs: its statement fails
    const connect = () =>
      pool.connect().catch((cause: Error) => {
        throw port.ENGINE_UNREACHABLE({ problem: cause.message }, cause);
      });
    const look = async (): Promise<KeptAs> => {
      const session = await connect();
      try {
        return expected
          ? await checkPostgresColumns(session, expected).catch(asUnreachable)
          : postgresDialect.keptAs;
      } finally {
        session.release();
      }
    };
    const keptAs = await look().catch(async (failure: unknown) => {
      await pool.end();
      throw failure;
    });
    const queue = statementQueue(options);
    return {
      dialect: { ...postgresDialect, keptAs },
      run: (statement, { signal }) =>
        queue(statement, signal, async () => {
          const session = await connect();
          const cancelling = cancelOn(signal, session, config);
          let lost = false;
          try {
            return await runOn(session, statement, signal, cancelling.unanswered);
          } catch (failure) {
            lost = failure instanceof Fault && failure.code === "ENGINE_UNREACHABLE";
            throw failure;
          } finally {
            // A cancellation under way could hit the session's next statement: it is awaited.
            session.release((await cancelling.end()) || lost);
          }
        }),
      [Symbol.asyncDispose]: () => pool.end(),
    } satisfies Engine;
  };
}

function asUnreachable(cause: Error): never {
  throw cause instanceof Fault ? cause : port.ENGINE_UNREACHABLE({ problem: cause.message }, cause);
}

/** The server's settings on which the meaning of a statement stands, as its command line takes them. */
function settings(values: Readonly<Record<string, string>>): string {
  const escaped = (value: string) => value.replaceAll(/[\s\\]/g, "\\$&");
  return Object.entries(values)
    .map(([name, value]) => `-c ${name}=${escaped(value)}`)
    .join(" ");
}

type Cancelling = {
  /** Rejects where the server has not ended the statement some time after it was to. */
  readonly unanswered: Promise<never>;
  /** Ends the watch; true where the session had better be closed. */
  readonly end: () => Promise<boolean>;
};

/** Cancels what runs in the session once the signal aborts. */
function cancelOn(
  signal: AbortSignal,
  session: pg.PoolClient,
  config: pg.ClientConfig & { readonly connectionTimeoutMillis: number },
): Cancelling {
  let ended = false;
  let giveUp: (problem: Error) => void;
  let givingUp: NodeJS.Timeout | undefined;
  let cancelled: Promise<void> | undefined;
  const unanswered = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const cancel = () => {
    const { processID } = session as pg.PoolClient & { readonly processID: number };
    cancelled = cancelBackend(processID, config, () => ended);
    givingUp = setTimeout(() => giveUp(new Error("no answer")), config.connectionTimeoutMillis);
  };
  if (signal.aborted) cancel();
  else signal.addEventListener("abort", cancel, { once: true });
  return {
    unanswered,
    end: async () => {
      ended = true;
      signal.removeEventListener("abort", cancel);
      clearTimeout(givingUp);
      await cancelled;
      return cancelled !== undefined;
    },
  };
}

/** Cancels again until the statement has ended: PostgreSQL forgets a cancellation that comes before it has begun. */
async function cancelBackend(
  processId: number,
  config: pg.ClientConfig & { readonly connectionTimeoutMillis: number },
  ended: () => boolean,
): Promise<void> {
  const client = new pg.Client({ ...config, query_timeout: config.connectionTimeoutMillis });
  client.on("error", () => {});
  try {
    await client.connect();
    while (!ended()) {
      await client.query("select pg_cancel_backend($1)", [processId]);
      await delay(10);
    }
  } catch {
    // The server does not answer: the session is closed instead.
  } finally {
    await client.end().catch(() => {});
  }
}

/** Every value as the text that the server writes. */
const asText = { getTypeParser: () => (text: string) => text };

async function runOn(
  session: pg.PoolClient,
  statement: Statement,
  signal: AbortSignal,
  unanswered: Promise<never>,
): Promise<readonly Row[]> {
  const { at, sql: text, parameters } = statement;
  const answered = session.query<(string | null)[]>({
    text,
    values: parameters.map((parameter) => parameterText((parameter as Bound).value)),
    rowMode: "array",
    types: asText as never,
  });
  const { rows } = await Promise.race([answered, unanswered]).catch((cause: Error) => {
    if (signal.aborted) throw port.STATEMENT_STOPPED({ at }, cause);
    throw faultOf(cause, at);
  });
  return writeRows(rows.length, (row, i) => rows[row]?.[i] ?? null, statement, writers);
}

function faultOf(cause: Error & { readonly code?: string }, at: string): Fault {
  const { code = "", message } = cause;
  if (outOfRange.has(code)) return port.OUT_OF_RANGE({ at }, cause);
  const lost = !(cause instanceof pg.DatabaseError) || sessionLost.test(code);
  return lost
    ? port.ENGINE_UNREACHABLE({ problem: message }, cause)
    : port.STATEMENT_FAILED({ at, problem: message }, cause);
}

/** connection_exception, and the operator's interventions but query_canceled. */
const sessionLost = /^(08|57P)/;

/** numeric_value_out_of_range, datetime_field_overflow. */
const outOfRange: ReadonlySet<string> = new Set(["22003", "22008"]);

function parameterText(value: Bound["value"]): string | readonly string[] {
  return typeof value === "object" ? value.map(String) : String(value satisfies ScalarValue);
}

const writers: Writers<string> = {
  Int: writeInt,
  BigInt: writeBigInt,
  Float: (text) => writeFloat(Number(text)),
  Decimal: writeDecimal,
  String: (text) => text,
  ID: (text) => text,
  Boolean: (text) => text === "t",
  Date: writeDate,
  DateTime: (text) => clock(text.replace(/\+00$/, "Z"), "Z"),
  LocalDateTime: (text) => clock(text, ""),
};

/** ISO 8601 of `2001-01-31 13:05:00.25`; undefined outside the years 1 to 9999. */
function clock(text: string, zone: "Z" | ""): string | undefined {
  const pattern = zone === "Z" ? utcPattern : localPattern;
  return pattern.test(text) ? canonicalClock(text.replace(" ", "T")) : undefined;
}

const localPattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/;
const utcPattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?Z$/;
