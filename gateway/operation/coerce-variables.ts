// Coerces the variables of an operation to the types that it gives them, at a cost that their limits bound.
import { GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from "graphql";
import { checkVariables } from "./check-variables.ts";
import type { VariableLimits } from "./operation-limits.ts";

export type Coerced =
  | { readonly coerced: Readonly<Record<string, unknown>>; readonly errors?: never }
  | { readonly coerced?: never; readonly errors: readonly GraphQLError[] };

/** Most errors that are told of variables: of short ones, and of long ones. */
const errorsMax = 50;
const errorsOfLongMax = 1;
/** Variables are long where their values and characters are more than this. */
const shortMax = 10_000;
const messageCharactersMax = 2_000;

/**
 * graphql-js quotes the whole variable in every error: 50 unknown fields in an object of 4 MB come to 200 MB of text and
 * 20 seconds. Of long variables it tells the first error alone, then says that there are more.
 * @throws operating.VARIABLE_NESTING_MAX, VARIABLE_VALUES_MAX
 */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  limits: VariableLimits,
): Coerced {
  const { values, characters } = checkVariables(given, limits);
  const maxErrors = values + characters > shortMax ? errorsOfLongMax : errorsMax;
  const result = getVariableValues(schema, variableDefinitions, given, { maxErrors });
  return result.errors ? { errors: result.errors.map(shortened) } : { coerced: result.coerced };
}

/** The error with long values in it left out but for their ends, and a word on how much that was. */
function shortened(error: GraphQLError): GraphQLError {
  const { message } = error;
  if (message.length <= messageCharactersMax) return error;
  // What graphql-js writes is `Variable "$v" got invalid value … at "v.path"; what is wrong with it: …`.
  const reasonAt = message.lastIndexOf("; ") + 1;
  const text = ends(message.slice(0, reasonAt)) + ends(message.slice(reasonAt));
  return new GraphQLError(text, {
    nodes: error.nodes ?? null,
    originalError: error.originalError ?? null,
    extensions: error.extensions,
  });
}

function ends(text: string): string {
  const kept = messageCharactersMax / 4;
  if (text.length <= 2 * kept) return text;
  return `${text.slice(0, kept)}… (${text.length - 2 * kept} characters) …${text.slice(-kept)}`;
}
