// The answer: data and errors, as GraphQL shapes them.
import type { GraphQLError } from "graphql";

/** The data of a question that was not answered. */
export const nullData = Buffer.from("null");

export type Answer = {
  /** The whole of it as JSON, of which `data` is a part: where there are no errors. */
  readonly text?: Buffer;
  /** As JSON, written once; left out where the question could not be begun. */
  readonly data?: Buffer;
  readonly errors?: readonly GraphQLError[];
  /** Left out unless the request asked for some. */
  readonly extensions?: Readonly<Record<string, unknown>>;
};

/** The data as objects, for whoever goes on working with it. */
export function readData({ data }: Answer): Record<string, unknown> | null | undefined {
  return data && JSON.parse(data.toString());
}
