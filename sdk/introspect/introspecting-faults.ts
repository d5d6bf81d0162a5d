// What can go wrong when a table is read that is to become a product.
import { faultTable } from "../../schema/product/fault.ts";

type Of = { readonly source: string; readonly problem: string };

export const introspecting = faultTable({
  SOURCE_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ source }: { source: string }) =>
      `${source} is neither a table of PostgreSQL nor a CSV or Parquet file.`,
    remedy: "Write postgres://user@host/database/schema.table, file.csv or file.parquet.",
  },
  SOURCE_UNREADABLE: {
    status: 400,
    audience: "caller",
    text: ({ source, problem }: Of) => `${source} cannot be read: ${problem}.`,
    remedy: "Correct the address or the path, or what it says.",
  },
  SOURCE_TABLE: {
    status: 400,
    audience: "caller",
    text: ({ source, problem }: Of) => `${source}: ${problem}.`,
    remedy: "Name the table at the end of the address, `/schema.table`, or as `?table=schema.table`.",
  },
  SOURCE_EMPTY: {
    status: 400,
    audience: "caller",
    text: ({ source }: { source: string }) =>
      `${source} has no row, so nothing says of what type its columns are.`,
    remedy: "Begin from a file with rows.",
  },
  SOURCE_WITHOUT_COLUMNS: {
    status: 400,
    audience: "caller",
    text: ({ source }: { source: string }) => `${source}: no scalar serves any of its columns.`,
    remedy: "Cast its columns in a view or another file, and begin from that.",
  },
});
