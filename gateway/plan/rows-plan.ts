// The plan of rows: what owners are asked, and what is done here with what they answer. Plain data.
//
// A row is flat. Its columns are named by where they stand, seen from the row: `delay`, `origin.iata` (the key of a
// reference), `destination.state.name` (found by a lookup), `date_month`; aggregates as `aggregates.ts` writes them.
import type { Direction, OrderTerm } from "../../schema/product/order.ts";
import type { Page } from "../../schema/product/read-page.ts";
import type { GroupOrderTerm } from "../../schema/product/read-value.ts";
import type { Bucket, ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import type { Aggregate, Value } from "../../schema/product/value.ts";
import type { Condition } from "./condition.ts";

/** Its outcome is a list of rows. */
export type RowsPlan = Scan | Groups | Here | Filter | Lookup | Group | Regroup | Sort | Ranked | Led;

/** Rows of a collection, asked of its owner. */
export type Scan = {
  readonly kind: "scan";
  readonly collection: string;
  /** To-one paths within the owner's subgraph, or the keys of its references. The primary key is always among them. */
  readonly columns: readonly string[];
  readonly where: Condition;
  /** The primary key is the last tie-break; empty = by the primary key. */
  readonly order: readonly OrderTerm[];
  readonly page: Page;
};

/** Groups of a collection's rows, asked of its owner: a row for each, with the columns of its keys and aggregates. */
export type Groups = {
  readonly kind: "groups";
  readonly collection: string;
  readonly keys: readonly Value[];
  readonly aggregates: readonly Aggregate[];
  readonly where: Condition;
  /** On the columns of `aggregates`. */
  readonly having: Condition;
  /** All keys, in their order, are the last tie-break. */
  readonly order: readonly GroupOrderTerm[];
  readonly page: Page;
  readonly timeZone: string;
};

/** Rows that were brought already: those of a list beneath an object. */
export type Here = { readonly kind: "here"; readonly collection: string };

/** Rows for which the condition is TRUE. */
export type Filter = {
  readonly kind: "filter";
  readonly input: RowsPlan;
  readonly condition: Condition;
  /** Of the columns that the condition's tests name. */
  readonly scalars: Scalars;
};

export type Scalars = Readonly<Record<string, ScalarName>>;

/**
 * Every row of `input` with columns of the row that `from` brings for its key; where it brings none, or a part of the key is
 * null, with `absent`.
 */
export type Lookup = {
  readonly kind: "lookup";
  readonly input: RowsPlan;
  /** Columns of `input` that hold the key. */
  readonly on: readonly string[];
  /** Asks for the keys of `input` by the key set `given`; no two of its rows have one key. */
  readonly from: RowsPlan;
  /** Columns of `from`, in the order of `on`. */
  readonly key: readonly string[];
  readonly columns: readonly {
    readonly column: string;
    readonly as: string;
    readonly absent: ScalarValue | null;
  }[];
};

/** Rows grouped here. Without keys: one row, also of nothing. */
export type Group = {
  readonly kind: "group";
  readonly input: RowsPlan;
  readonly keys: readonly GroupKey[];
  readonly aggregates: readonly TypedAggregate[];
  readonly timeZone: string;
};

export type GroupKey = {
  readonly column: string;
  /** Of the column. */
  readonly scalar: ScalarName;
  readonly bucket?: Bucket;
  /** The column of the group: `column`, or that of its bucket. */
  readonly as: string;
};

/** `scalar` is the column's; of a count of rows it is left out. */
export type TypedAggregate = { readonly aggregate: Aggregate; readonly scalar?: ScalarName };

/**
 * Groups made coarser: rows of `input` are groups of disjoint rows with the aggregates that `partialAggregates`
 * (`aggregates.ts`) names. A `count distinct` has its column among the columns of `input`.
 */
export type Regroup = {
  readonly kind: "regroup";
  readonly input: RowsPlan;
  readonly keys: readonly GroupKey[];
  readonly aggregates: readonly TypedAggregate[];
  readonly timeZone: string;
};

/**
 * A page of rows whose order begins with what a reference leads to: the keys of the reference are put in that order with
 * the number of rows that each has, and only rows of those keys are asked for that the page begins, goes on or ends with.
 */
export type Ranked = {
  readonly kind: "ranked";
  /** A row for each different key, the null one too: its columns, those of `order`, and `count(*)`. */
  readonly keys: RowsPlan;
  readonly reference: string;
  /** Columns of the key, in `keys` and in `rows` alike. */
  readonly on: readonly string[];
  /** Keys that are equal in these are one class. */
  readonly order: readonly SortTerm[];
  /** All rows, in the order of each class. */
  readonly rows: Scan;
  readonly page: { readonly limit: number; readonly offset: number };
};

/**
 * A page of rows in the order of an aggregate of what refers to them: the aggregates come in their order, with the keys of
 * the rows, until the page is full of such as there are.
 */
export type Led = {
  readonly kind: "led";
  /** In order, keys that are equal in it by key. */
  readonly keys: Groups;
  /** The column of `keys` that they are in the order of: where it is null, so are those that follow. */
  readonly by: string;
  /** Columns of `keys`, and of `rows` in the same order: the primary key. */
  readonly key: readonly string[];
  readonly on: readonly string[];
  readonly rows: Scan;
  readonly page: { readonly limit: number; readonly offset: number };
  /** Where the keys do not fill the page: rows that nothing refers to come after them. */
  readonly otherwise: RowsPlan;
};

/** Rows in order; no two are equal in all terms. Without terms they are in order as they come. Only the page is kept. */
export type Sort = {
  readonly kind: "sort";
  readonly input: RowsPlan;
  readonly order: readonly SortTerm[];
  readonly page: Page;
};

export type SortTerm = {
  readonly column: string;
  readonly scalar: ScalarName;
  readonly direction: Direction;
  /** What the column is to the owner of the rows, where it is a value of theirs. */
  readonly by?: Value;
};
