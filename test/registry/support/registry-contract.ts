// What every registry does, whatever it is kept in.
import { describe, expect, it } from "vitest";
import type { Registry } from "../../../schema/registry/registry.ts";
import { draftOf, options, publish, urlOf } from "./drafts.ts";

/** @param open - a registry of its own each time; `again` opens the same one as another process would */
export function describeRegistry(
  open: () => Promise<AsyncDisposable & { readonly registry: Registry; readonly again: () => Registry }>,
): void {
  describe("a registry that nothing is in", () => {
    it("has no revision, no version and no history", async () => {
      await using opened = await open();
      const { registry } = opened;
      expect(await registry.newest("current", options)).toBe(0);
      expect(await registry.head("current", options)).toBeUndefined();
      expect(await registry.history("current", { ...options, limit: 10 })).toEqual([]);
      expect(await registry.version("a", "1.0.0", options)).toBeUndefined();
      expect(await registry.versions("a", options)).toEqual([]);
      await expect(registry.revision("current", 1, options)).rejects.toMatchObject({
        code: "REVISION_BROKEN",
      });
    });
  });

  describe("publishing", () => {
    it("adds a revision and its version, which another process reads", async () => {
      await using opened = await open();
      const adds = { name: "a", version: "1.0.0", sdl: "type Query { ä: Int }\r\n", contract: "kind: x\n" };
      const added = await opened.registry.append(draftOf(undefined, "a", "1.0.0", { adds }), options);
      expect(added).toEqual({
        variant: "current",
        number: 1,
        at: "2026-01-02T03:04:05.678Z",
        by: "Ada <ada@example.org>",
        action: { kind: "published", name: "a", version: "1.0.0" },
        products: { a: { version: "1.0.0", url: urlOf("a") } },
      });
      await using other = opened.again();
      expect(await other.head("current", options)).toEqual(added);
      expect(await other.revision("current", 1, options)).toEqual(added);
      expect(await other.newest("current", options)).toBe(1);
      expect(await other.version("a", "1.0.0", options)).toEqual(adds);
    });

    it("makes each revision from the one before, and forgets none", async () => {
      await using opened = await open();
      const { registry } = opened;
      await publish(registry, "a", "1.0.0");
      await publish(registry, "b", "1.0.0");
      await publish(registry, "a", "1.1.0");
      const history = await registry.history("current", { ...options, limit: 10 });
      expect(history.map(({ number }) => number)).toEqual([3, 2, 1]);
      expect(history.map(({ products }) => Object.keys(products).sort().join())).toEqual(["a,b", "a,b", "a"]);
      expect(await registry.history("current", { ...options, limit: 1 })).toEqual(history.slice(0, 1));
      expect(await registry.head("current", options)).toEqual(history[0]);
    });

    it("keeps variants apart, and versions together", async () => {
      await using opened = await open();
      const { registry } = opened;
      await publish(registry, "a", "1.0.0");
      await publish(registry, "a", "2.0.0", { variant: "next" });
      expect((await registry.head("current", options))?.products.a?.version).toBe("1.0.0");
      expect((await registry.head("next", options))?.products.a?.version).toBe("2.0.0");
      expect(await registry.newest("next", options)).toBe(1);
      expect(await registry.versions("a", options)).toEqual(["2.0.0", "1.0.0"]);
    });

    it("lists versions by their order, not as texts", async () => {
      await using opened = await open();
      const { registry } = opened;
      for (const version of ["1.9.0", "1.10.0", "1.10.0-rc.1"]) await publish(registry, "a", version);
      expect(await registry.versions("a", options)).toEqual(["1.10.0", "1.10.0-rc.1", "1.9.0"]);
    });

    it("takes the same version again, and in another variant", async () => {
      await using opened = await open();
      const { registry } = opened;
      await publish(registry, "a", "1.0.0");
      await publish(registry, "a", "1.0.0");
      await publish(registry, "a", "1.0.0", { variant: "next" });
      expect(await registry.newest("current", options)).toBe(2);
    });

    it.each([
      ["another schema", { sdl: "type Query { b: Int }" }],
      ["another contract", { sdl: "type Query { a: Int }", contract: "kind: y\n" }],
    ])("refuses a version that is taken, with %s, and adds no revision", async (_, content) => {
      await using opened = await open();
      const { registry } = opened;
      const first = { name: "a", version: "1.0.0", sdl: "type Query { a: Int }" };
      await publish(registry, "a", "1.0.0", { adds: first });
      const again = publish(registry, "a", "1.0.0", { adds: { ...first, ...content } });
      await expect(again).rejects.toMatchObject({ code: "VERSION_TAKEN", status: 409 });
      expect(await registry.newest("current", options)).toBe(1);
      expect(await registry.version("a", "1.0.0", options)).toEqual(first);
    });

    it("refuses a revision that is made from an older one", async () => {
      await using opened = await open();
      const { registry } = opened;
      const first = await publish(registry, "a", "1.0.0");
      await publish(registry, "b", "1.0.0");
      for (const after of [0, 1, 3, 7])
        await expect(registry.append(draftOf(first, "c", "1.0.0", { after }), options)).rejects.toMatchObject(
          { code: "REGISTRY_MOVED" },
        );
      expect(await registry.newest("current", options)).toBe(2);
    });

    it("lets one of many at once in, and tells the others", async () => {
      await using opened = await open();
      const registries = Array.from({ length: 8 }, opened.again);
      const settled = await Promise.allSettled(
        registries.map((registry, i) => registry.append(draftOf(undefined, `p${i}`, "1.0.0"), options)),
      );
      const codes = settled.map((each) => (each.status === "fulfilled" ? "in" : each.reason.code)).sort();
      expect(codes).toEqual([...Array<string>(7).fill("REGISTRY_MOVED"), "in"]);
      const head = await opened.registry.head("current", options);
      expect(head?.number).toBe(1);
      expect(Object.keys(head?.products ?? {})).toHaveLength(1);
      for (const registry of registries) await registry[Symbol.asyncDispose]();
    });

    it("loses nobody's revision while many publish and try again", async () => {
      await using opened = await open();
      const publishers = Array.from({ length: 4 }, async (_, i) => {
        await using registry = opened.again();
        for (let version = 1; version <= 5; version++)
          for (;;) {
            const done = await publish(registry, `p${i}`, `${version}.0.0`).catch((failure) => failure);
            if (!(done instanceof Error)) break;
            expect(done).toMatchObject({ code: "REGISTRY_MOVED" });
          }
      });
      await Promise.all(publishers);
      const history = await opened.registry.history("current", { ...options, limit: 100 });
      expect(history.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => 20 - i));
      const last = Object.values(history[0]?.products ?? {}).map(({ version }) => version);
      expect(last).toEqual(["5.0.0", "5.0.0", "5.0.0", "5.0.0"]);
    });
  });

  describe("names", () => {
    it.each([
      ["a variant", { variant: "../etc" }],
      ["a variant of capitals", { variant: "Current" }],
      ["a product", { adds: { name: "../../a", version: "1.0.0", sdl: "x" } }],
      ["a version", { adds: { name: "a", version: "../1", sdl: "x" } }],
      ["a version that is not written in full", { adds: { name: "a", version: "1.0", sdl: "x" } }],
    ])("%s that is none is refused before anything is written", async (_, overrides) => {
      await using opened = await open();
      const draft = draftOf(undefined, "a", "1.0.0", overrides);
      await expect(opened.registry.append(draft, options)).rejects.toMatchObject({ code: "NAME_INVALID" });
      expect(await opened.registry.newest("current", options)).toBe(0);
    });

    it("may be those that objects have", async () => {
      await using opened = await open();
      await publish(opened.registry, "constructor", "1.0.0");
      const head = await opened.registry.head("current", options);
      expect(Object.keys(head?.products ?? {})).toEqual(["constructor"]);
    });
  });

  it("does nothing for one who has gone away", async () => {
    await using opened = await open();
    const gone = { signal: AbortSignal.abort(new Error("gone")) };
    await expect(opened.registry.head("current", gone)).rejects.toThrow("gone");
    await expect(opened.registry.append(draftOf(undefined, "a", "1.0.0"), gone)).rejects.toThrow("gone");
    expect(await opened.registry.newest("current", options)).toBe(0);
  });
}
