// What an answer is over HTTP: status, errors as the caller may see them, and one serialisation.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { jsonType } from "../../http/media-type.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Answer } from "../execute/answer.ts";

export type Response = { readonly status: number; readonly body: string };

export type ResponseWriter = {
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly stringify: (answer: object) => string;
};

/**
 * As Apollo Server answers it: an answer without data has the status of its errors, but `application/json` is 200 to
 * every well-formed request.
 */
export function writeResponse(
  { formatError, stringify }: ResponseWriter,
  { data, errors }: Answer,
  type: string | undefined,
): Response {
  if (!errors) return { status: 200, body: stringify({ data }) };
  const status = errors.map(statusOf).find((given) => given !== undefined) ?? 200;
  const body = stringify({ errors: errors.map((error) => formatError(format(error), error)), data });
  return { status: status === 400 && type === jsonType ? 200 : status, body };
}

/** A fault that is the whole answer, with its HTTP status. */
export function asWholeAnswer(failure: unknown): GraphQLError {
  if (failure instanceof Fault)
    return new GraphQLError(failure.message, {
      originalError: failure,
      extensions: { ...failure.extensions, http: { status: failure.status } },
    });
  const cause = failure instanceof Error ? failure : new Error(String(failure));
  return new GraphQLError(cause.message, { originalError: cause, extensions: { http: { status: 500 } } });
}

function statusOf({ extensions }: GraphQLError): number | undefined {
  return (extensions.http as { readonly status?: number } | undefined)?.status;
}

function format(error: GraphQLError): GraphQLFormattedError {
  const { http, ...extensions } = error.extensions;
  return {
    ...error.toJSON(),
    extensions: { ...extensions, code: extensions.code ?? "INTERNAL_SERVER_ERROR" },
  };
}
