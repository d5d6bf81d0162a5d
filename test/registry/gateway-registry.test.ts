// A gateway that follows a registry: what it serves when, what it shows about it, and where its requests go.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { spoken } from "../../gateway/federation/compose-thread.ts";
import { type GatewayEvent, startGateway } from "../../gateway/main.ts";
import { compose } from "../../schema/compose/compose.ts";
import { openFolderRegistry } from "../../schema/registry/folder-registry.ts";
import type { Resolved } from "../../schema/registry/pinned-addresses.ts";
import type { Registry } from "../../schema/registry/registry.ts";
import { answerJson, httpServer } from "../gateway/support/http-server.ts";
import { planInPlace } from "../gateway/support/plan-in-place.ts";
import { askGateway } from "../gateway/support/test-gateway.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { options, publish } from "./support/drafts.ts";
import { sdlOf } from "./support/product-folder.ts";

type Options = {
  readonly variants?: readonly string[];
  readonly subgraphs?: readonly { readonly name: string; readonly url: string; readonly sdl: string }[];
  readonly resolve?: (host: string) => Promise<readonly Resolved[]>;
  readonly sdlBytesMax?: number;
  readonly cached?: boolean;
};

/** A folder for a registry and a gateway's state, and gateways on them. */
async function openPlace() {
  const directory = await temporaryDirectory();
  const folder = join(directory.path, "registry");
  const start = async ({
    variants = ["current"],
    subgraphs = [],
    resolve,
    sdlBytesMax,
    cached = false,
  }: Options = {}) => {
    const events: GatewayEvent[] = [];
    const config = configSchema.parse({
      subgraphs,
      registry: { folder, variants },
      server: { port: 0 },
      schema: {
        stateDirectory: join(directory.path, "state"),
        pollIntervalMs: 20,
        ...(sdlBytesMax && { sdlBytesMax }),
      },
      ...{ admin: { enabled: false }, console: { enabled: false }, cache: { enabled: cached } },
    });
    const gateway = await startGateway(
      {
        observe: (event) => events.push(event),
        compose: async (parts) => spoken(compose(parts)),
        openPlanner: planInPlace,
        ...(resolve && { resolve }),
      },
      config,
      { kind: "mesh" },
    );
    const health = async () => {
      const response = await fetch(`${gateway.url}/readyz`);
      return { status: response.status, ...((await response.json()) as Health) };
    };
    return {
      events,
      health,
      ask: (query: string, route = "") => askGateway(`${gateway.url}${route}`, query),
      /** Resolves when the health is as told. */
      shows: (expected: object) =>
        vi.waitFor(async () => expect(await health()).toMatchObject(expected), {
          timeout: 10_000,
          interval: 20,
        }),
      [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
    };
  };
  return {
    folder,
    registry: openFolderRegistry({}, folder),
    start,
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

type Health = {
  readonly ready: boolean;
  readonly revision?: number;
  readonly problems: readonly string[];
  readonly subgraphs: readonly object[];
  readonly variants?: readonly object[];
};

/** Answers every field with the last part of the path. */
const server = () =>
  httpServer((response, { path = "", body }) => {
    const said = path.split("/").at(-1);
    const { query } = JSON.parse(body) as { query: string };
    const asked = query.match(/\w+(?=[\s}])/g) ?? [];
    answerJson(response, { data: Object.fromEntries(asked.map((field) => [field, said])) });
  });

const place = (url: string, said: string) => new URL(`/${said}`, url).href;

/** `name` with one field of the same name, at an address that answers `said`. */
async function put(registry: Registry, url: string, name: string, version: string, variant = "current") {
  const head = await registry.head(variant, options).catch(() => undefined);
  const at = { version, url: place(url, version) };
  return publish(registry, name, version, {
    variant,
    sdl: `type Query { ${name}: String }\n# ${version}`,
    products: { ...head?.products, [name]: at },
  });
}

describe("a gateway of a registry", () => {
  it("starts with nothing, and serves each product from its first publishing on", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await using gateway = await opened.start();
    expect(await gateway.health()).toMatchObject({ status: 503, ready: false, revision: 0, problems: [] });
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await gateway.shows({
      ready: true,
      revision: 1,
      subgraphs: [{ name: "a", status: "live", version: "1.0.0" }],
    });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.0.0" });
    await put(opened.registry, subgraph.url, "a", "1.1.0");
    await put(opened.registry, subgraph.url, "b", "1.0.0");
    await gateway.shows({ revision: 3 });
    expect((await gateway.ask("{ a b }")).data).toEqual({ a: "1.1.0", b: "1.0.0" });
  });

  it("serves what is published beside what is configured, and of one name what is configured", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    const sdl = join(opened.folder, "..", "c.graphql");
    await writeFile(sdl, "type Query { c: String }");
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await put(opened.registry, subgraph.url, "c", "9.0.0");
    await using gateway = await opened.start({
      subgraphs: [{ name: "c", url: place(subgraph.url, "configured"), sdl }],
    });
    await gateway.shows({
      revision: 2,
      subgraphs: [
        { name: "c", status: "live" },
        { name: "a", status: "live" },
      ],
      problems: ["c is published, and configured too: the configured one is served."],
    });
    expect((await gateway.ask("{ a c }")).data).toEqual({ a: "1.0.0", c: "configured" });
  });

  it("serves each variant under its own route, and shows each", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await using gateway = await opened.start({ variants: ["current", "next"] });
    await gateway.shows({
      ready: true,
      variant: "current",
      revision: 1,
      variants: [{ variant: "next", ready: false, revision: 0 }],
    });
    expect((await gateway.ask("{ a }", "/next")).errors?.[0]?.extensions.code).toBe("NO_SUPERGRAPH");
    await put(opened.registry, subgraph.url, "a", "2.0.0", "next");
    await put(opened.registry, subgraph.url, "b", "2.0.0", "next");
    await gateway.shows({ variants: [{ variant: "next", ready: true, revision: 2 }] });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.0.0" });
    expect((await gateway.ask("{ a b }", "/next")).data).toEqual({ a: "2.0.0", b: "2.0.0" });
    expect((await gateway.ask("{ b }")).errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(gateway.events.filter((event) => "variant" in event && event.variant === "next")).not.toEqual([]);
  });
});

describe("variants that share a cache", () => {
  it("remember apart: one product at two addresses answers each variant as its own", async () => {
    await using opened = await openPlace();
    await using subgraph = await httpServer((response, { path = "" }) => {
      const total = Number(path.split("/").at(-1));
      answerJson(response, { data: { order: { __typename: "Order", id: "1", total } } });
    });
    for (const [variant, said] of [
      ["current", "1"],
      ["next", "2"],
    ] as const)
      await publish(opened.registry, "orders", "1.0.0", {
        variant,
        sdl: sdlOf("orders"),
        products: { orders: { version: "1.0.0", url: place(subgraph.url, said) } },
      });
    await using gateway = await opened.start({ variants: ["current", "next"], cached: true });
    await gateway.shows({ ready: true, variants: [{ ready: true }] });
    for (let turn = 0; turn < 3; turn++)
      for (const [route, total] of [
        ["", 1],
        ["/next", 2],
      ] as const)
        expect((await gateway.ask("{ order { id total } }", route)).data).toEqual({
          order: { id: "1", total },
        });
    expect(gateway.events.filter(({ kind }) => kind === "cache.answered").length).toBeGreaterThan(2);
    expect(subgraph.received.length).toBeLessThan(6);
  });
});

describe("a registry that is down", () => {
  it("costs nothing: what was served is served, and what went wrong is shown until it is back", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await using gateway = await opened.start();
    await gateway.shows({ revision: 1 });
    await rename(opened.folder, `${opened.folder}.gone`);
    await gateway.shows({
      ready: true,
      revision: 1,
      subgraphs: [{ name: "a", status: "last-known", reason: "REGISTRY_BEHIND", version: "1.0.0" }],
    });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.0.0" });
    await rename(`${opened.folder}.gone`, opened.folder);
    await gateway.shows({ revision: 1, problems: [], subgraphs: [{ status: "live" }] });
    const kinds = gateway.events.map(({ kind }) => kind).filter((kind) => kind.startsWith("registry."));
    expect(kinds).toEqual(["registry.lost", "registry.found"]);
  });

  it.each([
    ["gone", async (folder: string) => rename(folder, `${folder}.gone`)],
    [
      "a file",
      async (folder: string) => {
        await rename(folder, `${folder}.gone`);
        await writeFile(folder, "");
      },
    ],
    ["without its newest revision", (folder: string) => rm(join(folder, "variants/current/000002.json"))],
    ["broken", (folder: string) => writeFile(join(folder, "variants/current/000003.json"), "{")],
    ["without its versions", (folder: string) => rm(join(folder, "products"), { recursive: true })],
  ])("does not keep the gateway from starting with what it last served: it is %s", async (_, break_) => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await put(opened.registry, subgraph.url, "a", "1.1.0");
    {
      await using gateway = await opened.start();
      await gateway.shows({ revision: 2 });
    }
    await break_(opened.folder);
    await using gateway = await opened.start();
    await gateway.shows({ ready: true, revision: 2 });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.1.0" });
  });
});

describe("a registry that was begun anew", () => {
  it("is not followed by a gateway that runs, which says what to do", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await put(opened.registry, subgraph.url, "a", "1.1.0");
    await using gateway = await opened.start();
    await gateway.shows({ revision: 2 });
    await rm(opened.folder, { recursive: true });
    await put(opened.registry, subgraph.url, "b", "1.0.0");
    await gateway.shows({ revision: 2, problems: [expect.stringMatching(/revision\.json/)] });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.1.0" });
  });

  it("is read at the start, also where its newest revision has the number of the one that is remembered", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    {
      await using gateway = await opened.start();
      await gateway.shows({ revision: 1 });
    }
    await rm(opened.folder, { recursive: true });
    await put(opened.registry, subgraph.url, "b", "1.0.0");
    await using gateway = await opened.start();
    await gateway.shows({ revision: 1, subgraphs: [{ name: "b", status: "live" }] });
    expect((await gateway.ask("{ b }")).data).toEqual({ b: "1.0.0" });
  });
});

describe("a newest revision that cannot be served", () => {
  it("leaves the last good one, also where a configured subgraph changes meanwhile", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    const sdl = join(opened.folder, "..", "c.graphql");
    await writeFile(sdl, "type Query { c: String }");
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await using gateway = await opened.start({
      subgraphs: [{ name: "c", url: place(subgraph.url, "configured"), sdl }],
    });
    await gateway.shows({ revision: 1 });
    await publish(opened.registry, "b", "1.0.0", { sdl: "type Query { b: Nowhere }" });
    await vi.waitFor(async () => expect((await gateway.health()).problems.join()).toMatch(/Nowhere/), 10_000);
    expect(await gateway.health()).toMatchObject({
      revision: 1,
      subgraphs: [{ name: "c" }, { name: "a", status: "live" }, { name: "b", status: "missing" }],
    });
    await writeFile(sdl, "type Query { c: String d: String }");
    await vi.waitFor(async () => expect((await gateway.ask("{ a d }")).errors).toBeUndefined(), 10_000);
    expect(await gateway.health()).toMatchObject({
      revision: 1,
      problems: [expect.stringMatching(/Nowhere/)],
    });
    await put(opened.registry, subgraph.url, "b", "1.0.1");
    await gateway.shows({ revision: 3, problems: [] });
  });

  it("is one with a schema beyond the limit", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await using gateway = await opened.start({ sdlBytesMax: 10_000 });
    await gateway.shows({ revision: 1 });
    await publish(opened.registry, "b", "1.0.0", { sdl: `type Query { b: Int } #${" ".repeat(10_000)}` });
    await gateway.shows({ revision: 1, problems: [expect.stringMatching(/larger than 10000 bytes/)] });
  });

  it.each([
    ["cannot be read", (folder: string) => writeFile(join(folder, "variants/current/000002.json"), "{")],
    [
      "does not compose",
      async (folder: string) => {
        await publish(openFolderRegistry({}, folder), "b", "1.0.0", { sdl: "type Query { b: Nowhere }" });
      },
    ],
  ])("and %s is left by a rollback, which is served as a revision of its own", async (_, break_) => {
    await using opened = await openPlace();
    await using subgraph = await server();
    const first = await put(opened.registry, subgraph.url, "a", "1.0.0");
    await using gateway = await opened.start();
    await gateway.shows({ revision: 1, problems: [] });
    await break_(opened.folder);
    await gateway.shows({ revision: 1, problems: [expect.any(String)] });
    const { products } = first;
    const action = { kind: "rolled back", to: 1 } as const;
    const draft = { variant: "current", at: first.at, by: "Ada", action, products, after: 2 };
    await opened.registry.append(draft, options);
    await gateway.shows({ revision: 3, problems: [], subgraphs: [{ name: "a", status: "live" }] });
  });

  it("is passed over at the start of a gateway that remembers nothing: the last good one serves", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    await put(opened.registry, subgraph.url, "a", "1.1.0");
    await publish(opened.registry, "b", "1.0.0", { sdl: "type Query { b: Nowhere }" });
    await mkdir(join(opened.folder, "variants/current"), { recursive: true });
    await writeFile(join(opened.folder, "variants/current/000004.json"), "{");
    await using gateway = await opened.start();
    await gateway.shows({ ready: true, revision: 2 });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.1.0" });
    expect((await gateway.health()).problems.join()).toMatch(/Revision 4 of current cannot be read/);
  });
});

describe("a published address", () => {
  /** Two servers at one port: what a name leads to is what answers. */
  async function twoHosts() {
    const say = (said: string) => createServer((_, response) => answerJson(response, { data: { a: said } }));
    const [one, two] = [say("one"), say("two")];
    await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
    const { port } = one.address() as AddressInfo;
    await new Promise<void>((resolve) => two.listen(port, "127.0.0.2", resolve));
    return {
      port,
      /** Ends what connections there are. */
      cut: () => {
        one.closeAllConnections();
        two.closeAllConnections();
      },
      [Symbol.asyncDispose]: async () => {
        for (const each of [one, two]) {
          each.closeAllConnections();
          await new Promise((resolve) => each.close(resolve));
        }
      },
    };
  }

  it("leads where it led when it was published, whatever DNS says, until it is published anew", async () => {
    await using opened = await openPlace();
    await using hosts = await twoHosts();
    let address = "127.0.0.1";
    const resolve = async () => [{ address, family: 4 }];
    const url = `http://orders.example:${hosts.port}/graphql`;
    const put = (version: string) =>
      publish(opened.registry, "a", version, {
        sdl: `type Query { a: String } # ${version}`,
        products: { a: { version, url } },
      });
    await put("1.0.0");
    await using gateway = await opened.start({ resolve });
    await gateway.shows({ revision: 1 });
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "one" });
    address = "127.0.0.2";
    hosts.cut();
    for (let turn = 0; turn < 3; turn++) {
      const { data } = await gateway.ask("{ a }");
      expect(data).toEqual({ a: "one" });
      hosts.cut();
    }
    await put("1.0.1");
    await gateway.shows({ revision: 2 });
    hosts.cut();
    await vi.waitFor(async () => expect((await gateway.ask("{ a }")).data).toEqual({ a: "two" }), 10_000);
  });

  it("that leads where nothing may be is never taken, and never asked", async () => {
    await using opened = await openPlace();
    await using subgraph = await server();
    await put(opened.registry, subgraph.url, "a", "1.0.0");
    const resolve = async () => [{ address: "169.254.169.254", family: 4 }];
    await using gateway = await opened.start({ resolve });
    await gateway.shows({ revision: 1 });
    await publish(opened.registry, "b", "1.0.0", {
      products: { b: { version: "1.0.0", url: "http://metadata.example/" } },
    });
    await vi.waitFor(async () =>
      expect((await gateway.health()).problems.join()).toMatch(/metadata addresses/),
    );
    expect((await gateway.health()).revision).toBe(1);
    expect((await gateway.ask("{ a }")).data).toEqual({ a: "1.0.0" });
  });

  it("that redirects is not followed", async () => {
    await using opened = await openPlace();
    await using target = await server();
    await using redirecting = await httpServer((response) => {
      response.writeHead(307, { location: target.url }).end();
    });
    await publish(opened.registry, "a", "1.0.0", {
      sdl: "type Query { a: String }",
      products: { a: { version: "1.0.0", url: redirecting.url } },
    });
    await using gateway = await opened.start();
    await gateway.shows({ revision: 1 });
    const answer = await gateway.ask("{ a }");
    expect(answer.data).toEqual({ a: null });
    expect(redirecting.received).toHaveLength(1);
    expect(target.received).toHaveLength(0);
  });
});
