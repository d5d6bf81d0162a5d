// The circuit breaker: alone with a clock of its own, and on the wire.
import { describe, expect, it, vi } from "vitest";
import { openBreaker } from "../../gateway/fetch/breaker.ts";
import { faultServer, http, well } from "./support/fault-server.ts";
import { ending, openPort } from "./support/open-port.ts";

function breakerAt() {
  const clock = { ms: 0 };
  const said: string[] = [];
  const breaker = openBreaker(
    {
      now: () => clock.ms,
      suspended: (failures) => said.push(`suspended after ${failures}`),
      resumed: () => said.push("resumed"),
    },
    { failuresMax: 3, suspendedMs: 100 },
  );
  const suspend = () => {
    for (let i = 0; i < 3; i++) breaker.settle("usual", "failed");
  };
  return { clock, said, breaker, suspend };
}

describe("a breaker", () => {
  it("stays closed while failures are not in a row", () => {
    const { breaker, said } = breakerAt();
    for (const verdict of ["failed", "failed", "well", "failed", "undecided", "failed"] as const)
      breaker.settle("usual", verdict);
    expect(breaker.admit()).toBe("usual");
    expect(said).toEqual([]);
  });

  it("opens, and admits one probe when the time is over", () => {
    const { breaker, clock, suspend, said } = breakerAt();
    suspend();
    expect([breaker.admit(), breaker.closedForMs()]).toEqual([undefined, 100]);
    clock.ms = 99;
    expect(breaker.admit()).toBeUndefined();
    clock.ms = 100;
    expect([breaker.admit(), breaker.admit(), breaker.closedForMs()]).toEqual(["probe", undefined, 1]);
    breaker.settle("probe", "well");
    expect([breaker.admit(), breaker.closedForMs()]).toEqual(["usual", 0]);
    expect(said).toEqual(["suspended after 3", "resumed"]);
  });

  it("opens again if the probe fails, and lets another be if it is given up", () => {
    const { breaker, clock, suspend, said } = breakerAt();
    suspend();
    clock.ms = 100;
    breaker.admit();
    breaker.settle("probe", "failed");
    expect([breaker.admit(), breaker.closedForMs()]).toEqual([undefined, 100]);
    clock.ms = 200;
    breaker.admit();
    breaker.settle("probe", "undecided");
    expect(breaker.admit()).toBe("probe");
    expect(said).toEqual(["suspended after 3", "suspended after 4"]);
  });

  it("hears no one who was sent before it opened", () => {
    const { breaker, clock, suspend, said } = breakerAt();
    suspend();
    breaker.settle("usual", "well");
    expect(breaker.admit()).toBeUndefined();
    clock.ms = 100;
    breaker.admit();
    breaker.settle("usual", "failed");
    breaker.settle("probe", "well");
    expect(said).toEqual(["suspended after 3", "resumed"]);
  });
});

describe("a subgraph that fails again and again", () => {
  const options = { failuresMax: 5, suspendedMs: 1_000, retriesMax: 0 };

  it("is not asked any more, each caller is told at once, and a single probe finds it well", async () => {
    const clock = { ms: 0 };
    let broken = true;
    const held: (() => void)[] = [];
    await using server = await faultServer((socket) =>
      broken ? socket.resetAndDestroy() : held.push(() => socket.write(well)),
    );
    await using port = openPort(
      { ...options, headersTimeoutMs: 9_000, answerTimeoutMs: 9_000 },
      { now: () => clock.ms },
    );
    for (let i = 0; i < 5; i++) expect(await ending(port.ask(server.url))).toBe("SUBGRAPH_UNREACHABLE");
    await expect(port.ask(server.url)).rejects.toMatchObject({
      code: "SUBGRAPH_SUSPENDED",
      status: 503,
      extensions: { subgraph: "a", againInMs: 1_000 },
    });
    expect(server.bodies).toHaveLength(5);

    broken = false;
    clock.ms = 1_000;
    const probe = port.ask(server.url, "probe");
    expect(await ending(port.ask(server.url, "other"))).toBe("SUBGRAPH_SUSPENDED");
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]?.();
    expect(await probe).toEqual({ data: { a: 1 } });
    const next = port.ask(server.url);
    await vi.waitFor(() => expect(held).toHaveLength(2));
    held[1]?.();
    expect(await next).toEqual({ data: { a: 1 } });
    expect(port.kinds().slice(4)).toEqual([
      "suspended",
      "failed",
      "refused",
      "refused",
      "resumed",
      "answered",
      "answered",
    ]);
  });

  it("takes those who wait for their turn along", async () => {
    await using server = await faultServer((socket) => socket.resetAndDestroy());
    await using port = openPort({ ...options, requestsMax: 1 });
    const endings = await Promise.all(
      Array.from({ length: 30 }, (_, i) => ending(port.ask(server.url, `${i}`))),
    );
    expect(endings.filter((code) => code === "SUBGRAPH_UNREACHABLE")).toHaveLength(5);
    expect(endings.filter((code) => code === "SUBGRAPH_SUSPENDED")).toHaveLength(25);
    expect(server.bodies).toHaveLength(5);
  });

  it.each([
    [400, "is never suspended"],
    [429, "is never suspended"],
    [500, "is never suspended"],
    [502, "is suspended"],
    [503, "is suspended"],
    [504, "is suspended"],
  ])("with status %d %s", async (status, expected) => {
    await using server = await faultServer((socket) => socket.write(http(status, "no")));
    await using port = openPort(options);
    for (let i = 0; i < 8; i++) await ending(port.ask(server.url));
    expect(server.bodies).toHaveLength(expected === "is suspended" ? 5 : 8);
  });

  it("is not suspended for callers who leave", async () => {
    await using server = await faultServer(() => {});
    await using port = openPort(options);
    for (let i = 0; i < 8; i++) await ending(port.ask(server.url, "{}", { signal: AbortSignal.timeout(10) }));
    expect(port.kinds()).not.toContain("suspended");
  });

  it("leaves other subgraphs alone", async () => {
    await using bad = await faultServer((socket) => socket.resetAndDestroy());
    await using good = await faultServer((socket) => socket.write(well));
    await using port = openPort(options);
    for (let i = 0; i < 8; i++) await ending(port.ask(bad.url));
    expect(await port.ask(good.url)).toEqual({ data: { a: 1 } });
  });
});
