// The one place that makes signals: a request's ends when its time is up or its caller has gone.
import type { FastifyReply } from "fastify";
import { Ending, type Signal } from "../schema/product/ending.ts";

/** Aborts with a TimeoutError after `timeoutMs`, with another reason when the connection closes before the answer was sent. */
export function requestSignal({ raw }: FastifyReply, timeoutMs: number): Signal {
  const ending = new Ending();
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
  return ending;
}

/** A signal for work that no request asked for: it ends with `stopping` or after `timeoutMs`. */
export function workSignal(stopping: AbortSignal, timeoutMs: number): AbortSignal {
  return AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
}
