// The plan of one root field of a question across domains. Plain data.
import type { FieldNode } from "graphql";
import type { OrderTerm } from "../../schema/product/order.ts";
import type { Page } from "../../schema/product/read-page.ts";
import type { PermittedOperation } from "../policy/permit.ts";
import type { Condition } from "./condition.ts";
import type { Selected } from "./read-asked.ts";
import type { RowsPlan } from "./rows-plan.ts";

export type FieldPlan =
  /** A list: its page's primary keys by `rows`, its objects by the template, put in that order. */
  | {
      readonly kind: "list";
      readonly name: string;
      readonly list: ListPlan;
    }
  /** Groups: every row is one. */
  | {
      readonly kind: "groups";
      readonly name: string;
      readonly operation: PermittedOperation;
      readonly rows: RowsPlan;
      /** Of a group. */
      readonly selected: readonly Selected[];
    }
  | {
      readonly kind: "aggregate";
      readonly name: string;
      readonly operation: PermittedOperation;
      readonly selected: readonly Selected[];
      /** One row; left out where no aggregate is selected. */
      readonly rows?: RowsPlan;
      /** By response name, what is selected as `nodes`. */
      readonly nodes: Readonly<Record<string, ListPlan>>;
    }
  /** Anything else: asked of federation, with the arguments of lists beneath it bound. */
  | { readonly kind: "object"; readonly name: string; readonly template: Template };

export type ListPlan = {
  readonly collection: string;
  readonly rows: RowsPlan;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  readonly template: Template;
};

/** A question that the composed schema has an answer for, made of one root field of the caller's. */
export type Template = {
  /** Its text has what the plan adds, its definition what the caller asked for. */
  readonly operation: PermittedOperation;
  /** The root field, fragments opened, as it stands in the text. */
  readonly field: FieldNode;
  /** Columns of the objects of a list at the root, fetched beside what the caller selected. */
  readonly columns: readonly FetchedColumn[];
  readonly nested: readonly NestedPlan[];
};

/** Where the column of a row is found in a fetched object: fields to step into. */
export type FetchedColumn = { readonly column: string; readonly path: readonly FieldNode[] };

/** A list or an aggregate beneath a root field, whose arguments are given by the plan. */
export type NestedPlan = {
  /** Its variables are `<name>_where` and so on. */
  readonly name: string;
  readonly collection: string;
  /** Asked of the owner. */
  readonly where: Condition;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
  /** What is left to be done here, for each object's list. */
  readonly left?: {
    /** Over rows that are here. */
    readonly rows: RowsPlan;
    /** For each object. */
    readonly page: Page;
    readonly columns: readonly FetchedColumn[];
    /** The fields from the root to the list, for each place where it stands. */
    readonly places: readonly (readonly FieldNode[])[];
  };
};
