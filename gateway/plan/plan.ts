// The plan: what will be done to answer, as plain data.
import type { PermittedOperation } from "../policy/permit.ts";
import type { FetchTree } from "./fetch-tree.ts";
import type { VariableField } from "./variable-filters.ts";

/** Its outcome is an answer. */
export type Plan =
  | Federated
  | Across
  /** Across domains where one of the fields is, with the values of its variables; else of plain federation. */
  | {
      readonly kind: "either";
      readonly plain: Federated;
      readonly across: Across;
      readonly fields: readonly VariableField[];
    };

/** An operation of plain federation: fetches and entity joins as the federation planner lays them out. */
export type Federated = {
  readonly kind: "federated";
  readonly operation: PermittedOperation;
  /** Undefined where nothing has to be fetched. */
  readonly tree: FetchTree | undefined;
  /** By the signature of a field, the response name that its data is fetched under instead of its own. */
  readonly aliases: Readonly<Record<string, string>>;
};

/** A question that reaches across domains: its fields are planned with its variables' values, for each request. */
export type Across = { readonly kind: "across"; readonly operation: PermittedOperation };
