// What was read of a table: its columns, keys and foreign keys, its comments, and how many rows it has.
import type { ScalarName } from "../../schema/product/scalar.ts";

export type SourceColumn = {
  readonly name: string;
  /** As the source writes it: `numeric(18,4)`. */
  readonly type: string;
  /** The scalars that values of the type serve, the most careful first. Never empty. */
  readonly scalars: readonly [ScalarName, ...ScalarName[]];
  /** DuckDB's type that a column of a file is loaded as; left out = its own. */
  readonly loadAs?: string;
  /** Does the source promise that there is no null? A file does not, whatever it holds today. */
  readonly required: boolean;
  /** Counted; undefined where the source promises none, or the table is too large to count. */
  readonly nulls: number | undefined;
  /** Distinct values, approximately; undefined where the table is too large to count. */
  readonly distinct: number | undefined;
  readonly comment: string | undefined;
};

/** A column that no scalar serves. */
export type LeftOut = { readonly name: string; readonly type: string };

export type ForeignKey = {
  readonly columns: readonly string[];
  /** `public.airports`. */
  readonly table: string;
  readonly targetColumns: readonly string[];
};

/** How a CSV file is written. */
export type CsvForm = {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  /** What begins a line that is none of the table; undefined = nothing. */
  readonly comment: string | undefined;
  readonly skip: number;
  readonly header: boolean;
  /** Undefined = ISO 8601. */
  readonly dateFormat: string | undefined;
  readonly timestampFormat: string | undefined;
};

/** Where the table is. Paths are absolute; the URL has no password. */
export type SourcePlace =
  | {
      readonly kind: "csv";
      readonly file: string;
      readonly form: CsvForm;
      /** Every column of the file, with DuckDB's types; those that are left out too. */
      readonly all: readonly LeftOut[];
    }
  | { readonly kind: "parquet"; readonly file: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string };

export type SourceTable = {
  readonly place: SourcePlace;
  /** Of the table, or of the file without its ending. */
  readonly name: string;
  readonly comment: string | undefined;
  readonly rows: number;
  /** False = the server's estimate. */
  readonly rowsExact: boolean;
  readonly columns: readonly SourceColumn[];
  readonly leftOut: readonly LeftOut[];
  /** Columns that tell rows apart and have no nulls, the likeliest key first: as the source promises, else as counted. */
  readonly keys: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
};

type Options = { readonly signal: AbortSignal };

export type Source = AsyncDisposable & {
  readonly table: SourceTable;
  /** Of PostgreSQL: the database with its password, never to be written or shown. */
  readonly url?: string;
  /** Some distinct values of columns as text, side by side, at most `max` of the first 100,000 rows without a null in them. */
  readonly sample: (
    columns: readonly string[],
    max: number,
    options: Options,
  ) => Promise<readonly (readonly string[])[]>;
  /** Distinct combinations of columns. */
  readonly countDistinct: (columns: readonly string[], options: Options) => Promise<number>;
};

/** A sample is of so many rows at most. */
export const sampledRowsMax = 100_000;
