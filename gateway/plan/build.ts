// Builds the plan of a permitted operation.
import type { GraphQLSchema } from "graphql";
import type { PermittedOperation } from "../policy/permit.ts";
import type { CollectionField } from "./collection-fields.ts";
import type { Across, Federated, Plan } from "./plan.ts";
import { variableFields } from "./variable-filters.ts";

/** What planning knows beside the operation itself. */
export type Known = {
  readonly schema: GraphQLSchema;
  /** By `type.field`. */
  readonly fields: ReadonlyMap<string, CollectionField>;
  /** How federation would fetch it; undefined = the composed schema has no answer for it. */
  readonly fetches: Pick<Federated, "tree" | "aliases"> | undefined;
};

export function buildPlan(operation: PermittedOperation, { schema, fields, fetches }: Known): Plan {
  const across: Across = { kind: "across", operation };
  if (!fetches) return across;
  const plain: Federated = { kind: "federated", operation, tree: fetches.tree, aliases: fetches.aliases };
  const found = variableFields(schema, fields, operation);
  return found.length === 0 ? plain : { kind: "either", plain, across, fields: found };
}
