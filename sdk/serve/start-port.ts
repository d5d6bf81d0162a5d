// A product's server: Apollo Server with the federation subgraph on Fastify.
import { setMaxListeners } from "node:events";
import { performance } from "node:perf_hooks";
import { ApolloServer, type ApolloServerOptionsWithGateway } from "@apollo/server";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyReply } from "fastify";
import { execute, GraphQLError, parse } from "graphql";
import { httpApp } from "../../http/app.ts";
import { requestSignal } from "../../http/deadline.ts";
import { apolloOptions, mountGraphql } from "../../http/graphql-endpoint.ts";
import { type Listening, listen } from "../../http/listen.ts";
import { writeAnswerWithin } from "../../http/write-answer.ts";
import { toAbortSignal } from "../../schema/product/ending.ts";
import type { Fault } from "../../schema/product/fault.ts";
import { announceChanges, type ChangesOptions } from "../changes/announce-changes.ts";
import type { ChangesEvent } from "../changes/change-source.ts";
import type { Product } from "../product.ts";
import { productSdl } from "../sdl/product-sdl.ts";
import type { Engine, OpenEngine } from "../sql/engine.ts";
import { port as portFaults } from "../sql/port-faults.ts";
import { type PortContext, portContext } from "./port-context.ts";
import { portResolvers } from "./resolvers.ts";
import { addRowFields } from "./row-fields.ts";

export type PortEvent =
  | {
      readonly kind: "statement.ran";
      readonly at: string;
      readonly sql: string;
      readonly rows: number;
      readonly tookMs: number;
    }
  | { readonly kind: "request.failed"; readonly fault: Fault; readonly cause: unknown }
  | ChangesEvent;

export type PortOptions = {
  /** Where the product's tables are, if not where its definition says. */
  readonly engine?: OpenEngine;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Time for one request's statements, in milliseconds. Default 10,000. */
  readonly statementTimeoutMs?: number;
  /** Time a client may take to send its request, and between parts of the answer that it takes, in milliseconds. Default 60,000. */
  readonly clientTimeoutMs?: number;
  /** A larger request is refused: BODY_MAX. Compressed ones are not read. Default 16 MiB. */
  readonly bodyBytesMax?: number;
  /** A larger answer is an error in its place: ANSWER_MAX. Counted before compression. Default 64 MiB. */
  readonly answerBytesMax?: number;
  /** Default 5,000. */
  readonly drainMs?: number;
  /** Gateways are told of changes of the product's tables in PostgreSQL while the port serves. */
  readonly changes?: ChangesOptions;
  readonly observe?: (event: PortEvent) => void;
};

/** Loads the product's tables, then listens: `/graphql`, `/healthz`, `/readyz`. Disposing stops it gracefully. */
export async function startPort(product: Product, options: PortOptions = {}): Promise<Listening> {
  const { host = "127.0.0.1", port = 0, statementTimeoutMs = 10_000, drainMs = 5_000, observe } = options;
  const engine = await (options.engine ?? product.openEngine)(product);
  const announced = await announce(product, engine, options);
  const report = (fault: Fault, cause: unknown) => observe?.({ kind: "request.failed", fault, cause });
  const app = httpApp({ ...options, bodyBytesMax: options.bodyBytesMax ?? 16 * 1024 * 1024 }, report);
  app.get("/healthz", async () => ({ healthy: true }));
  app.get("/readyz", async () => ({ ready: true, product: product.id, version: product.version }));

  const apollo = new ApolloServer<PortContext>({
    ...apolloOptions<PortContext>(report),
    gateway: executing(product, engine),
    stringifyResult: writeAnswerWithin(options.answerBytesMax ?? 64 * 1024 * 1024),
  });
  await apollo.start();
  const context = async (_: unknown, reply: FastifyReply) => {
    const ending = requestSignal(reply, statementTimeoutMs);
    // A field may fail the whole answer: what the others still ask then is of no use, and has no more time.
    reply.raw.once("close", () => ending.abort(new Error("it was answered")));
    const signal = toAbortSignal(ending);
    setMaxListeners(0, signal); // all statements of a request that wait listen to it
    return portContext((statement) => observed(engine, statement, signal, observe));
  };
  await mountGraphql(app, fastifyApolloHandler(apollo, { context }));
  const release = async () => {
    await announced?.[Symbol.asyncDispose]();
    await apollo.stop();
    await engine[Symbol.asyncDispose]();
  };
  try {
    return await listen(app, { host, port, drainMs }, release);
  } catch (failure) {
    await release();
    throw failure;
  }
}

/** The port's change feed, where it has one. Where it cannot be begun, the port does not start. */
async function announce(
  product: Product,
  engine: Engine,
  { changes, observe }: PortOptions,
): Promise<AsyncDisposable | undefined> {
  if (!changes) return undefined;
  try {
    return await announceChanges(product, changes, (event) => observe?.(event));
  } catch (failure) {
    await engine[Symbol.asyncDispose]();
    throw failure;
  }
}

/** What Apollo Server asks where it does not execute itself: a schema, and the answer to a validated operation. */
function executing(product: Product, engine: Engine): ApolloServerOptionsWithGateway<PortContext>["gateway"] {
  const schema = portSchema(product, engine);
  const { rewrite } = addRowFields(schema, product);
  return {
    onSchemaLoadOrUpdate: (announce) => {
      announce({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    load: async () => ({
      executor: async ({ document, operation: { operation }, request, context }) => {
        if (!schema.getRootType(operation)) return { errors: [refused(operation)] };
        return execute({
          schema,
          document: rewrite(document),
          contextValue: context,
          variableValues: request.variables,
          operationName: request.operationName,
        }) as never;
      },
    }),
    stop: async () => {},
  };
}

function refused(operation: string): GraphQLError {
  const fault = portFaults.OPERATION_NOT_OFFERED({ operation });
  return new GraphQLError(fault.message, {
    extensions: { ...fault.extensions, http: { status: fault.status } },
  });
}

/** The executable schema of a product on an open engine. */
export function portSchema(product: Product, engine: Engine) {
  return buildSubgraphSchema({
    typeDefs: parse(productSdl(product)),
    resolvers: portResolvers({ product, dialect: engine.dialect }) as never,
  });
}

async function observed(
  engine: Engine,
  statement: Parameters<Engine["run"]>[0],
  signal: AbortSignal,
  observe: PortOptions["observe"],
) {
  const startedMs = performance.now();
  const rows = await engine.run(statement, { signal });
  const { at, sql } = statement;
  observe?.({ kind: "statement.ran", at, sql, rows: rows.length, tookMs: performance.now() - startedMs });
  return rows;
}
