// What stands behind an error that was wrapped on its way.
import { GraphQLError } from "graphql";

/** What stands behind a GraphQL error, however often it was wrapped; itself, where nothing does. */
export function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootCause(error.originalError) : error;
}
