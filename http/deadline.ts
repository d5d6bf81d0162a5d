// The one place that makes signals: a request's ends when its time is up or its caller has gone.
import { setMaxListeners } from "node:events";
import type { FastifyReply } from "fastify";
import { Ending } from "../schema/product/ending.ts";

/** Aborts with a TimeoutError after `timeoutMs`, with another reason when the connection closes before the answer was sent. */
export function requestSignal({ raw }: FastifyReply, timeoutMs: number): Ending {
  const ending = new Ending();
  const timer = setTimeout(() => ending.abort(timeUp()), timeoutMs);
  const leave = () => {
    clearTimeout(timer);
    if (!raw.writableFinished) ending.abort(new Error("the caller went away"));
  };
  if (raw.closed) leave();
  else raw.once("close", leave);
  return ending;
}

/**
 * A signal for work that no request asked for: it ends with `stopping` or after `timeoutMs`. By hand: of `AbortSignal.any` Node 20
 * keeps something for as long as `stopping` lives.
 */
export function workSignal(stopping: AbortSignal, timeoutMs: number): AbortSignal {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal, stopping); // all that waits listens to it
  const end = (reason: unknown) => {
    clearTimeout(timer);
    stopping.removeEventListener("abort", stop);
    ending.abort(reason);
  };
  const stop = () => end(stopping.reason);
  const timer = setTimeout(() => end(timeUp()), timeoutMs).unref();
  if (stopping.aborted) stop();
  else stopping.addEventListener("abort", stop);
  return ending.signal;
}

function timeUp(): DOMException {
  return new DOMException("the time was up", "TimeoutError");
}
