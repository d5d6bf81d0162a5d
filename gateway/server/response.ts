// What an answer is over HTTP: status, errors as the caller may see them, and its one text.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { errorBody } from "../../http/error-answer.ts";
import { http } from "../../http/http-faults.ts";
import { jsonType } from "../../http/media-type.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Answer } from "../execute/answer.ts";

export type Response = { readonly status: number; readonly body: Buffer };

export type ResponseOptions = {
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly answerBytesMax: number;
};

/**
 * As Apollo Server answers it: an answer without data has the status of its errors, but `application/json` is 200 to
 * every well-formed request.
 */
export function writeResponse(
  { formatError, answerBytesMax }: ResponseOptions,
  { text, data, errors, extensions }: Answer,
  type: string | undefined,
): Response {
  const tail = extensions ? `,"extensions":${JSON.stringify(extensions)}}` : "}";
  const body = errors
    ? around(
        `{"errors":${JSON.stringify(errors.map((error) => formatError(format(error), error)))}`,
        ",",
        data,
        tail,
      )
    : ((extensions ? undefined : text) ?? around("{", "", data, tail));
  if (body.length > answerBytesMax)
    return {
      status: 200,
      body: Buffer.from(JSON.stringify({ ...errorBody(http.ANSWER_MAX({ answerBytesMax })), data: null })),
    };
  const status = errors?.map(statusOf).find((given) => given !== undefined) ?? 200;
  return { status: status === 400 && type === jsonType ? 200 : status, body };
}

/** Of the body of an answer that has data, and neither errors nor extensions. */
export function wholeBytes({ text, data }: Answer): number {
  return text?.length ?? '{"data":}'.length + (data?.length ?? 0);
}

function around(head: string, separator: string, data: Buffer | undefined, tail: string): Buffer {
  if (!data) return Buffer.from(`${head}${tail}`);
  return Buffer.concat([Buffer.from(`${head}${separator}"data":`), data, Buffer.from(tail)]);
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
  const { http: _, ...extensions } = error.extensions;
  return {
    ...error.toJSON(),
    extensions: { ...extensions, code: extensions.code ?? "INTERNAL_SERVER_ERROR" },
  };
}
