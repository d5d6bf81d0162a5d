// Single-flight: who shares a request, who never does, and who ends it.
import { describe, expect, it, vi } from "vitest";
import { type FaultServer, faultServer, http, well } from "./support/fault-server.ts";
import { ending, openPort, seenBy } from "./support/open-port.ts";

/** Answers only when it is told to. */
async function holdingServer() {
  const held: (() => void)[] = [];
  const server = await faultServer((socket) => held.push(() => socket.write(well)));
  return Object.assign(server satisfies FaultServer, {
    release: () => held.splice(0).map((answer) => answer()),
    asked: (times: number) => vi.waitFor(() => expect(server.bodies).toHaveLength(times)),
  });
}

const patient = { headersTimeoutMs: 9_000, answerTimeoutMs: 9_000 };

describe("equal queries in flight", () => {
  it("are one request, and each caller's answer is its own", async () => {
    await using server = await holdingServer();
    await using port = openPort(patient);
    const asked = Array.from({ length: 20 }, () => port.ask(server.url));
    await server.asked(1);
    asked.push(port.ask(server.url));
    server.release();
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ data }) => data)).size).toBe(21);
    for (const answer of answers) expect(answer).toEqual({ data: { a: 1 } });
    expect(server.bodies).toHaveLength(1);
    expect(port.events).toMatchObject([{ kind: "subgraph.answered", callers: 21 }]);
  });

  it("are another request once the answer is there", async () => {
    await using server = await faultServer((socket) => socket.write(well));
    await using port = openPort();
    for (let i = 0; i < 3; i++) await port.ask(server.url);
    expect(server.bodies).toHaveLength(3);
    expect(server.opened()).toBeLessThanOrEqual(2);
  });

  it("fail together", async () => {
    await using server = await faultServer((socket) => socket.write(http(500, "no")));
    await using port = openPort();
    const endings = await Promise.all(Array.from({ length: 5 }, () => ending(port.ask(server.url))));
    expect(endings).toEqual(Array(5).fill("SUBGRAPH_ANSWER_INVALID"));
    expect(port.kinds()).toEqual(["failed"]);
  });
});

describe("never share a request", () => {
  it("callers who may see different things", async () => {
    await using server = await holdingServer();
    await using port = openPort(patient);
    const asked = ["a", "b", "c", "a"].map((token) =>
      port.ask(server.url, "{}", { visibility: seenBy(token) }),
    );
    await server.asked(3);
    server.release();
    expect(await Promise.all(asked)).toHaveLength(4);
  });

  it("different questions, different subgraphs, mutations", async () => {
    await using server = await holdingServer();
    await using port = openPort(patient);
    const asked = [
      port.ask(server.url, "1"),
      port.ask(server.url, "2"),
      port.ask(`${server.url}?v=2`, "1"),
      port.mutate(server.url, "1"),
      port.mutate(server.url, "1"),
    ];
    await server.asked(5);
    server.release();
    expect(await Promise.all(asked)).toHaveLength(5);
  });

  it("a query from after a mutation and one from before it", async () => {
    const held: (() => void)[] = [];
    await using server = await faultServer((socket, { body }) => {
      if (body === "query") held.push(() => socket.write(well));
      else socket.write(well);
    });
    await using port = openPort(patient);
    const before = port.ask(server.url, "query");
    await port.mutate(server.url, "mutation");
    const after = port.ask(server.url, "query");
    await vi.waitFor(() => expect(held).toHaveLength(2));
    for (const answer of held) answer();
    expect(await Promise.all([before, after])).toHaveLength(2);
  });
});

describe("a caller who leaves", () => {
  it("leaves the others their answer", async () => {
    await using server = await holdingServer();
    await using port = openPort(patient);
    const leaving = new AbortController();
    const [first, second] = [port.ask(server.url, "{}", { signal: leaving.signal }), port.ask(server.url)];
    await server.asked(1);
    leaving.abort();
    expect(await ending(first)).toBe("CALLER_GONE");
    server.release();
    expect(await second).toEqual({ data: { a: 1 } });
    expect(server.bodies).toHaveLength(1);
  });

  it("ends the request if no other waits for it, and the next asks anew", async () => {
    await using server = await holdingServer();
    await using port = openPort(patient);
    const leaving = [new AbortController(), new AbortController()];
    const asked = leaving.map(({ signal }) => ending(port.ask(server.url, "{}", { signal })));
    await server.asked(1);
    for (const controller of leaving) controller.abort();
    expect(await Promise.all(asked)).toEqual(["CALLER_GONE", "CALLER_GONE"]);
    await vi.waitFor(() => expect(server.opened() - server.open()).toBe(1)); // undici may open the next at once
    expect(port.kinds()).toEqual(["failed"]);
    const next = port.ask(server.url);
    await server.asked(2);
    server.release();
    expect(await next).toEqual({ data: { a: 1 } });
  });

  it("leaves nothing listening on its signal", async () => {
    await using server = await faultServer((socket) => socket.write(well));
    await using port = openPort();
    const { signal } = new AbortController();
    const [add, remove] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
    for (let i = 0; i < 5; i++) await port.ask(server.url, "{}", { signal });
    expect(remove.mock.calls).toEqual(add.mock.calls);
  });
});
