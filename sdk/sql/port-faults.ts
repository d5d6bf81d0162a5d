// What can go wrong while a port answers.
import { faultTable } from "../../schema/product/fault.ts";

type At = { readonly at: string };
type Place = {
  readonly product: string;
  readonly field: string;
  readonly table: string;
  readonly column: string;
};

export const port = faultTable({
  ROWS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ at, rowsMax }: At & { rowsMax: number }) => `${at} has more than ${rowsMax} rows.`,
    remedy: "Narrow `where`, give a `limit`, or ask for aggregates or groups.",
  },
  COUNT_TOO_LARGE: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) => `${at} counts more than 2147483647.`,
    remedy: "Narrow `where`, or count by groups.",
  },
  VALUE_NOT_REPRESENTABLE: {
    status: 500,
    audience: "caller",
    text: ({ at, column, scalar }: At & { column: string; scalar: string }) =>
      `${at}: a value of ${column} cannot be written as ${scalar} (not a number, infinite, or out of range).`,
    remedy: "Exclude it with `where`, or tell the product's owner.",
  },
  OUT_OF_RANGE: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) =>
      `${at} needs a number that is not finite, too large, or written with more than 38 digits.`,
    remedy: "Narrow `where`, or compare with a number of fewer digits.",
  },
  STATEMENT_STOPPED: {
    status: 504,
    audience: "caller",
    text: ({ at }: At) =>
      `${at} was stopped before it had an answer: its time was up, or the caller went away.`,
    remedy: "Narrow the question, or raise the port's `statementTimeoutMs`.",
  },
  STATEMENT_FAILED: {
    status: 500,
    audience: "operator",
    text: ({ at, problem }: At & { problem: string }) =>
      `${at}: the engine refused the statement: ${problem}.`,
    remedy: "See the port's log for the statement.",
  },
  ENGINE_UNREACHABLE: {
    status: 503,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `The product's database cannot be reached: ${problem}.`,
    remedy: "Start it, or correct the `url` of the product's engine.",
  },
  QUEUE_MAX: {
    status: 503,
    audience: "caller",
    text: ({ at, queueMax }: At & { queueMax: number }) =>
      `${at}: ${queueMax} statements are already waiting for this port's engine.`,
    remedy: "Ask again later.",
  },
  LOADING_FAILED: {
    status: 500,
    audience: "operator",
    text: ({ statement, problem }: { statement: string; problem: string }) =>
      `Loading failed at \`${statement}\`: ${problem}.`,
    remedy: "Correct the `load` statements of the product's engine.",
  },
  COLUMN_MISSING: {
    status: 500,
    audience: "operator",
    text: ({ product, field, table, column }: Place) =>
      `Product ${product}, ${field}: the engine has no column ${column} of a table or view ${table}.`,
    remedy: "Make it, or correct `table` or `column` in the definition.",
  },
  COLUMN_TYPE: {
    status: 500,
    audience: "operator",
    text: ({
      product,
      field,
      table,
      column,
      type,
      scalar,
      takes,
    }: Place & { type: string; scalar: string; takes: readonly string[] }) =>
      `Product ${product}, ${field}: the column ${column} of ${table} is of type ${type}, and its scalar ${scalar} takes ${takes.join(", ")}.`,
    remedy: "Cast it in a view and name that as `table`, or declare the scalar that fits.",
  },
  OPERATION_NOT_OFFERED: {
    status: 400,
    audience: "caller",
    text: ({ operation }: { operation: string }) => `This port answers no ${operation}.`,
    remedy: "Ask a query.",
  },
});
