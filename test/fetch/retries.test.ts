// Retries: only of queries, only where they may help, and never more than the budget allows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../gateway/fetch/exchange.ts";
import { openRetryBudget } from "../../gateway/fetch/retry-budget.ts";
import { retryAfterMs, retryWait } from "../../gateway/fetch/retry-wait.ts";
import { type Fault, faultServer, http, well } from "./support/fault-server.ts";
import { ending, openPort } from "./support/open-port.ts";

/** Fails so many times, then is well. */
const failing =
  (times: number, fault: Fault): Fault =>
  (socket, request) =>
    request.turn < times ? fault(socket, request) : socket.write(well);

const passing: readonly (readonly [string, Fault])[] = [
  ["a connection that is reset", (socket) => socket.resetAndDestroy()],
  ["a connection that is closed", (socket) => socket.end()],
  ...[429, 502, 503, 504].map((status): readonly [string, Fault] => [
    `status ${status}`,
    (socket) => socket.write(http(status, "busy")),
  ]),
];

describe("a query", () => {
  it.each(passing)("is sent again after %s", async (_, fault) => {
    await using server = await faultServer(failing(2, fault));
    await using port = openPort();
    expect(await port.ask(server.url)).toEqual({ data: { a: 1 } });
    expect(port.kinds()).toEqual(["retried", "retried", "answered"]);
  });

  it.each<[string, Fault, string]>([
    ["status 500", (socket) => socket.write(http(500, "no")), "SUBGRAPH_ANSWER_INVALID"],
    ["status 404", (socket) => socket.write(http(404, "no")), "SUBGRAPH_ANSWER_INVALID"],
    ["a page", (socket) => socket.write(http(200, "<html>")), "SUBGRAPH_ANSWER_INVALID"],
    ["time that was up", () => {}, "SUBGRAPH_TIMEOUT"],
    ["errors of GraphQL", (socket) => socket.write(http(200, '{"errors":[{"message":"no"}]}')), "answered"],
  ])("is not sent again after %s", async (_, fault, code) => {
    await using server = await faultServer(fault);
    await using port = openPort();
    expect(await ending(port.ask(server.url))).toBe(code);
    expect(server.bodies).toHaveLength(1);
  });

  it("is sent `retriesMax` times more, and then the last failure is the answer", async () => {
    await using server = await faultServer((socket) => socket.write(http(502, "no")));
    await using port = openPort({ retriesMax: 3 });
    await expect(port.ask(server.url)).rejects.toMatchObject({ extensions: { status: 502 } });
    expect(server.bodies).toHaveLength(4);
  });

  it("waits as long as the subgraph says", async () => {
    const times: number[] = [];
    await using server = await faultServer((socket, { turn }) => {
      times.push(performance.now());
      socket.write(turn === 0 ? http(429, "", { "Retry-After": "1" }) : well);
    });
    await using port = openPort();
    expect(await port.ask(server.url)).toEqual({ data: { a: 1 } });
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThan(990);
  });

  it("is not sent again where the subgraph wants more time than `retryWaitMs`", async () => {
    await using server = await faultServer((socket) => socket.write(http(429, "", { "retry-after": "60" })));
    await using port = openPort();
    expect(await ending(port.ask(server.url))).toBe("SUBGRAPH_ANSWER_INVALID");
    expect(port.kinds()).toEqual(["failed"]);
  });
});

describe("a mutation", () => {
  it.each(passing)("is never sent again after %s", async (_, fault) => {
    await using server = await faultServer(fault);
    await using port = openPort();
    expect(await ending(port.mutate(server.url))).not.toBe("answered");
    expect(server.bodies).toHaveLength(1);
  });
});

describe("the wait", () => {
  const options = { retryDelayMs: 50, retryWaitMs: 2_000 };
  const unreachable: Outcome = { kind: "unreachable", cause: undefined };
  const clock = { wallNow: () => Date.parse("2026-11-21T10:00:00Z"), random: () => 1 };

  it("doubles, less up to a half by chance, and ends at `retryWaitMs`", () => {
    const waits = [0, 1, 2, 9].map((n) => retryWait(clock, unreachable, n, options));
    expect(waits).toEqual([50, 100, 200, 2_000]);
    expect(retryWait({ ...clock, random: () => 0 }, unreachable, 0, options)).toBe(25);
  });

  it.each([
    [undefined, 0],
    ["0", 0],
    [" 3 ", 3_000],
    ["Sat, 21 Nov 2026 10:00:05 GMT", 5_000],
    ["Sat, 21 Nov 2026 09:00:00 GMT", 0],
    ["soon", 0],
  ])("after Retry-After: %s is at least %d ms", (header, ms) => {
    expect(retryAfterMs(header, clock.wallNow())).toBe(ms);
  });
});

describe("the budget", () => {
  it("is kept on the wire: 500 questions to a failing subgraph are less than 600 requests", async () => {
    await using server = await faultServer((socket) => socket.write(http(503, "no")));
    // Their number counts, not how long a busy machine takes for them.
    await using port = openPort({ headersTimeoutMs: 10_000, answerTimeoutMs: 10_000 });
    const endings = Array.from({ length: 500 }, (_, i) => ending(port.ask(server.url, `{"n":${i}}`)));
    expect(new Set(await Promise.all(endings))).toEqual(new Set(["SUBGRAPH_ANSWER_INVALID"]));
    expect(server.bodies.length).toBeGreaterThan(500);
    expect(server.bodies.length).toBeLessThanOrEqual(600);
    expect(server.opened()).toBeLessThanOrEqual(64);
  });

  it("holds after whatever happened before", () => {
    const run = fc.record({
      retryPercentMax: fc.nat(100),
      retryBurstMax: fc.nat(20),
      steps: fc.array(fc.boolean(), { maxLength: 500 }),
    });
    fc.assert(
      fc.property(run, ({ retryPercentMax, retryBurstMax, steps }) => {
        const budget = openRetryBudget({ retryPercentMax, retryBurstMax });
        let [asked, retried] = [0, 0];
        for (const retry of steps) {
          if (!retry) {
            budget.earn();
            asked++;
          } else if (budget.spend()) retried++;
        }
        expect(retried).toBeLessThanOrEqual(retryBurstMax + (asked * retryPercentMax) / 100);
      }),
    );
  });
});
