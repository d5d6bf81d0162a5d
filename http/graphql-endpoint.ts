// `/graphql` over POST and GET by the GraphQL-over-HTTP specification, for an Apollo Server.
import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, RouteHandlerMethod } from "fastify";
import { GraphQLError } from "graphql";
import { mayBeCrossSite } from "./cross-site.ts";
import { formatErrorWith, type ReportFailure } from "./error-answer.ts";
import { http } from "./http-faults.ts";
import { jsonType, negotiate } from "./media-type.ts";

const methods = ["GET", "POST"];

/** Nothing is sent to anybody, whatever stands in the environment. */
function silencing() {
  return [
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginCacheControlDisabled(),
  ];
}

/** What every Apollo Server of ours is told. Forgery is prevented by `mayBeCrossSite`, pages are served elsewhere. */
export function apolloOptions<Context extends BaseContext>(report: ReportFailure) {
  return {
    introspection: true,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    formatError: formatErrorWith(report),
    plugins: [...silencing(), graphqlOverHttp],
  } satisfies Partial<ApolloServerOptions<Context>>;
}

/** Mounts what answers GraphQL at the path: `fastifyApolloHandler` of a started server, or what stands before one. */
export async function mountGraphql(
  app: FastifyInstance,
  handler: RouteHandlerMethod,
  path = "/graphql",
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeContentTypeParser("text/plain"); // only JSON is read; all else is 415
    scope.addHook("onRequest", (request, reply, done) => {
      admit(request, reply);
      done();
    });
    scope.route({ method: app.supportedMethods as HTTPMethods[], url: path, handler });
  });
}

/** Refuses what must not run, and settles the media type once for all who answer. */
function admit(request: FastifyRequest, reply: FastifyReply): void {
  reply.header("vary", "accept, origin, sec-fetch-site").header("x-content-type-options", "nosniff");
  const { method, headers } = request;
  if (!methods.includes(method)) {
    const allowed = methods.join(", ");
    reply.header("allow", allowed);
    throw http.METHOD_NOT_ALLOWED({ method, allowed });
  }
  if (mayBeCrossSite(headers, request.host))
    throw http.CROSS_SITE({ from: String(headers["sec-fetch-site"] ?? headers.origin ?? "unknown") });
  const type = negotiate(headers.accept);
  if (!type) throw http.NOT_ACCEPTABLE({ accept: headers.accept ?? "" });
  headers.accept = type;
}

/** Answers of `application/json` are 200 to every well-formed request (`source` is set once it is known to be one). */
const settlingStatus = {
  didResolveOperation: async ({
    operation,
    request,
  }: {
    operation?: unknown;
    request: { operationName?: string };
  }) => {
    if (operation) return;
    const problem = request.operationName
      ? `There is no operation ${JSON.stringify(request.operationName)}`
      : "There are several operations and none is named";
    const fault = http.OPERATION_UNKNOWN({ problem });
    throw new GraphQLError(fault.message, { extensions: { ...fault.extensions, http: { status: 400 } } });
  },
  willSendResponse: async ({
    request,
    response,
    source,
  }: {
    request: { http?: { headers: { get(name: string): string | undefined } } };
    response: { http: { status?: number } };
    source?: string;
  }) => {
    if (source === undefined || response.http.status !== 400) return;
    if (request.http?.headers.get("accept") === jsonType) response.http.status = 200;
  },
};

/** The name of an operation may be empty, which is none. */
const graphqlOverHttp = {
  requestDidStart: async ({ request }: { request: { operationName?: string } }) => {
    if (request.operationName === "") delete request.operationName;
    return settlingStatus;
  },
};
