// Who gets in: by how often it is asked, how long it lives, what it saves and what it weighs.
import { describe, expect, it } from "vitest";
import {
  type Candidate,
  type Lasting,
  openAdmission,
  usualAdmissionOptions,
} from "../../cache/joins/admission.ts";
import { openSketch } from "../../cache/joins/count-min-sketch.ts";
import { type Keyspace, openKeyspace } from "../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../cache/store/memory-store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { never, openCache } from "./support/open-cache.ts";
import { token } from "./support/stores.ts";

describe("the sketch", () => {
  it("never counts too few, and seldom too many", () => {
    const sketch = openSketch({ width: 4_096 });
    const names = Array.from({ length: 2_000 }, (_, i) => `{name ${i}}:entry`);
    names.forEach((name, i) => {
      for (let times = 0; times <= i % 5; times++) sketch.add(name);
    });
    const over = names.map((name, i) => sketch.count(name) - ((i % 5) + 1));
    expect(Math.min(...over)).toBe(0);
    expect(over.filter((extra) => extra > 0).length).toBeLessThan(100);
  });

  it("forgets by halves", () => {
    const sketch = openSketch({ width: 64 });
    for (let times = 0; times < 9; times++) sketch.add("a");
    sketch.age();
    expect(sketch.count("a")).toBe(4);
    expect(sketch.count("b")).toBe(0);
  });
});

describe("admission", () => {
  const open = () => {
    let clockMs = 0;
    const admission = openAdmission({ now: () => clockMs }, usualAdmissionOptions);
    const usual = { isCrowded: false, tookMs: 40, bytes: 4_096, sloMs: 60_000, counters: ["c"] };
    const judge = (more: Partial<Lasting & Candidate> = {}) => {
      const { sloMs, counters, ...candidate } = { ...usual, ...more };
      return admission.judging({ sloMs, counters })({ asked: admission.count("n"), ...candidate });
    };
    return {
      admission,
      judge,
      wait: (ms: number) => {
        clockMs += ms;
      },
    };
  };
  const times = (count: number, run: (i: number) => void) => {
    for (let i = 0; i < count; i++) run(i);
  };

  it("admits what is asked often, and no more when it has not been asked for long", () => {
    const { admission, judge, wait } = open();
    expect(judge().verdict).toBe("seldom asked");
    times(20, () => admission.asked("n"));
    expect(judge().verdict).toBe("admitted");
    wait(10 * 60_000);
    expect(judge().verdict).toBe("seldom asked");
  });

  it("takes nothing that was asked but once into a store that is full", () => {
    const { admission, judge } = open();
    admission.asked("n");
    expect(judge({ sloMs: 86_400_000, isCrowded: true }).verdict).toBe("seldom asked");
    admission.asked("n");
    expect(judge({ sloMs: 86_400_000, isCrowded: true }).verdict).toBe("admitted");
  });

  it("admits at the first question what lives for long", () => {
    const { admission, judge } = open();
    admission.asked("n");
    expect(judge({ sloMs: 900_000 }).verdict).toBe("admitted");
    expect(judge({ sloMs: 5_000 }).verdict).toBe("seldom asked");
  });

  it("refuses what changes faster than it is asked, until the changes are long ago", () => {
    const { admission, judge, wait } = open();
    times(20, () => admission.asked("n"));
    times(200, (i) => admission.saw(["c"], { stamps: [`t${i}`] }));
    expect(judge().verdict).toBe("changes too often");
    expect(judge({ counters: ["other"] }).verdict).toBe("admitted");
    wait(10 * 60_000);
    times(20, () => admission.asked("n"));
    expect(judge().verdict).toBe("admitted");
  });

  it("weighs the time that is saved by the bytes", () => {
    const { admission, judge } = open();
    times(20, () => admission.asked("n"));
    expect(judge({ tookMs: 0.2, bytes: 1_000_000 }).verdict).toBe("saves too little");
    expect(judge({ tookMs: 0.2, bytes: 200 }).verdict).toBe("admitted");
    expect(judge({ tookMs: 400 }).score).toBeCloseTo(judge({ tookMs: 40 }).score * 10);
    expect(judge({ tookMs: undefined, bytes: undefined }).verdict).toBe("admitted");
  });

  it("keeps the cache from writing anything for what is not worth it, and says why", async () => {
    const now = () => performance.now();
    const keyspace = openKeyspace({ bytesMax: 1_000_000 });
    const writes: string[] = [];
    const watched: Keyspace = {
      ...keyspace,
      set: (key, held, endsAtMs) => {
        writes.push(key.split(":").at(-1) as string);
        keyspace.set(key, held, endsAtMs);
      },
    };
    const store = openMemoryStore({ now, token, epoch: () => "e", keyspace: watched }, usualStoreLimits);
    const cache = openCache(store, { admission: openAdmission({ now }, usualAdmissionOptions) });
    const asked = { request: "q", visibility: "v", schemaVersion: "1", products: ["p"], sloMs: 2_000 };
    const entity = { ...asked, product: "p", entity: "E", keys: [{ id: 1 }], reaches: [] };
    const fetched = { body: "b", whole: true };
    const signal = never;
    await cache.answers.through(asked, async () => fetched, { signal });
    await cache.entities.through(entity, async () => [fetched], { signal });
    await cache.idle();
    expect(new Set(writes)).toEqual(new Set(["all", "changed", "whole"]));
    expect(cache.observed.filter(({ kind }) => kind === "cache.unstored")).toMatchObject([
      { reason: "seldom asked" },
      { reason: "seldom asked" },
    ]);
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return fetched;
    };
    for (let i = 0; i < 40; i++) await cache.answers.through(asked, slow, { signal });
    await cache.idle();
    expect(writes).toContain("entry");
  });
});
