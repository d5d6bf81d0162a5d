// The limit on requests in flight: a turn is never lost, given twice, or given to one who has left.
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { openLimit, type Waiter } from "../../gateway/fetch/limit.ts";
import { faultServer, well } from "./support/fault-server.ts";
import { ending, openPort } from "./support/open-port.ts";

describe("the limit", () => {
  it("never lets more in than it says, nor fewer than it could, whatever is done", async () => {
    const steps = fc.array(fc.constantFrom("enter", "leave", "withdraw"), { maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.nat(4),
        steps,
        async (requestsMax, queueMax, done) => {
          const limit = openLimit<Waiter>({ requestsMax, queueMax });
          let running = 0;
          const waiting: Waiter[] = [];
          for (const step of done) {
            if (step === "leave" && running > 0) {
              running--;
              limit.leave();
            } else if (step === "withdraw" && waiting.length > 0) limit.withdraw(waiting.shift() as Waiter);
            else if (step === "enter") {
              const waiter: Waiter = {
                admitted: () => {
                  running++;
                  expect(waiting.shift()).toBe(waiter); // in the order of their coming
                },
              };
              const entered = limit.enter(waiter);
              if (entered === "in") running++;
              else if (entered === "waiting") waiting.push(waiter);
              else expect(waiting).toHaveLength(queueMax);
            }
            await Promise.resolve();
            expect(limit.counts()).toEqual({ running, waiting: waiting.length });
            expect(running).toBeLessThanOrEqual(requestsMax);
            if (waiting.length > 0) expect(running).toBe(requestsMax);
          }
        },
      ),
    );
  });
});

describe("more questions than a subgraph may be asked at once", () => {
  const options = { requestsMax: 2, queueMax: 3, headersTimeoutMs: 9_000, answerTimeoutMs: 9_000 };

  it("wait, and those beyond the queue are refused", async () => {
    await using server = await faultServer(async (socket) => {
      await sleep(20);
      socket.write(well);
    });
    await using port = openPort(options);
    const asked = Array.from({ length: 8 }, (_, i) => port.ask(server.url, `${i}`));
    const endings = await Promise.all(asked.map(ending));
    expect(endings).toEqual([...Array(5).fill("answered"), ...Array(3).fill("SUBGRAPH_BUSY")]);
    expect(server.opened()).toBe(2);
    expect(await port.ask(server.url)).toEqual({ data: { a: 1 } });
  });

  it("leave the queue when their callers do", async () => {
    const held: (() => void)[] = [];
    await using server = await faultServer((socket) => held.push(() => socket.write(well)));
    await using port = openPort(options);
    const running = [port.ask(server.url, "1"), port.ask(server.url, "2")];
    const leaving = new AbortController();
    const waiting = ["3", "4", "5"].map((body) =>
      ending(port.ask(server.url, body, { signal: leaving.signal })),
    );
    expect(await ending(port.ask(server.url, "6"))).toBe("SUBGRAPH_BUSY");
    leaving.abort();
    expect(await Promise.all(waiting)).toEqual(Array(3).fill("CALLER_GONE"));
    const last = port.ask(server.url, "7");
    await vi.waitFor(() => expect(held).toHaveLength(2));
    for (const answer of held.splice(0)) answer();
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]?.();
    expect(await Promise.all([...running, last])).toHaveLength(3);
    expect(server.bodies).toEqual(["1", "2", "7"]);
  });

  it("that are given up all the time lose no turn", async () => {
    await using server = await faultServer(async (socket, { turn }) => {
      await sleep(turn % 7);
      if (turn % 5 === 0) socket.resetAndDestroy();
      else socket.write(well);
    });
    await using port = openPort({ ...options, queueMax: 500 });
    const endings = Array.from({ length: 200 }, (_, i) =>
      ending(port.ask(server.url, `${i}`, { signal: AbortSignal.timeout(1 + (i % 40)) })),
    );
    await Promise.all(endings);
    const after = await Promise.all(
      Array.from({ length: 8 }, (_, i) => ending(port.ask(server.url, `after ${i}`))),
    );
    expect(after.filter((code) => code === "SUBGRAPH_BUSY" || code === "OPERATION_TIMEOUT")).toEqual([]);
    expect(server.open()).toBeLessThanOrEqual(2);
  });
});
