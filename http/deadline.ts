// The one place that makes signals: a request's ends when its time is up or its caller has gone.
import { setMaxListeners } from "node:events";
import type { FastifyReply } from "fastify";

/** Aborts after `timeoutMs`, or when the connection closes before the answer was sent. */
export function requestSignal({ raw }: FastifyReply, timeoutMs: number): AbortSignal {
  const gone = new AbortController();
  const leave = () => {
    if (!raw.writableFinished) gone.abort(new Error("the caller went away"));
  };
  if (raw.closed) leave();
  else raw.once("close", leave);
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]);
  setMaxListeners(0, signal); // all that a request waits for listens to it
  return signal;
}

/** A signal for work that no request asked for: it ends with `stopping` or after `timeoutMs`. */
export function workSignal(stopping: AbortSignal, timeoutMs: number): AbortSignal {
  return AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
}
