// The section `registry` of mesh.yaml: what it may say, and what the environment says in its place.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readConfig } from "../../gateway/read-config.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";

afterEach(() => vi.unstubAllEnvs());

/** The section as a mesh file in a folder of its own reads it. */
async function read(section: string) {
  await using directory = await temporaryDirectory();
  const file = join(directory.path, "mesh.yaml");
  await writeFile(file, section);
  const { registry, subgraphs } = await readConfig(file);
  return { registry, subgraphs, path: directory.path };
}

const url = "postgres://ada:secret@db.example.org/mesh";

describe("a mesh with a registry", () => {
  it("needs no subgraphs, and has one variant and its neighbours' addresses unless told otherwise", async () => {
    const { registry, subgraphs, path } = await read("registry:\n  folder: deep/registry\n");
    expect(subgraphs).toEqual([]);
    expect(registry).toEqual({
      folder: join(path, "deep/registry"),
      variants: ["current"],
      allow: ["loopback", "private"],
    });
  });

  it("may be in PostgreSQL, whose URL may stand in the environment", async () => {
    expect((await read(`registry:\n  postgres: ${url}\n`)).registry?.postgres).toBe(url);
    vi.stubEnv("WEFT_REGISTRY_POSTGRES", url);
    expect((await read("registry: {}\n")).registry?.postgres).toBe(url);
  });

  it("is where the file says, whatever the environment says", async () => {
    vi.stubEnv("WEFT_REGISTRY_POSTGRES", url);
    const { registry, path } = await read("registry: { folder: r }\n");
    expect(registry).toMatchObject({ folder: join(path, "r") });
    expect(registry?.postgres).toBeUndefined();
  });

  it.each([
    ["is nowhere", "registry: {}\n", /WEFT_REGISTRY_POSTGRES/],
    ["is in two places", `registry: { folder: r, postgres: "${url}" }\n`, /one of them/],
    ["is in another database", "registry: { postgres: mysql://x }\n", /postgres:\/\/…/],
    ["has no variant", "registry: { folder: r, variants: [] }\n", /variants/],
    ["has a variant twice", "registry: { folder: r, variants: [a, a] }\n", /each name once/],
    ["has a variant that is no route", "registry: { folder: r, variants: [A/b] }\n", /small letters/],
    ["allows what there is not", "registry: { folder: r, allow: [multicast] }\n", /allow/],
    ["says what is unknown", "registry: { folder: r, file: x }\n", /registry\.file is no key/],
  ])("is refused where it %s", async (_, section, says) => {
    vi.stubEnv("WEFT_REGISTRY_POSTGRES", "");
    const fault = await read(section).catch((failure) => failure);
    expect(fault).toMatchObject({ code: "CONFIG_INVALID" });
    expect(fault.message).toMatch(says);
    expect(fault.message).not.toContain("secret");
  });
});

it("a mesh without a registry needs a subgraph", async () => {
  await expect(read("server: { port: 0 }\n")).rejects.toThrow(/give at least one, or a `registry`/);
});
