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
  let unanswered = 0;
  return ({ at }, signal, run) =>
    new Promise((resolve, reject) => {
      const stop = () => reject(port.STATEMENT_STOPPED({ at }, signal.reason));
      if (signal.aborted) return stop();
      if (unanswered >= connectionsMax + queueMax) return reject(port.QUEUE_MAX({ at, queueMax }));
      unanswered += 1;
      const leave = () => {
        unanswered -= 1;
      };
      const stopWaiting = () => {
        leave();
        stop();
      };
      signal.addEventListener("abort", stopWaiting, { once: true });
      void limit(async () => {
        if (signal.aborted) return;
        signal.removeEventListener("abort", stopWaiting);
        await run().then(resolve, reject).finally(leave);
      });
    });
}
