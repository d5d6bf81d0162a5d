// A Fastify server whose every answer, errors included, is typed; and its listening and stopping.
import { STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { Fault } from "../schema/product/fault.ts";
import { compressAnswers } from "./compress.ts";
import { asFault, errorBody, type ReportFailure } from "./error-answer.ts";
import { http } from "./http-faults.ts";
import { jsonType, negotiate } from "./media-type.ts";

export type HttpOptions = {
  readonly bodyBytesMax: number;
  /** Time a client may take to send its request, and between parts of the answer that it takes, in milliseconds. Default 60,000. */
  readonly clientTimeoutMs?: number;
};

/** Milliseconds between looks at connections whose request takes too long to arrive; Node's own. */
const looksEveryMs = 30_000;

/** A server without routes: unknown ones are answered 404, and every failure as GraphQL-shaped JSON. */
export function httpApp(
  { bodyBytesMax, clientTimeoutMs = 60_000 }: HttpOptions,
  report: ReportFailure,
): FastifyInstance {
  const answerFailure = (failure: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const fault = httpFault(failure, request, bodyBytesMax);
    if (fault.audience === "operator") report(fault, failure);
    reply
      .code(fault.status)
      .removeHeader("etag")
      .header("cache-control", "no-store")
      .type(`${negotiate(request.headers.accept) ?? jsonType}; charset=utf-8`)
      .send(errorBody(fault));
  };
  const app = Fastify({
    bodyLimit: bodyBytesMax,
    requestTimeout: clientTimeoutMs,
    http: {
      requestTimeout: clientTimeoutMs,
      headersTimeout: clientTimeoutMs, // a longer one would be in the other's place
      connectionsCheckingInterval: Math.min(clientTimeoutMs, looksEveryMs),
    },
    forceCloseConnections: "idle",
    return503OnClosing: false, // what has reached us is answered, and by us
    frameworkErrors: answerFailure,
    clientErrorHandler: answerUnparsed,
  });
  app.setErrorHandler(answerFailure);
  closeAfterLastAnswer(app);
  giveUpAnswers(app, clientTimeoutMs);
  refuseEncodedBodies(app);
  compressAnswers(app);
  app.setNotFoundHandler((request) => {
    throw http.NO_SUCH_ROUTE({ method: request.method, path: request.url.split("?")[0] ?? "/" });
  });
  return app;
}

/** While stopping, answers end their connections: else stopping would wait for those that clients keep. */
function closeAfterLastAnswer(app: FastifyInstance): void {
  let stopping = false;
  app.addHook("preClose", async () => {
    stopping = true;
  });
  app.addHook("onSend", (_, reply, payload, done) => {
    if (stopping) reply.header("connection", "close");
    done(null, payload);
  });
}

/** An answer that its client does not take is not kept for it. */
function giveUpAnswers(app: FastifyInstance, clientTimeoutMs: number): void {
  app.addHook("onSend", (_, { raw }, payload, done) => {
    // Until the answer was sent: then Node sets that of a connection that is kept. What tests inject has none.
    if (raw.socket instanceof Socket) raw.socket.setTimeout(clientTimeoutMs);
    done(null, payload);
  });
}

/** Bodies are read as they are: their limit is one of bytes as sent. */
function refuseEncodedBodies(app: FastifyInstance): void {
  app.addHook("onRequest", ({ headers }, reply, done) => {
    const contentEncoding = headers["content-encoding"]?.trim().toLowerCase();
    if (!contentEncoding || contentEncoding === "identity") return done();
    reply.header("accept-encoding", "identity"); // RFC 9110, 15.5.16
    done(http.CONTENT_ENCODING_UNSUPPORTED({ contentEncoding }));
  });
}

function httpFault(failure: FastifyError, request: FastifyRequest, bodyBytesMax: number): Fault {
  if (failure instanceof Fault) return failure;
  if (failure.statusCode === 413) return http.BODY_MAX({ bodyBytesMax }, failure);
  if (failure.statusCode === 415)
    return http.MEDIA_TYPE_UNSUPPORTED(
      { contentType: request.headers["content-type"] ?? "(none given)" },
      failure,
    );
  // A Host header or a target that is no URL reaches us as Node's own error.
  if (failure.code === "ERR_INVALID_URL") return http.REQUEST_MALFORMED({ problem: "its URL is not one" });
  if (failure.statusCode && failure.statusCode < 500)
    return http.REQUEST_MALFORMED({ problem: failure.message.replace(/\.$/, "") }, failure);
  return asFault(failure);
}

/** Time to read why, before the connection goes, whether or not the client ends its side of it. */
const lingerMs = 1_000;

/** Requests that Node's parser itself refuses get no Fastify reply. */
function answerUnparsed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ""] ?? 400;
  const reason = STATUS_CODES[status] ?? "";
  const body = JSON.stringify(errorBody(http.REQUEST_MALFORMED({ problem: reason })));
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\ncontent-type: ${jsonType}; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  setTimeout(() => socket.destroy(), lingerMs).unref();
}
