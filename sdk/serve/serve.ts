// `serve`: a product as a process of its own, with a log, until it is asked to end.
import { askedToEnd } from "../../http/listen.ts";
import { openLog } from "../../http/log.ts";
import { type ChangesOptions, readGateways } from "../changes/announce-changes.ts";
import type { Product } from "../product.ts";
import { type PortOptions, startPort } from "./start-port.ts";

export type ServeOptions = Omit<PortOptions, "observe" | "changes"> & {
  /** As a port's; gateways and secret left out = as WEFT_GATEWAYS (addresses, commas between them) and WEFT_EVENTS_SECRET say. */
  readonly changes?: Omit<ChangesOptions, "gateways"> & Partial<Pick<ChangesOptions, "gateways">>;
};

/** Serves until SIGTERM or SIGINT, then ends gracefully. Resolves when it has stopped. */
export async function serve(product: Product, options: ServeOptions = {}): Promise<void> {
  const log = openLog(product.id);
  log.info("loading data");
  const loading = performance.now();
  const { changes, ...others } = options;
  const port = await startPort(product, {
    ...others,
    ...(changes ? { changes: { ...readGateways(process.env), ...changes } } : {}),
    observe: (event) => {
      switch (event.kind) {
        case "statement.ran":
          log.debug(event);
          return;
        case "request.failed":
          log.error({ err: event.cause, code: event.fault.code }, event.fault.message);
          return;
        case "changes.leading":
        case "changes.delivered":
          log.debug(event);
          return;
        case "changes.delayed":
        case "changes.refused":
        case "changes.source_lost": {
          const { kind, consumer, againInMs, fault } = event;
          log.warn({ kind, consumer, againInMs, code: fault.code }, fault.message);
          return;
        }
      }
    },
  });
  log.info(`data loaded in ${((performance.now() - loading) / 1_000).toFixed(1)} s`);
  log.info(`listening at ${port.url}/graphql`);
  log.info(`ending: ${await askedToEnd()}`);
  await port[Symbol.asyncDispose]();
}
