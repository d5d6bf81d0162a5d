// What is kept of use over a restart, and as of when it is whole.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { interruptUse, openUse, type Use } from "../../gateway/use/open-use.ts";
import { useReportSchema } from "../../schema/product/use.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { preparedUse } from "./support/shop.ts";

const options = {
  clientHeaders: ["x-client-name", "apollographql-client-name"],
  operationsMax: 100,
  coordinatesMax: 10_000,
  clientsMax: 3,
  clientCharactersMax: 20,
  keepDays: 90,
};
const startMs = Date.parse("2026-11-01T00:00:00Z");
const iso = (ms: number) => new Date(ms).toISOString();

const harness = (directory: string | undefined) => {
  const problems: string[] = [];
  const clock = { nowMs: startMs };
  const open = (intervalMs?: number) =>
    openUse(
      { now: () => clock.nowMs, failed: (problem) => problems.push(problem), directory },
      options,
      intervalMs,
    );
  const ask = (use: Use, client: string) =>
    use.count(preparedUse("query Q { things { id } }"), { "x-client-name": client }, {}, clock.nowMs);
  return { problems, clock, open, ask };
};

describe("recording of use", () => {
  it.each<[Record<string, string>, string]>([
    [{ "x-client-name": "desk", "apollographql-client-name": "other" }, "desk"],
    [{ "apollographql-client-name": "board" }, "board"],
    [{ "x-client-name": "", "apollographql-client-name": "board" }, "board"],
    [{ "user-agent": "curl" }, "(unnamed)"],
  ])("knows the client of %j", async (headers, client) => {
    const { open } = harness(undefined);
    await using use = await open();
    use.count(preparedUse("{ things { id } }"), headers, {}, startMs);
    expect(use.report().operations).toMatchObject([{ client }]);
  });

  it("goes on after a restart, with nothing lost and `since` as it was", async () => {
    await using directory = await temporaryDirectory();
    const { problems, clock, open, ask } = harness(directory.path);
    {
      await using use = await open();
      ask(use, "desk");
    }
    clock.nowMs += 1_000_000;
    {
      await using use = await open();
      ask(use, "desk");
      ask(use, "board");
    }
    await using use = await open();
    expect(use.report()).toEqual({
      since: iso(startMs),
      forgotten: 0,
      operations: [
        expect.objectContaining({
          client: "desk",
          count: 2,
          firstSeen: iso(startMs),
          lastSeen: iso(clock.nowMs),
        }),
        expect.objectContaining({ client: "board", count: 1, firstSeen: iso(clock.nowMs) }),
      ],
    });
    expect(problems).toEqual([]);
  });

  it("is written every interval; after a run that did not end in order, `since` is now and all else as it was written", async () => {
    await using directory = await temporaryDirectory();
    const { clock, open, ask } = harness(directory.path);
    await using crashing = await open(10);
    ask(crashing, "desk");
    const file = join(directory.path, "use.json");
    while (!(await readFile(file, "utf8")).includes("desk")) await sleep(5);
    clock.nowMs += 1_000_000;
    await using use = await open();
    expect(use.report()).toMatchObject({
      since: iso(clock.nowMs),
      operations: [{ client: "desk", count: 1 }],
    });
  });

  it("has a gap where a run recorded nothing", async () => {
    await using directory = await temporaryDirectory();
    const { problems, clock, open, ask } = harness(directory.path);
    {
      await using use = await open();
      ask(use, "desk");
    }
    await interruptUse({ failed: (problem) => problems.push(problem), directory: directory.path });
    clock.nowMs += 1_000_000;
    await using use = await open();
    expect(use.report()).toMatchObject({ since: iso(clock.nowMs), operations: [{ client: "desk" }] });
    expect(problems).toEqual([]);
  });

  it("begins anew where what was kept cannot be read, and says so", async () => {
    await using directory = await temporaryDirectory();
    const { problems, open } = harness(directory.path);
    await writeFile(join(directory.path, "use.json"), '{ "since": "2026-11-01T00:00:00.000Z", "operatio');
    await using use = await open();
    expect(use.report()).toEqual({ since: iso(startMs), forgotten: 0, operations: [] });
    expect(problems).toEqual([expect.stringContaining("JSON")]);
  });

  it("tells where nothing can be written, and goes on", async () => {
    await using directory = await temporaryDirectory();
    const place = join(directory.path, "file");
    await writeFile(place, "");
    const { problems, open, ask } = harness(place);
    {
      await using use = await open();
      ask(use, "desk");
      expect(use.report().operations).toHaveLength(1);
    }
    expect(problems.length).toBeGreaterThan(0);
  });

  it("leaves one file, which its owner alone may read and which is a use report", async () => {
    await using directory = await temporaryDirectory();
    const { open, ask } = harness(directory.path);
    {
      await using use = await open();
      ask(use, "desk");
    }
    expect(await readdir(directory.path)).toEqual(["use.json"]);
    const file = join(directory.path, "use.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const report = useReportSchema.parse(JSON.parse(await readFile(file, "utf8")));
    expect(report).toMatchObject({ since: iso(startMs), forgotten: 0, operations: [{ client: "desk" }] });
  });
});
