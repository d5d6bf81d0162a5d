// Statements wait for a connection: so many run side by side, so many wait, one more is refused.
import pLimit from "p-limit";
import type { Statement } from "./engine.ts";
import { port } from "./port-faults.ts";

export type QueueOptions = {
  /** Statements that run side by side. Default 4. */
  readonly connectionsMax?: number;
  /** Statements that wait for a connection; one more is refused. Default 1,000. */
  readonly queueMax?: number;
};

export type StatementQueue = <T>(
  statement: Statement,
  signal: AbortSignal,
  run: () => Promise<T>,
) => Promise<T>;

/**
 * Runs each statement in its turn. One whose signal aborts while it waits is answered at once and never run.
 * @throws port.QUEUE_MAX, port.STATEMENT_STOPPED from the queue
 */
export function statementQueue({ connectionsMax = 4, queueMax = 1_000 }: QueueOptions): StatementQueue {
  const limit = pLimit(connectionsMax);
  return ({ at }, signal, run) =>
    new Promise((resolve, reject) => {
      const stop = () => reject(port.STATEMENT_STOPPED({ at }, signal.reason));
      if (limit.pendingCount >= queueMax) reject(port.QUEUE_MAX({ at, queueMax }));
      else if (signal.aborted) stop();
      else {
        signal.addEventListener("abort", stop, { once: true });
        void limit(async () => {
          signal.removeEventListener("abort", stop);
          if (!signal.aborted) await run().then(resolve, reject);
        });
      }
    });
}
