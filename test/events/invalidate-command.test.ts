// `weft invalidate` as a process, against a gateway's `/events/invalidate`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { weftProcess } from "../setup/weft-process.ts";
import {
  changeEvent,
  type EventsApp,
  eventsApp,
  remember,
  secretOf,
  structured,
} from "./support/events-app.ts";

const [secret, strangers] = [secretOf(1), secretOf(2)];
let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
let open: EventsApp;
let guarded: EventsApp;
beforeAll(async () => {
  folder = await temporaryDirectory();
  await writeFile(join(folder.path, "secret.txt"), `${secret}\n`);
  await writeFile(join(folder.path, "password.txt"), "hunter2\n");
  open = await eventsApp();
  guarded = await eventsApp({ events: { secrets: [secret] } });
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await guarded[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});
afterEach(() => {
  open.invalidated.length = 0;
  guarded.invalidated.length = 0;
});

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  await using weft = weftProcess(["invalidate", ...args], { cwd: folder.path, env });
  const { code } = await weft.ended;
  return { code, output: weft.output.join("\n"), errors: weft.errors.join("\n") };
}

describe("weft invalidate", () => {
  it("makes a gateway forget a product, or everything", async () => {
    const product = await run(["--product", "airports", "--gateway", open.url]);
    expect(product).toEqual({ code: 0, output: "forgotten: product airports", errors: "" });
    const all = await run(["--all", "--json", "--gateway", `${open.url}/`]);
    expect(all).toEqual({ code: 0, output: '{"invalidated":{"all":true}}', errors: "" });
    expect(open.invalidated).toEqual([
      { scope: "product", source: "airports" },
      { scope: "all", source: "" },
    ]);
  });

  it("makes it forget each of several keys", async () => {
    await open.post("/events", structured, JSON.stringify(changeEvent(1)));
    const there = await Promise.all(["SFO", "OAK", "JFK"].map((iata) => remember(open.store, iata)));
    const keys = ["--key", '{"iata":"SFO"}', '--key={"iata":"OAK"}'];
    const { code, output } = await run([
      ...["--product", "airports", "--entity", "Airport", "--gateway", open.url],
      ...keys,
    ]);
    expect([code, output]).toEqual([0, "forgotten: 2 of Airport of product airports"]);
    expect(await Promise.all(there.map((is) => is()))).toEqual([false, false, true]);
  });

  it("signs with the secret of a file, or of the environment", async () => {
    const asked = ["--all", "--gateway", guarded.url];
    expect((await run([...asked, "--secret-file", "secret.txt"])).code).toBe(0);
    expect((await run(asked, { WEFT_EVENTS_SECRET: secret })).code).toBe(0);
    expect(guarded.invalidated).toHaveLength(2);
  });

  it("ends with 2 where the gateway refuses", async () => {
    const asked = ["--all", "--gateway", guarded.url];
    const wrong = await run(asked, { WEFT_EVENTS_SECRET: strangers });
    expect(wrong).toMatchObject({ code: 2, output: "" });
    expect(wrong.errors).toContain("signature is wrong");
    expect((await run(asked)).errors).toContain("has no credentials");
    expect(guarded.invalidated).toEqual([]);
  });

  it.each([
    [[], "INVALIDATE_WHAT"],
    [["--all", "--product", "airports"], "INVALIDATE_WHAT"],
    [["--product", "airports", "--entity", "Airport"], "INVALIDATE_WHAT"],
    [["--product", "airports", "--key", '{"iata":"SFO"}'], "INVALIDATE_WHAT"],
    [["--product", "airports", "--entity", "Airport", "--key", "SFO"], "INVALIDATE_WHAT"],
    [["--all", "--secret-file", "nothing.txt"], "SECRET_UNUSABLE"],
    [["--all", "--secret-file", "password.txt"], "SECRET_UNUSABLE"],
    [["--all", "--gateway", "http://127.0.0.1:9"], "GATEWAY_UNREACHABLE"],
    [["--all", "--gateway", "nowhere"], "GATEWAY_UNREACHABLE"],
  ])("ends with 1 before anything is asked: %j", async (args, code) => {
    const ended = await run(args);
    expect(ended).toMatchObject({ code: 1, output: "" });
    expect(ended.errors).toMatch(new RegExp(`^${code}: `));
    expect(ended.errors).not.toContain("hunter2");
  });
});
