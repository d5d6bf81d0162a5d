// What the gateway reports, as lines of its log.
import type { Logger } from "pino";
import type { GatewayEvent } from "../gateway/main.ts";

export function logEvent(log: Logger, event: GatewayEvent): void {
  switch (event.kind) {
    case "subgraph.answered":
      log.debug(event);
      return;
    case "subgraph.failed":
      log.warn({ err: event.fault, subgraph: event.subgraph, tookMs: event.tookMs }, event.fault.message);
      return;
    case "subgraph.refused":
    case "subgraph.retried":
      log.debug(event);
      return;
    case "subgraph.suspended":
      log.warn(`subgraph ${event.subgraph} failed too often and is left alone for ${event.forMs} ms`);
      return;
    case "subgraph.resumed":
      log.info(`subgraph ${event.subgraph} is asked again`);
      return;
    case "subgraph.lost":
      log.warn({ subgraph: event.subgraph }, event.fault.message);
      return;
    case "subgraph.found":
      log.info(`subgraph ${event.subgraph} answers`);
      return;
    case "supergraph.taken":
      log.info(
        `serving ${variantOf(event)}a supergraph of ${event.subgraphs.join(", ")}${event.revision ? `, revision ${event.revision}` : ""} (composed in ${event.tookMs} ms)`,
      );
      return;
    case "supergraph.refused":
      for (const problem of event.problems) log.error(`${variantOf(event)}${problem}`);
      return;
    case "registry.lost":
      log.error(`${variantOf(event)}${event.fault.message}`);
      return;
    case "registry.found":
      log.info(`${variantOf(event)}the registry answers`);
      return;
    case "memory.failed":
      log.warn(`a restart will not remember this supergraph: ${event.problem}`);
      return;
    case "operations.unkept":
      log.warn(`a restart will not remember the operations in use: ${event.problem}`);
      return;
    case "use.unkept":
      log.warn(`what is kept of the use or the quality of products: ${event.problem}`);
      return;
    case "cache.answered":
    case "cache.stored":
    case "cache.unstored":
    case "cache.refresh-failed":
    case "cache.entry-rejected":
    case "cache.invalidated":
    case "events.taken":
      log.debug(event);
      return;
    case "cache.store-failed":
      log.debug({ err: event.cause, operation: event.operation, tookMs: event.tookMs }, "Redis failed");
      return;
    case "cache.store-suspended":
      log.warn(`Redis failed ${event.failures} times in a row and is left alone for a while`);
      return;
    case "cache.store-resumed":
      log.info("Redis answers again");
      return;
    case "cache.store-unconnected":
      log.warn({ code: event.fault.code }, event.fault.message);
      return;
    case "cache.failover-unguarded":
      log.warn(
        `the Redis master ${event.master} takes writes that no replica has: a failover may forget invalidations. Set its \`min-replicas-to-write\` to 1`,
      );
      return;
    case "stream.applied":
      log.debug(event);
      return;
    case "stream.begun":
    case "stream.resumed":
      log.info(event, "change events are read from the stream");
      return;
    case "stream.malformed":
    case "stream.lost":
      log.warn(event, "an entry of the stream is no change event, or is lost");
      return;
    case "stream.failed":
      log.warn({ err: event.cause }, "the stream of change events can't be read");
      return;
    case "events.refused":
      log.warn(`a request to ${event.path} was refused: ${event.reason}`);
      return;
    case "events.unknown-product":
      log.warn(`an event came of the product ${event.product}, which is not in the mesh`);
      return;
    case "request.failed":
      log.error({ err: event.cause, code: event.fault.code }, event.fault.message);
      return;
  }
}

function variantOf({ variant }: { readonly variant?: string }): string {
  return variant === undefined ? "" : `${variant}: `;
}
