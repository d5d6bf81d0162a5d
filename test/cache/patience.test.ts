// A server that is silent is given up before one that answers others.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openPatience } from "../../cache/store/patience.ts";

const forever = new Promise<never>(() => {});
const outcome = (reply: Promise<unknown>) => {
  const seen: { is: unknown } = { is: "open" };
  reply.then(
    (value) => {
      seen.is = value;
    },
    (cause: Error) => {
      seen.is = cause.message;
    },
  );
  return seen;
};

describe("patience", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("hands replies and failures on", async () => {
    const { within } = openPatience({ timeoutMs: 40, silenceMs: 20 });
    await expect(within(Promise.resolve("a reply"))).resolves.toBe("a reply");
    await expect(within(Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  });

  it("ends for all who wait when nobody is answered", async () => {
    const { within } = openPatience({ timeoutMs: 40, silenceMs: 20 });
    const first = outcome(within(forever));
    await vi.advanceTimersByTimeAsync(12);
    const second = outcome(within(forever));
    await vi.advanceTimersByTimeAsync(7);
    expect([first.is, second.is]).toEqual(["open", "open"]);
    await vi.advanceTimersByTimeAsync(1);
    expect([first.is, second.is]).toEqual(["Command timed out", "Command timed out"]);
  });

  it("ends for one alone when others are answered", async () => {
    const { within } = openPatience({ timeoutMs: 40, silenceMs: 20 });
    const waiting = outcome(within(forever));
    for (let i = 0; i < 3; i++) {
      await vi.advanceTimersByTimeAsync(10);
      await within(Promise.resolve());
    }
    const late = outcome(within(forever));
    await vi.advanceTimersByTimeAsync(9);
    expect(waiting.is).toBe("open");
    await vi.advanceTimersByTimeAsync(1);
    expect([waiting.is, late.is]).toEqual(["Command timed out", "open"]);
  });

  it("does not count the time in which nobody waited", async () => {
    const { within } = openPatience({ timeoutMs: 40, silenceMs: 20 });
    await within(Promise.resolve());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
    const waiting = outcome(within(forever));
    await vi.advanceTimersByTimeAsync(19);
    expect(waiting.is).toBe("open");
  });
});

it("reads what came while the process was busy", async () => {
  const { within } = openPatience({ timeoutMs: 40, silenceMs: 20 });
  const reply = within(new Promise((resolve) => setImmediate(resolve, "came")));
  const untilMs = performance.now() + 120;
  while (performance.now() < untilMs);
  await expect(reply).resolves.toBe("came");
});
