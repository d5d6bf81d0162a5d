// A request's signal: it ends with its time, and with its caller.
import { getEventListeners, once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { httpApp } from "../../http/app.ts";
import { requestSignal, workSignal } from "../../http/deadline.ts";
import { type Listening, listen } from "../../http/listen.ts";
import type { Signal } from "../../schema/product/ending.ts";
import { deferred } from "./deferred.ts";

let server: Listening | undefined;
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

/** A server whose one route does as told. */
async function serving(handle: (reply: FastifyReply) => Promise<unknown>): Promise<Listening> {
  const app = httpApp({ bodyBytesMax: 1024 }, () => {});
  app.get("/", (_, reply) => handle(reply));
  server = await listen(app, { host: "127.0.0.1", port: 0, drainMs: 100 }, async () => {});
  return server;
}

/** Asks, and goes away after `stayMs`. */
async function askAndLeave(port: number, stayMs: number): Promise<void> {
  const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n"));
  await sleep(stayMs);
  socket.destroy();
}

const ended = (signal: Signal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));

describe("the signal of a request", () => {
  it("aborts when its time is up", async () => {
    const { url } = await serving(async (reply) => {
      const signal = requestSignal(reply, 50);
      await ended(signal);
      return { name: (signal.reason as Error).name };
    });
    expect(await (await fetch(url)).json()).toEqual({ name: "TimeoutError" });
  });

  it("aborts when its caller goes away", async () => {
    const gone = deferred<Error>();
    const { port } = await serving(async (reply) => {
      const signal = requestSignal(reply, 10_000);
      await ended(signal);
      gone.resolve(signal.reason as Error);
    });
    await askAndLeave(port, 50);
    expect((await gone.promise).message).toBe("the caller went away");
  });

  it("is aborted from the start when its caller has gone already", async () => {
    const late = deferred<Signal>();
    const { port } = await serving(async (reply) => {
      await once(reply.raw, "close");
      late.resolve(requestSignal(reply, 10_000));
    });
    await askAndLeave(port, 50);
    expect((await late.promise).aborted).toBe(true);
  });

  it("does not abort once the answer was sent", async () => {
    const signals: Signal[] = [];
    const { url } = await serving(async (reply) => {
      signals.push(requestSignal(reply, 10_000));
      return { fine: true };
    });
    await (await fetch(url, { headers: { connection: "close" } })).json();
    await sleep(50);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it("is each request's own on a connection that stays", async () => {
    const signals: Signal[] = [];
    const { url } = await serving(async (reply) => {
      const signal = requestSignal(reply, signals.length === 0 ? 30 : 10_000);
      signals.push(signal);
      if (signals.length === 1) await ended(signal);
      return {};
    });
    await (await fetch(url)).text();
    await (await fetch(url)).text();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });
});

describe("the signal of work that no request asked for", () => {
  it("aborts when its time is up", async () => {
    const signal = workSignal(new AbortController().signal, 20);
    await once(signal, "abort");
    expect(signal.reason).toMatchObject({ name: "TimeoutError" });
  });

  it("leaves nothing behind, however often, once its time is up", async () => {
    const stopping = new AbortController();
    const signals = Array.from({ length: 100 }, () => workSignal(stopping.signal, 20));
    await Promise.all(signals.map((signal) => once(signal, "abort")));
    expect(getEventListeners(stopping.signal, "abort")).toEqual([]);
    // What `AbortSignal.any` leaves there on Node 20.
    const kept = Object.getOwnPropertySymbols(stopping.signal).find(
      ({ description }) => description === "kDependantSignals",
    );
    expect(kept && stopping.signal[kept as never]).toBeFalsy();
    expect(workSignal(AbortSignal.abort(new Error("stopped")), 10).reason).toMatchObject({
      message: "stopped",
    });
  });

  it("aborts when all stops, with its reason", () => {
    const stopping = new AbortController();
    const signal = workSignal(stopping.signal, 10_000);
    expect(signal.aborted).toBe(false);
    stopping.abort(new Error("the gateway stops"));
    expect(signal.reason).toMatchObject({ message: "the gateway stops" });
  });
});
