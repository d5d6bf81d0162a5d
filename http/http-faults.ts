// What can be wrong with an HTTP request before there is a question in it.
import { faultTable } from "../schema/product/fault.ts";

export const http = faultTable({
  REQUEST_MALFORMED: {
    status: 400,
    audience: "caller",
    text: ({ problem }: { problem: string }) => `The request cannot be read: ${problem}.`,
    remedy: "Send a JSON object with `query` and, if need be, `variables` and `operationName`.",
  },
  BODY_MAX: {
    status: 413,
    audience: "caller",
    text: ({ bodyBytesMax }: { bodyBytesMax: number }) =>
      `The request's body is larger than ${bodyBytesMax} bytes.`,
    remedy: "Send less, or raise `bodyBytesMax`.",
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    audience: "caller",
    text: ({ contentType }: { contentType: string }) => `A body of the type ${contentType} is not read here.`,
    remedy: "Send `content-type: application/json`.",
  },
  CONTENT_ENCODING_UNSUPPORTED: {
    status: 415,
    audience: "caller",
    text: ({ contentEncoding }: { contentEncoding: string }) =>
      `A body in the encoding ${contentEncoding} is not read here.`,
    remedy: "Send the body as it is, without `content-encoding`.",
  },
  ANSWER_MAX: {
    status: 413,
    audience: "caller",
    text: ({ answerBytesMax }: { answerBytesMax: number }) =>
      `The answer is larger than ${answerBytesMax} bytes.`,
    remedy: "Ask for fewer rows or fields, page by page with `limit`, or raise `answerBytesMax`.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    audience: "caller",
    text: ({ method, allowed }: { method: string; allowed: string }) =>
      `${method} is not answered here, only ${allowed}.`,
    remedy: "Use one of those methods.",
  },
  NOT_ACCEPTABLE: {
    status: 406,
    audience: "caller",
    text: ({ accept }: { accept: string }) => `Nothing in \`accept: ${accept}\` can be answered.`,
    remedy: "Accept application/graphql-response+json or application/json.",
  },
  HOST_UNKNOWN: {
    status: 421,
    audience: "caller",
    text: ({ host }: { host: string }) => `This is not ${host}.`,
    remedy: "Ask by address or `localhost`, or add the name to `admin.hosts`.",
  },
  CROSS_SITE: {
    status: 403,
    audience: "caller",
    text: ({ from }: { from: string }) => `Refused: a browser may have sent this for another site (${from}).`,
    remedy: "Send `content-type: application/json` or a non-empty `apollo-require-preflight` header.",
  },
  NO_SUCH_ROUTE: {
    status: 404,
    audience: "caller",
    text: ({ method, path }: { method: string; path: string }) => `There is no ${method} ${path} here.`,
    remedy: "GraphQL is answered at /graphql.",
  },
  OPERATION_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ problem }: { problem: string }) => `${problem}.`,
    remedy: "Name one of the document's operations in `operationName`.",
  },
  INTERNAL: {
    status: 500,
    audience: "operator",
    text: ({ problem }: { problem: string }) => `Something failed that should not: ${problem}.`,
    remedy: "See the log.",
  },
});
