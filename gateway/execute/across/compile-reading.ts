// What the fields of an operation are read by, once its variables are known.
import type { GraphQLSchema } from "graphql";
import { fragmentsOf } from "../../operation/collect-fields.ts";
import type { Reading } from "../../plan/read-asked.ts";
import type { PermittedOperation } from "../../policy/permit.ts";
import { conditionNames, readConditions } from "../federated/conditions.ts";

export function compileReading(
  { document }: PermittedOperation,
  schema: GraphQLSchema,
): (variables: Readonly<Record<string, unknown>>) => Reading {
  const fragments = fragmentsOf(document);
  const names = conditionNames(document, undefined);
  return (variables) => ({ schema, fragments, conditions: readConditions(names, variables), variables });
}
