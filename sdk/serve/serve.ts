// `serve`: a product as a process of its own, with a log, until it is asked to end.
import { askedToEnd } from "../../http/listen.ts";
import { openLog } from "../../http/log.ts";
import type { Product } from "../product.ts";
import { type PortOptions, startPort } from "./start-port.ts";

/** Serves until SIGTERM or SIGINT, then ends gracefully. Resolves when it has stopped. */
export async function serve(product: Product, options: Omit<PortOptions, "observe"> = {}): Promise<void> {
  const log = openLog(product.id);
  log.info("loading data");
  const loading = performance.now();
  const port = await startPort(product, {
    ...options,
    observe: (event) => {
      switch (event.kind) {
        case "statement.ran":
          log.debug(event);
          return;
        case "request.failed":
          log.error({ err: event.cause, code: event.fault.code }, event.fault.message);
          return;
      }
    },
  });
  log.info(`data loaded in ${((performance.now() - loading) / 1_000).toFixed(1)} s`);
  log.info(`listening at ${port.url}/graphql`);
  log.info(`ending: ${await askedToEnd()}`);
  await port[Symbol.asyncDispose]();
}
