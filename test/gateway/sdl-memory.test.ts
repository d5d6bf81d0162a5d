// The memory of SDLs on disk: whole or not at all, and never a reason not to start.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSdlMemory } from "../../gateway/federation/sdl-memory.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";

describe("the memory of SDLs", () => {
  it("is empty at first", async () => {
    await using directory = await temporaryDirectory();
    expect(await openSdlMemory(join(directory.path, "state")).recall()).toEqual(new Map());
  });

  it("recalls what another process kept, and makes the folder for it", async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, "deep", "state");
    const sdls = new Map([
      ["a", "type Query { ä: Int }"],
      ["constructor", "type Query { b: Int }"],
    ]);
    await openSdlMemory(path).keep(sdls);
    expect(await openSdlMemory(path).recall()).toEqual(sdls);
  });

  it("replaces what was kept", async () => {
    await using directory = await temporaryDirectory();
    const memory = openSdlMemory(directory.path);
    await memory.keep(
      new Map([
        ["a", "1"],
        ["b", "1"],
      ]),
    );
    await memory.keep(new Map([["a", "2"]]));
    expect(await memory.recall()).toEqual(new Map([["a", "2"]]));
  });

  it("leaves nothing but the file itself", async () => {
    await using directory = await temporaryDirectory();
    await openSdlMemory(directory.path).keep(new Map([["a", "1"]]));
    expect(await readdir(directory.path)).toEqual(["sdls.json"]);
  });

  it("is read whole at every moment while it is being written", async () => {
    await using directory = await temporaryDirectory();
    const memory = openSdlMemory(directory.path);
    const sdlOf = (turn: number) => new Map([["a", String(turn).repeat(200_000)]]);
    await memory.keep(sdlOf(0));
    let writing = true;
    const writer = (async () => {
      for (let turn = 1; turn < 10; turn++) await memory.keep(sdlOf(turn));
      writing = false;
    })();
    const lengths = new Set<number | undefined>();
    while (writing) lengths.add((await memory.recall()).get("a")?.length);
    await writer;
    expect([...lengths]).toEqual([200_000]);
  });

  it.each([
    ["an empty file", ""],
    ["half a file", '{"sdls":{"a":"type Qu'],
    ["another format", '{"version":2}'],
    ["values that are no SDL", '{"sdls":{"a":1}}'],
    ["a list", "[]"],
  ])("takes %s for nothing", async (_, text) => {
    await using directory = await temporaryDirectory();
    await writeFile(join(directory.path, "sdls.json"), text);
    expect(await openSdlMemory(directory.path).recall()).toEqual(new Map());
  });

  it("takes a folder in its place for nothing", async () => {
    await using directory = await temporaryDirectory();
    await mkdir(join(directory.path, "sdls.json"));
    expect(await openSdlMemory(directory.path).recall()).toEqual(new Map());
  });
});
