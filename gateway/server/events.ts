// `POST /events`: change events of the products. `POST /events/invalidate`: what an operator wants forgotten.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Invalidation } from "../../cache/invalidation/invalidation.ts";
import { Fault } from "../../schema/product/fault.ts";
import type { Config } from "../config.ts";
import { taking } from "./event-faults.ts";
import { knowSender } from "./know-sender.ts";
import { isBinaryMode, readEvents } from "./read-events.ts";
import { type Invalidated, readInvalidation } from "./read-invalidation.ts";

/** What is reported of events that come by HTTP. */
export type EventsEvent =
  /** Applied and acknowledged. */
  | { readonly kind: "events.taken"; readonly count: number }
  /** Applied all the same: it can do no harm, and the product may be on its way. */
  | { readonly kind: "events.unknown-product"; readonly product: string }
  /** `reason`: the code of a fault, or of Fastify's error. */
  | { readonly kind: "events.refused"; readonly reason: string; readonly path: string };

export type EventsParts = {
  readonly invalidation: Invalidation;
  /** Whether the mesh has a product of this id. */
  readonly knows: (product: string) => boolean;
  readonly observe: (event: EventsEvent) => void;
  /** Milliseconds since 1970: signatures bear their time. */
  readonly now: () => number;
};

/**
 * Answers 204 once all that the request says is applied; 503 with `Retry-After` where it could not be. What was applied
 * of a batch by then is applied again when it is sent again: that harms nothing, and neither does a replay. No other site's page
 * can make a browser send any of these requests: each media type and the `ce-` headers take a preflight, which is not granted.
 */
export async function mountEvents(
  app: FastifyInstance,
  { invalidation, knows, observe, now }: EventsParts,
  options: Config["events"],
): Promise<void> {
  const sender = knowSender({ now }, options);
  const signed = new WeakSet<FastifyRequest>();

  const challenging = (reply: FastifyReply, check: () => void) => {
    try {
      check();
    } catch (failure) {
      if (failure instanceof Fault && failure.status === 401) reply.header("www-authenticate", "Bearer");
      throw failure;
    }
  };
  const applied = async (reply: FastifyReply, apply: () => Promise<void>) => {
    try {
      await apply();
    } catch (failure) {
      if (failure instanceof Fault && failure.status === 503)
        reply.header("retry-after", retryAfterSeconds(failure));
      throw failure;
    }
    return reply.code(204).header("cache-control", "no-store").send();
  };

  await app.register(async (scope) => {
    // Signatures are made over bytes, so that bodies come as bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));

    scope.addHook("onRequest", async (request, reply) =>
      challenging(reply, () => {
        const proof = sender.byHeaders(request.headers, request.socket.remoteAddress);
        if (proof === "signed") signed.add(request);
      }),
    );
    scope.addHook("preHandler", async (request, reply) => {
      if (!signed.has(request)) return;
      challenging(reply, () => sender.bySignature(request.headers, bytesOf(request.body)));
    });
    scope.addHook("onError", async (request, _, failure) => {
      observe({ kind: "events.refused", reason: failure.code, path: request.routeOptions.url ?? "" });
    });

    scope.post("/events", async (request, reply) => {
      const { headers, body } = request;
      if (signed.has(request) && isBinaryMode(headers)) throw taking.EVENTS_ATTRIBUTES_UNSIGNED({});
      const events = readEvents(headers, bytesOf(body), options);
      return applied(reply, async () => {
        for (const event of events) {
          await invalidation.event(event);
          if (!knows(event.source)) observe({ kind: "events.unknown-product", product: event.source });
        }
        observe({ kind: "events.taken", count: events.length });
      });
    });
    scope.post("/events/invalidate", async ({ body }, reply) => {
      const wanted = readInvalidation(bytesOf(body), options);
      return applied(reply, () => invalidate(invalidation, wanted));
    });
  });
}

function invalidate(invalidation: Invalidation, wanted: Invalidated): Promise<void> {
  switch (wanted.kind) {
    case "all":
      return invalidation.all();
    case "product":
      return invalidation.product(wanted.product);
    case "keys":
      return invalidation.keys(wanted.product, wanted.entity, wanted.keys);
  }
}

/** Undefined = the request has no body. */
function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function retryAfterSeconds({ extensions: { againInMs } }: Fault): number {
  return typeof againInMs === "number" ? Math.max(1, Math.ceil(againInMs / 1000)) : 1;
}
