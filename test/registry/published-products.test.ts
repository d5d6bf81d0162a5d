// What a gateway reads of a registry: faults that name the place, and nothing read twice.
import { describe, expect, it } from "vitest";
import { nothingPublished, openPublishedProducts } from "../../gateway/federation/published-products.ts";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import { openPinnedAddresses } from "../../schema/registry/pinned-addresses.ts";
import type { Registry } from "../../schema/registry/registry.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { options, publish } from "./support/drafts.ts";

async function open(overrides: (registry: Registry) => Partial<Registry> = () => ({})) {
  const directory = await temporaryDirectory();
  const folder = openFolderRegistry({}, `${directory.path}/registry`);
  const pins = openPinnedAddresses({}, ["loopback"]);
  const registry = { ...folder, ...overrides(folder) };
  const place = { variant: "current", directory: `${directory.path}/state`, sdlBytesMax: 1_000 };
  return {
    registry: folder,
    products: openPublishedProducts({ registry, pins }, place),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

const nothing = { known: nothingPublished, served: 0 };

describe("what is published", () => {
  it("is read once for each version, and not at all while nothing is new", async () => {
    const read: string[] = [];
    await using opened = await open((folder) => ({
      version: (name, version, given) => {
        read.push(`${name} ${version}`);
        return folder.version(name, version, given);
      },
    }));
    const { registry, products } = opened;
    expect(await products.load(nothing, options)).toBeUndefined();
    await publish(registry, "a", "1.0.0");
    const first = await products.load(nothing, options);
    expect(first).toMatchObject({ number: 1, products: [{ name: "a", version: "1.0.0" }] });
    const held = { known: first ?? nothingPublished, served: 1 };
    expect(await products.load(held, options)).toBeUndefined();
    await publish(registry, "b", "1.0.0");
    expect(await products.load(held, options)).toMatchObject({ number: 2 });
    expect(read).toEqual(["a 1.0.0", "b 1.0.0"]);
  });

  it("is remembered as it was", async () => {
    await using opened = await open();
    await publish(opened.registry, "a", "1.0.0");
    const revision = (await opened.products.load(nothing, options)) ?? nothingPublished;
    expect(await opened.products.recall()).toBeUndefined();
    await opened.products.keep(revision);
    expect(await opened.products.recall()).toEqual(revision);
  });

  it("that does not come in time is a fault of the registry, which names it", async () => {
    await using opened = await open(() => ({
      newest: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    }));
    const { products, registry } = opened;
    const fault = await products
      .load(nothing, { signal: AbortSignal.timeout(10) })
      .catch((failure) => failure);
    expect(fault).toMatchObject({ code: "REGISTRY_UNREACHABLE" });
    expect(fault.message).toContain(registry.place);
    expect(fault.message).toContain("timeout");
  });
});
