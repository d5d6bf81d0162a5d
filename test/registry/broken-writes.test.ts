// Publishing that breaks off: at each thing that it does to files, by failing or by dying, the registry stays whole.
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import type { Registry } from "../../schema/registry/registry.ts";
import { type RegistryFiles, registryFiles } from "../../schema/registry/registry-files.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { draftOf, options, publish } from "./support/drafts.ts";

/**
 * How the k-th operation ends. fails: it throws and did nothing. fails late: it was done, and throws. dies, dies late: as
 * these, and nothing is heard of the process any more. half: a file is written by half, and the process dies.
 */
const ends = ["fails", "fails late", "dies", "dies late", "half"] as const;
type End = (typeof ends)[number];

type Breaking = { readonly files: RegistryFiles; readonly broke: Promise<void>; readonly done: () => number };

/** @param turn - the operation that breaks, from 0 on; each one after a death never returns either */
function breaking(turn: number, end: End): Breaking {
  let count = 0;
  let isDead = false;
  let tell = () => {};
  const broke = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const never = () => {
    isDead = true;
    tell();
    return new Promise<never>(() => {});
  };
  const breakable =
    <Args extends readonly unknown[]>(
      work: (...args: Args) => Promise<void>,
      half?: (...args: Args) => Promise<void>,
    ) =>
    async (...args: Args): Promise<void> => {
      if (isDead) return never();
      if (count++ !== turn) return work(...args);
      if (end === "fails late" || end === "dies late") await work(...args);
      if (end === "half") await half?.(...args);
      if (end === "fails" || end === "fails late") {
        tell();
        throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      }
      return never();
    };
  const files: RegistryFiles = {
    makeFolder: breakable(registryFiles.makeFolder),
    writeFile: breakable(registryFiles.writeFile, (path, text) =>
      writeFile(path, text.slice(0, text.length / 2)),
    ),
    moveFolder: breakable(registryFiles.moveFolder),
    nameFile: breakable(registryFiles.nameFile),
    settle: breakable(registryFiles.settle),
    remove: breakable(registryFiles.remove),
  };
  return { files, broke, done: () => count };
}

const second = { name: "b", version: "1.0.0", sdl: "type Query { b: Int }", contract: "kind: x" };

/** All that can be read, read: throws where anything is half there. */
async function readWhole(registry: Registry) {
  const history = await registry.history("current", { ...options, limit: 100 });
  expect(history).toHaveLength(await registry.newest("current", options));
  for (const { products } of history)
    for (const [name, { version }] of Object.entries(products))
      expect(await registry.version(name, version, options)).toBeDefined();
  for (const version of await registry.versions("b", options))
    expect(await registry.version("b", version, options)).toEqual(second);
  return history;
}

/** How many operations one publishing is, on a registry that has a revision already. */
async function operationsOfOne(): Promise<number> {
  await using directory = await temporaryDirectory();
  const first = await publish(openFolderRegistry({}, directory.path), "a", "1.0.0");
  const { files, done } = breaking(-1, "fails");
  await openFolderRegistry({ files }, directory.path).append(
    draftOf(first, "b", "1.0.0", { adds: second }),
    options,
  );
  return done();
}

const operations = await operationsOfOne();
const turns = Array.from({ length: operations }, (_, turn) => turn);

describe.each(ends)("where an operation %s", (end) => {
  it.each(turns)(`is number %i of ${operations}`, async (turn) => {
    await using directory = await temporaryDirectory();
    const registry = openFolderRegistry({}, directory.path);
    const first = await publish(registry, "a", "1.0.0");
    const { files, broke } = breaking(turn, end);
    const draft = draftOf(first, "b", "1.0.0", { adds: second });
    const appending = openFolderRegistry({ files }, directory.path)
      .append(draft, options)
      .then(
        () => "done",
        (failure) => failure.code as string,
      );
    const outcome = await Promise.race([appending, broke.then(() => "broke")]);
    if (end.startsWith("fails") && outcome === "broke")
      expect(["done", "REGISTRY_UNREACHABLE"]).toContain(await appending);

    const history = await readWhole(registry);
    expect([1, 2]).toContain(history.length);
    if (history.length === 2) expect(history[0]).toMatchObject({ number: 2, products: draft.products });

    // Whoever tries again gets it done.
    const after = history.length;
    const again = await registry.append({ ...draft, after }, options);
    expect(again.number).toBe(after + 1);
    expect(await readWhole(registry)).toHaveLength(after + 1);
  });
});

it("counts the operations: a version of three files, and a revision", () => {
  expect(operations).toBeGreaterThan(12);
});

describe("drafts of a process that died", () => {
  it("are swept when they are old, wherever it died", async () => {
    for (const turn of turns) {
      await using directory = await temporaryDirectory();
      const first = await publish(openFolderRegistry({}, directory.path), "a", "1.0.0");
      const { files, broke } = breaking(turn, "dies late");
      void openFolderRegistry({ files }, directory.path).append(
        draftOf(first, "b", "1.0.0", { adds: second }),
        options,
      );
      await broke;
      const tomorrow = openFolderRegistry({ now: () => Date.now() + 86_400_000 }, directory.path);
      await publish(tomorrow, "c", "1.0.0");
      expect(await readdir(join(directory.path, ".drafts"))).toEqual([]);
    }
  });
});
