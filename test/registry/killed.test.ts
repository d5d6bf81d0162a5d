// Processes that publish and are killed at random moments: the registry is whole after each, and nobody waits for the dead.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import { seeded } from "../remember/support/seeded.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { options, publish } from "./support/drafts.ts";

const seed = 20_260_301;
const kills = 15;
const livesMsMax = 60;

const built = new URL("../../dist/schema/registry/folder-registry.js", import.meta.url);

/** Publishes as fast as it can, version after version, until it ends; a line for each that is done. */
const publisher = `
import { openFolderRegistry } from ${JSON.stringify(built.href)};
const [folder, name] = process.argv.slice(1);
const registry = openFolderRegistry({}, folder);
const options = { signal: new AbortController().signal };
console.log("begun");
for (let turn = 0; ; turn++) {
  const head = await registry.head("current", options);
  const version = turn + ".0." + process.pid;
  await registry.append({
    variant: "current", at: new Date().toISOString(), by: name, after: head?.number ?? 0,
    action: { kind: "published", name, version },
    products: { ...head?.products, [name]: { version, url: "http://127.0.0.1:4001/" } },
    adds: { name, version, sdl: "type Query { a: Int } # " + version.repeat(2_000), contract: version.repeat(500) },
  }, options).then((revision) => console.log(revision.number), (failure) => {
    if (failure.code !== "REGISTRY_MOVED") throw failure;
  });
}
`;

it(`${kills} times, with two at work at once`, async () => {
  if (!existsSync(fileURLToPath(built)))
    throw new Error("dist/ is missing: run `npm run build:server` first.");
  await using directory = await temporaryDirectory();
  const random = seeded(seed);
  const registry = openFolderRegistry({}, directory.path);
  const children: ChildProcess[] = [];
  const said: string[] = [];
  const start = async (name: string) => {
    const args = ["--input-type=module", "-e", publisher, directory.path, name];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    const lines = createInterface(child.stdout).on("line", (line) => said.push(line));
    await once(lines, "line");
    return child;
  };
  try {
    const steady = await start("steady");
    for (let turn = 0; turn < kills; turn++) {
      const child = await start(`doomed${turn % 3}`);
      await sleep(random() * livesMsMax);
      child.kill("SIGKILL");
      await once(child, "exit");
      const [newest] = await registry.history("current", { ...options, limit: 1 });
      for (const [name, { version }] of Object.entries(newest?.products ?? {}))
        expect((await registry.version(name, version, options))?.version).toBe(version);
    }
    steady.kill("SIGKILL");
    await once(steady, "exit");
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
  // Each revision is there and readable, one after the other; so is every version that any of them ever named.
  const newest = await registry.newest("current", options);
  const history = await registry.history("current", { ...options, limit: newest + 1 });
  expect(history.map(({ number }) => number)).toEqual(Array.from({ length: newest }, (_, i) => newest - i));
  for (const { action } of history)
    if (action.kind === "published")
      expect(await registry.version(action.name, action.version, options)).toBeDefined();
  // Whoever was told that it is done, it is done for.
  const told = said.filter((line) => /^\d+$/.test(line)).map(Number);
  expect(new Set(told).size).toBe(told.length);
  expect(Math.max(...told)).toBeLessThanOrEqual(newest);
  expect(newest).toBeGreaterThan(kills);
  expect((await publish(registry, "after", "1.0.0")).number).toBe(newest + 1);
}, 120_000);
