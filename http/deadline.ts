// The one place that makes signals: a request's ends when its time is up or its caller has gone.
import { setMaxListeners } from "node:events";
import type { FastifyReply } from "fastify";

/** Aborts with a TimeoutError after `timeoutMs`, with another reason when the connection closes before the answer was sent. */
export function requestSignal({ raw }: FastifyReply, timeoutMs: number): AbortSignal {
  // One controller and one timer: `AbortSignal.any` and `.timeout` cost each request more than all else here.
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // all that a request waits for listens to it
  const timer = setTimeout(
    () => ending.abort(new DOMException("the time was up", "TimeoutError")),
    timeoutMs,
  );
  const leave = () => {
    clearTimeout(timer);
    if (!raw.writableFinished) ending.abort(new Error("the caller went away"));
  };
  if (raw.closed) leave();
  else raw.once("close", leave);
  return ending.signal;
}

/** A signal for work that no request asked for: it ends with `stopping` or after `timeoutMs`. */
export function workSignal(stopping: AbortSignal, timeoutMs: number): AbortSignal {
  return AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
}
