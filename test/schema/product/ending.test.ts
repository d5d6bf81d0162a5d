// What tells that work is to end does as the platform's own signal does; and what is made of either.
import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { Ending, rest, type Signal, toAbortSignal } from "../../../schema/product/ending.ts";

type Opened = { readonly signal: Signal; readonly abort: (reason: unknown) => void };

const opened: readonly (readonly [string, () => Opened])[] = [
  [
    "an Ending",
    () => {
      const ending = new Ending();
      return { signal: ending, abort: (reason) => ending.abort(reason) };
    },
  ],
  [
    "the platform's",
    () => {
      const controller = new AbortController();
      return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
    },
  ],
];

const why = new Error("why");

describe.each(opened)("a signal: %s", (_, open) => {
  it("tells its listeners once, in their order, functions and objects, with the first reason", () => {
    const { signal, abort } = open();
    const told: string[] = [];
    const note = (name: string) => () => void told.push(`${name} ${(signal.reason as Error).message}`);
    signal.addEventListener("abort", note("a"), { once: true });
    signal.addEventListener("abort", { handleEvent: note("b") });
    signal.addEventListener("abort", note("c"));
    expect(signal.aborted).toBe(false);
    expect(signal.reason).toBeUndefined();
    signal.throwIfAborted();
    abort(why);
    abort(new Error("later"));
    expect(told).toEqual(["a why", "b why", "c why"]);
    expect(signal.aborted).toBe(true);
    expect(() => signal.throwIfAborted()).toThrow(why);
  });

  it("tells none that left, or that came when it was over", () => {
    const { signal, abort } = open();
    const told: string[] = [];
    const [gone, stays] = [() => void told.push("gone"), () => void told.push("stays")];
    signal.addEventListener("abort", gone);
    signal.addEventListener("abort", stays);
    signal.removeEventListener("abort", gone);
    signal.removeEventListener("abort", () => {});
    abort(why);
    signal.addEventListener("abort", () => void told.push("late"));
    abort(why);
    expect(told).toEqual(["stays"]);
  });

  it("is over while its listeners are told: each may take itself and others away, or end it again", () => {
    const { signal, abort } = open();
    const told: string[] = [];
    const third = () => void told.push("third");
    const first = () => {
      signal.removeEventListener("abort", first);
      signal.removeEventListener("abort", third);
      told.push(`first ${signal.aborted}`);
      abort(new Error("again"));
    };
    signal.addEventListener("abort", first);
    signal.addEventListener("abort", () => void told.push(`second ${signal.reason === why}`));
    signal.addEventListener("abort", third);
    abort(why);
    expect(told).toEqual(["first true", "second true"]);
  });

  it("ends a rest, which leaves no listener", async () => {
    const { signal, abort } = open();
    await rest(1, { signal });
    const resting = rest(60_000, { signal });
    abort(why);
    await expect(resting).rejects.toBe(why);
    await expect(rest(60_000, { signal })).rejects.toBe(why);
    if (signal instanceof AbortSignal) expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("is one of the platform's where that is needed, before its end and after", () => {
    const { signal, abort } = open();
    const platforms = toAbortSignal(signal);
    expect(platforms).toBeInstanceOf(AbortSignal);
    expect(platforms.aborted).toBe(false);
    abort(why);
    expect(platforms.reason).toBe(why);
    expect(toAbortSignal(signal).reason).toBe(why);
  });
});
