// What can go wrong between the gateway and a subgraph. Addresses stay in the log.
import { faultTable } from "../../schema/product/fault.ts";

type Subgraph = { readonly subgraph: string };

export const fetching = faultTable({
  SUBGRAPH_UNREACHABLE: {
    status: 503,
    audience: "caller",
    text: ({ subgraph }: Subgraph) => `Subgraph ${subgraph} cannot be reached.`,
    remedy: "Its fields are null until it is back; ask again later.",
  },
  SUBGRAPH_TIMEOUT: {
    status: 504,
    audience: "caller",
    text: ({ subgraph, waitedMs }: Subgraph & { waitedMs: number }) =>
      `Subgraph ${subgraph} gave no answer within ${waitedMs} ms.`,
    remedy: "Narrow the question, or raise `fetch.headersTimeoutMs` or `fetch.answerTimeoutMs`.",
  },
  OPERATION_TIMEOUT: {
    status: 504,
    audience: "caller",
    text: ({ subgraph, waitedMs }: Subgraph & { waitedMs: number }) =>
      `The operation's time was up after ${waitedMs} ms of waiting for subgraph ${subgraph}.`,
    remedy: "Narrow the question, or raise `server.deadlineMs`.",
  },
  CALLER_GONE: {
    status: 499,
    audience: "caller",
    text: ({ subgraph, waitedMs }: Subgraph & { waitedMs: number }) =>
      `The caller went away after ${waitedMs} ms of waiting for subgraph ${subgraph}.`,
    remedy: "Nothing is to be done: nobody is there to read this.",
  },
  SUBGRAPH_SUSPENDED: {
    status: 503,
    audience: "caller",
    text: ({ subgraph, againInMs }: Subgraph & { againInMs: number }) =>
      `Subgraph ${subgraph} failed too often and is not asked for another ${againInMs} ms.`,
    remedy: "Its fields are null until it is back; ask again later.",
  },
  SUBGRAPH_BUSY: {
    status: 503,
    audience: "caller",
    text: ({ subgraph, requestsMax, queueMax }: Subgraph & { requestsMax: number; queueMax: number }) =>
      `Subgraph ${subgraph} has ${requestsMax} requests in flight and ${queueMax} waiting.`,
    remedy: "Ask again later, or raise `fetch.requestsMax` or `fetch.queueMax`.",
  },
  SUBGRAPH_ANSWER_MAX: {
    status: 502,
    audience: "caller",
    text: ({ subgraph, answerBytesMax }: Subgraph & { answerBytesMax: number }) =>
      `Subgraph ${subgraph} answered with more than ${answerBytesMax} bytes.`,
    remedy: "Ask for fewer rows or fields, or raise `fetch.answerBytesMax`.",
  },
  SUBGRAPH_ANSWER_INVALID: {
    status: 502,
    audience: "caller",
    text: ({ subgraph, status, problem }: Subgraph & { status: number; problem: string }) =>
      `Subgraph ${subgraph} answered with status ${status} and ${problem}.`,
    remedy: "Tell the subgraph's owner.",
  },
  OPERATION_REQUESTS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ requestsMax }: { requestsMax: number }) =>
      `The question needs more than ${requestsMax} requests to subgraphs.`,
    remedy: "Narrow `where`, or raise `operation.requestsMax`.",
  },
  OPERATION_BYTES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ receivedBytesMax }: { receivedBytesMax: number }) =>
      `The question brings more than ${receivedBytesMax} bytes from subgraphs.`,
    remedy: "Narrow `where`, select less, or raise `operation.receivedBytesMax`.",
  },
});
