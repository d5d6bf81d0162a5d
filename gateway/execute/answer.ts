// The answer: data and errors, as GraphQL shapes them.
import type { GraphQLError } from "graphql";

export type Answer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
};
