// Listening, and stopping without losing what is in flight.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { describe, expect, it, vi } from "vitest";
import { httpApp } from "../../http/app.ts";
import { type Listening, listen } from "../../http/listen.ts";
import { deferred } from "./deferred.ts";
import { exchange } from "./raw-request.ts";

type Slow = {
  readonly app: FastifyInstance;
  /** Resolves when a request is being worked on. */
  readonly begun: Promise<void>;
  /** Lets it end. */
  readonly end: () => void;
};

/** `/slow` answers when it is told to, `/quick` at once. */
function slowApp(): Slow {
  const begun = deferred<void>();
  const ended = deferred<void>();
  const app = httpApp({ bodyBytesMax: 1024 }, () => {});
  app.get("/slow", async () => {
    begun.resolve();
    await ended.promise;
    return { slow: true };
  });
  app.get("/quick", async () => ({ quick: true }));
  return { app, begun: begun.promise, end: () => ended.resolve() };
}

async function starting(
  drainMs: number,
): Promise<Slow & { readonly server: Listening; readonly released: () => boolean }> {
  const slow = slowApp();
  let released = false;
  const server = await listen(slow.app, { host: "127.0.0.1", port: 0, drainMs }, async () => {
    released = true;
  });
  return { ...slow, server, released: () => released };
}

describe("listening", () => {
  it("says where", async () => {
    const { server } = await starting(100);
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(`${server.url}/quick`)).json()).toEqual({ quick: true });
    await server[Symbol.asyncDispose]();
  });

  it("on an address of IPv6 says so in brackets", async () => {
    const server = await listen(slowApp().app, { host: "::1", port: 0, drainMs: 100 }, async () => {});
    expect(server.url).toBe(`http://[::1]:${server.port}`);
    expect((await fetch(`${server.url}/quick`)).status).toBe(200);
    await server[Symbol.asyncDispose]();
  });

  it("on a port that is taken fails with the reason", async () => {
    const { server } = await starting(100);
    const again = listen(
      slowApp().app,
      { host: "127.0.0.1", port: server.port, drainMs: 100 },
      async () => {},
    );
    await expect(again).rejects.toThrow("EADDRINUSE");
    await server[Symbol.asyncDispose]();
  });
});

describe("stopping", () => {
  it("waits for a request in flight, then releases", async () => {
    const { server, begun, end, released } = await starting(5_000);
    const answer = fetch(`${server.url}/slow`);
    await begun;
    const stopped = server[Symbol.asyncDispose]();
    await sleep(50);
    expect(released()).toBe(false);
    end();
    expect(await (await answer).json()).toEqual({ slow: true });
    await stopped;
    expect(released()).toBe(true);
  });

  it("does not wait for a connection that its client keeps after the last answer", async () => {
    const { server, begun, end } = await starting(5_000);
    const answer = fetch(`${server.url}/slow`, { headers: { connection: "keep-alive" } });
    await begun;
    const startedMs = performance.now();
    const stopped = server[Symbol.asyncDispose]();
    await sleep(50);
    end();
    expect((await answer).headers.get("connection")).toBe("close");
    await stopped;
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it("takes no new connection meanwhile", async () => {
    const { server, begun, end } = await starting(5_000);
    const answer = fetch(`${server.url}/slow`);
    await begun;
    const stopped = server[Symbol.asyncDispose]();
    await sleep(50);
    await expect(exchange(server.port, "GET /quick HTTP/1.1\r\nhost: a\r\n\r\n")).rejects.toThrow(
      "ECONNREFUSED",
    );
    end();
    await answer;
    await stopped;
  });

  it("answers a request whose first half had come, and closes its connection", async () => {
    const { server, begun, end } = await starting(5_000);
    const answer = fetch(`${server.url}/slow`);
    await begun;
    const socket = connect(server.port, "127.0.0.1");
    let said = "";
    socket.setEncoding("utf8").on("data", (part) => {
      said += part;
    });
    const closed = once(socket, "close");
    socket.write("GET /quick HTTP/1.1\r\nhost: a\r\n");
    await sleep(50);
    const stopped = server[Symbol.asyncDispose]();
    await sleep(50);
    socket.write("\r\n");
    await closed;
    end();
    await answer;
    await stopped;
    expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n.*connection: close\r\n.*\{"quick":true\}$/is);
  });

  it("closes connections that are idle at once", async () => {
    const { server } = await starting(5_000);
    const socket = connect(server.port, "127.0.0.1");
    const closed = once(socket, "close");
    socket.write("GET /quick HTTP/1.1\r\nhost: a\r\n\r\n");
    await once(socket, "data");
    const startedMs = performance.now();
    await server[Symbol.asyncDispose]();
    await closed;
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it("does not wait for a connection that was never used", async () => {
    const { server } = await starting(60_000); // longer than a test may take
    const socket = connect(server.port, "127.0.0.1");
    const closed = once(socket, "close");
    await once(socket, "connect");
    await sleep(50);
    await server[Symbol.asyncDispose]();
    await closed;
  });

  it("cuts what is still in flight when the time to drain is up, then releases", async () => {
    const { server, begun, released } = await starting(100);
    const answer = fetch(`${server.url}/slow`);
    const cut = expect(answer).rejects.toThrow("fetch failed");
    await begun;
    const startedMs = performance.now();
    await server[Symbol.asyncDispose]();
    const tookMs = performance.now() - startedMs;
    await cut;
    expect(released()).toBe(true);
    expect(tookMs).toBeGreaterThanOrEqual(90);
    expect(tookMs).toBeLessThan(2_000);
  });

  it.each([
    ["is none", "NONSENSE\r\n\r\n", 400],
    ["stops within its headers", "GET / HT", 408],
    [
      "stops within its body",
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\nhalf",
      408,
    ],
  ])("ends the connection of a request that %s, though its client does not", async (_, text, status) => {
    const app = httpApp({ bodyBytesMax: 1024, clientTimeoutMs: 200 }, () => {});
    app.post("/", async () => ({}));
    await using server = await listen(app, { host: "127.0.0.1", port: 0, drainMs: 100 }, async () => {});
    const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
    const answered: Buffer[] = [];
    socket.on("data", (chunk) => answered.push(chunk)).on("error", () => {});
    socket.write(text);
    const open = () =>
      new Promise<number>((resolve) => app.server.getConnections((_, count) => resolve(count)));
    await once(socket, "end");
    await vi.waitFor(async () => expect(await open()).toBe(0), 10_000);
    expect(Buffer.concat(answered).toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    socket.destroy();
  });

  it("ends the connection of a client that does not take its answer, and not of one that waits for it", async () => {
    const app = httpApp({ bodyBytesMax: 1024, clientTimeoutMs: 1_000 }, () => {});
    const large = "x".repeat(64 * 1024 * 1024);
    app.get("/large", async () => large);
    app.get("/late", async () => {
      await sleep(1_500);
      return { late: true };
    });
    await using server = await listen(app, { host: "127.0.0.1", port: 0, drainMs: 100 }, async () => {});
    const ended = new Promise<void>((resolve) => {
      app.server.once("connection", (taken: Socket) => taken.once("close", () => resolve()));
    });
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {}).write("GET /large HTTP/1.1\r\nhost: a\r\n\r\n");
    await ended;
    expect(await (await fetch(`${server.url}/late`)).json()).toEqual({ late: true });
    expect((await (await fetch(`${server.url}/large`)).text()).length).toBe(large.length);
    socket.destroy();
  });

  it("frees its port", async () => {
    const { server } = await starting(100);
    await server[Symbol.asyncDispose]();
    const next = createServer();
    await new Promise<void>((resolve, reject) => {
      next.once("error", reject).listen(server.port, "127.0.0.1", resolve);
    });
    await new Promise((resolve) => next.close(resolve));
  });
});
