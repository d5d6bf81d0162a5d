// The variables of a request, coerced by whoever needs them first.
import { GraphQLError, type OperationDefinitionNode } from "graphql";
import { type Coerced, coerceVariables } from "../operation/coerce-variables.ts";
import type { Running } from "./operator.ts";
import type { Runtime } from "./runtime.ts";

/**
 * With `coerced` in `running` nothing is done. Errors are the caller's.
 * @throws operating.VARIABLE_NESTING_MAX, VARIABLE_VALUES_MAX
 */
export function coerceOnce(
  { variables, coerced: known }: Running,
  definition: OperationDefinitionNode,
  { schema, limits }: Pick<Runtime, "schema" | "limits">,
): Coerced {
  if (known) return { coerced: known };
  const { coerced, errors } = coerceVariables(schema, definition, variables, limits);
  return errors ? { errors: errors.map(asBadInput) } : { coerced };
}

function asBadInput({ message, nodes, originalError }: GraphQLError): GraphQLError {
  const extensions = { code: "BAD_USER_INPUT", http: { status: 400 } };
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}
