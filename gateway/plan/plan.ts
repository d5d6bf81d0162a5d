// The plan: what will be done to answer, as plain data.
import type { Predicate } from "../../schema/product/predicate.ts";
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { PermittedOperation } from "../policy/permit.ts";
import type { FetchTree } from "./fetch-tree.ts";

/** Its outcome is an answer. */
export type Plan =
  | Federated
  /** Runs `into` with the key set as the value of its variable: the rows of one domain that meet rows of another. */
  | { readonly kind: "semi-join"; readonly keys: KeySet; readonly variable: string; readonly into: Plan }
  /** Answers with a list of rows, under one response name. */
  | { readonly kind: "rows"; readonly name: string; readonly rows: RowsPlan };

/** An operation of plain federation: fetches and entity joins as the federation planner lays them out. */
export type Federated = {
  readonly kind: "federated";
  readonly operation: PermittedOperation;
  /** Undefined where nothing has to be fetched. */
  readonly tree: FetchTree | undefined;
  /** By the signature of a field, the response name that its data is fetched under instead of its own. */
  readonly aliases: Readonly<Record<string, string>>;
};

/** Its outcome is a list of rows. */
export type RowsPlan =
  /** The list that an answer holds under `name`. */
  | { readonly kind: "list"; readonly name: string; readonly of: Plan }
  /** Rows for which the predicate is TRUE: what the owner could not be asked, or answers inexactly. */
  | {
      readonly kind: "residual-filter";
      readonly input: RowsPlan;
      readonly predicate: Predicate;
      readonly columns: Columns;
    };

/** The scalars of columns, by relationship where they stand in one. */
export type Columns = { readonly [name: string]: ScalarName | Columns };

/** The different values of a column, without null. */
export type KeySet = { readonly kind: "key-set"; readonly rows: RowsPlan; readonly column: string };
