// The registry as a folder: what every registry does, and what only files can do wrong.
import { mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { draftOf, options, publish } from "./support/drafts.ts";
import { describeRegistry } from "./support/registry-contract.ts";

async function open() {
  const directory = await temporaryDirectory();
  const folder = join(directory.path, "deep", "registry");
  const again = () => openFolderRegistry({}, folder);
  return {
    folder,
    registry: again(),
    again,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

describeRegistry(open);

describe("the folder", () => {
  it("is laid out for people and for git", async () => {
    await using opened = await open();
    const adds = { name: "a", version: "1.0.0", sdl: "type Query { a: Int }\n", contract: "kind: x\n" };
    await opened.registry.append(draftOf(undefined, "a", "1.0.0", { adds }), options);
    const files = (await readdir(opened.folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(opened.folder.length + 1));
    expect(files.sort()).toEqual([
      ".gitattributes",
      "products/a/1.0.0/contract.odcs.yaml",
      "products/a/1.0.0/product.json",
      "products/a/1.0.0/schema.graphql",
      "variants/current/000001.json",
    ]);
    expect(await readFile(join(opened.folder, "products/a/1.0.0/schema.graphql"), "utf8")).toBe(adds.sdl);
    expect(await readFile(join(opened.folder, "variants/current/000001.json"), "utf8")).toBe(`{
  "variant": "current",
  "number": 1,
  "at": "2026-01-02T03:04:05.678Z",
  "by": "Ada <ada@example.org>",
  "action": {
    "kind": "published",
    "name": "a",
    "version": "1.0.0"
  },
  "products": {
    "a": {
      "version": "1.0.0",
      "url": "http://127.0.0.1:4001/a"
    }
  }
}
`);
  });

  it("sweeps what a process left that died, and not what one is writing", async () => {
    await using opened = await open();
    const drafts = join(opened.folder, ".drafts");
    await mkdir(join(drafts, "old", "version"), { recursive: true });
    await mkdir(join(drafts, "new"), { recursive: true });
    await utimes(join(drafts, "old"), new Date(0), new Date(0));
    await publish(opened.registry, "a", "1.0.0");
    expect(await readdir(drafts)).toEqual(["new"]);
  });

  it("says where it should be when there is a file", async () => {
    await using directory = await temporaryDirectory();
    const folder = join(directory.path, "registry");
    await writeFile(folder, "");
    const registry = openFolderRegistry({}, folder);
    const fault = await publish(registry, "a", "1.0.0").catch((failure) => failure);
    expect(fault).toMatchObject({ code: "REGISTRY_UNREACHABLE" });
    expect(fault.message).toContain(folder);
  });
});

describe("files that others changed", () => {
  it.each([
    ["is no JSON", "{", /it is no JSON/],
    ["is half written", '{ "variant": "current", "num', /it is no JSON/],
    ["is of another shape", "{}", /variant/],
    ["is another's", '{"variant":"next","number":2', /it is no JSON/],
    [
      "names a product in a way that leads out of the folder",
      JSON.stringify({
        ...draftOf(undefined, "a", "1.0.0"),
        number: 2,
        products: { "../a": { version: "1.0.0", url: "http://a" } },
      }),
      /products/,
    ],
    [
      "has a URL of a file",
      JSON.stringify({
        ...draftOf(undefined, "a", "1.0.0"),
        number: 2,
        products: { a: { version: "1.0.0", url: "file:///etc/passwd" } },
      }),
      /products\.a\.url/,
    ],
  ])("a newest revision that %s is broken, and the one after it takes its place", async (_, text, says) => {
    await using opened = await open();
    const { registry, folder } = opened;
    const first = await publish(registry, "a", "1.0.0");
    await writeFile(join(folder, "variants/current/000002.json"), text);
    expect(await registry.newest("current", options)).toBe(2);
    const broken = await registry.head("current", options).catch((failure) => failure);
    expect(broken).toMatchObject({ code: "REVISION_BROKEN" });
    expect(broken.message).toMatch(says);
    expect(await registry.history("current", { ...options, limit: 10 })).toEqual([first]);
    const third = await registry.append(draftOf(first, "b", "1.0.0", { after: 2 }), options);
    expect(await registry.head("current", options)).toEqual(third);
  });

  it.each([
    ["schema.graphql", "type Query { b: Int }"],
    ["contract.odcs.yaml", "kind: y"],
    ["product.json", "{}"],
    ["product.json", "{"],
  ])("a version whose %s is %s is no version", async (file, text) => {
    await using opened = await open();
    const { registry, folder } = opened;
    await publish(registry, "a", "1.0.0");
    await writeFile(join(folder, "products/a/1.0.0", file), text);
    await expect(registry.version("a", "1.0.0", options)).rejects.toMatchObject({ code: "VERSION_BROKEN" });
  });

  it.each(["schema.graphql", "product.json"])("a version without its %s is no version", async (file) => {
    await using opened = await open();
    const { registry, folder } = opened;
    await publish(registry, "a", "1.0.0");
    await rm(join(folder, "products/a/1.0.0", file));
    await expect(registry.version("a", "1.0.0", options)).rejects.toMatchObject({ code: "VERSION_BROKEN" });
  });

  it("other files between the revisions count for nothing", async () => {
    await using opened = await open();
    const { registry, folder } = opened;
    await publish(registry, "a", "1.0.0");
    for (const name of ["9.json", "000000.json", "000009.json~", "README.md", ".000009.json.swp"])
      await writeFile(join(folder, "variants/current", name), "");
    expect(await registry.newest("current", options)).toBe(1);
  });
});
