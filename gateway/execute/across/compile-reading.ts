// What the fields of an operation are read by, once its variables are known.
import { type FragmentDefinitionNode, type GraphQLSchema, Kind } from "graphql";
import type { Reading } from "../../plan/read-asked.ts";
import type { PermittedOperation } from "../../policy/permit.ts";
import { conditionNames, readConditions } from "../federated/conditions.ts";

export function compileReading(
  { document }: PermittedOperation,
  schema: GraphQLSchema,
): (variables: Readonly<Record<string, unknown>>) => Reading {
  const fragments: Readonly<Record<string, FragmentDefinitionNode>> = Object.fromEntries(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const names = conditionNames(document, undefined);
  return (variables) => ({ schema, fragments, conditions: readConditions(names, variables), variables });
}
