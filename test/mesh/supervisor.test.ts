// `weft up`, on the two smallest products: its ports, its restarts and its end.
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deadUrl, httpServer } from "../gateway/support/http-server.ts";
import { askGateway } from "../gateway/support/test-gateway.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { type WeftProcess, weftProcess } from "../setup/weft-process.ts";
import { writeMeshConfig } from "../setup/write-mesh-config.ts";
import { alive, childrenOf } from "./support/processes.ts";

type Up = AsyncDisposable & { readonly weft: WeftProcess; readonly ready: () => Promise<string> };

async function up(env: Readonly<Record<string, string>>, portOf?: (product: string) => number): Promise<Up> {
  const directory = await temporaryDirectory();
  const products = ["airports", "places"];
  const file = await writeMeshConfig(directory.path, { products, ...(portOf && { portOf }) });
  const weft = weftProcess(["up", "--config", file], { env });
  return {
    weft,
    ready: async () => (await weft.said(/^Weft is ready at (\S+)$/))[1] as string,
    [Symbol.asyncDispose]: async () => {
      await weft[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

const question = '{ airports_by_pk(iata: "SFO") { state { name } } }';
const answer = '{"data":{"airports_by_pk":{"state":{"name":"California"}}}}';
const portOf = (url: string) => Number(new URL(url).port);

describe("the ports of a mesh", () => {
  it("are those that it was told, WEFT_PORT for the gateway", async () => {
    const [gateway, airports, places] = [await deadUrl(), await deadUrl(), await deadUrl()].map(portOf);
    await using mesh = await up({ WEFT_PORT: String(gateway) }, (name) =>
      Number(name === "airports" ? airports : places),
    );
    expect(await mesh.ready()).toBe(`http://127.0.0.1:${gateway}`);
    await mesh.weft.said(
      new RegExp(`^airports \\| listening at http://127\\.0\\.0\\.1:${airports}/graphql$`),
    );
    await mesh.weft.said(new RegExp(`^places   \\| listening at http://127\\.0\\.0\\.1:${places}/graphql$`));
    const [, admin] = await mesh.weft.said(/^What it remembers is shown at (\S+)$/);
    expect(await (await fetch(`${admin}/admin/cache`)).json()).toMatchObject({ enabled: true });
  });

  it("are others where these are taken, and the mesh is whole all the same", async () => {
    await using one = await httpServer(() => {});
    await using other = await httpServer(() => {});
    const [gateway, airports] = [portOf(one.url), portOf(other.url)];
    // What HOST says to this shell is nothing to the products.
    await using mesh = await up({ WEFT_PORT: String(gateway), HOST: "weft.invalid" }, (name) =>
      name === "airports" ? airports : 0,
    );
    const url = await mesh.ready();
    expect(portOf(url)).not.toBe(gateway);
    expect((await askGateway(url, question)).text).toBe(answer);
    expect([...one.received, ...other.received]).toEqual([]);
  });

  it("may be of those below 1024, which are others where they are not allowed", async () => {
    await using mesh = await up({ WEFT_PORT: "1023" });
    expect((await askGateway(await mesh.ready(), question)).text).toBe(answer);
  });

  it("are no words: one line, and status 1", async () => {
    await using mesh = await up({ WEFT_PORT: "http" });
    expect(await mesh.weft.ended).toEqual({ code: 1, signal: null });
    expect(mesh.weft.errors.join("\n")).toMatch(/^CONFIG_INVALID: .*\n +WEFT_PORT http: give a number/);
    expect(mesh.weft.output).toEqual([]);
  });
});

describe("a process of the mesh that dies", () => {
  let mesh: Up;
  beforeAll(async () => {
    mesh = await up({ WEFT_PORT: "0" });
  });
  afterAll(() => mesh[Symbol.asyncDispose]());

  it.each([
    ["airports", /subgraphs\/airports\/main\.js/],
    ["gateway", /cli\/main\.js serve/],
  ])("is started again, which is said, and the mesh is whole again: %s", async (name, command) => {
    const url = await mesh.ready();
    const before = await childrenOf(mesh.weft.pid);
    expect(before).toHaveLength(3);
    const { pid } = before.find((child) => command.test(child.command)) ?? {};
    process.kill(pid as number, "SIGKILL");
    await mesh.weft.said(new RegExp(`^${name} +\\| died \\(SIGKILL\\); starting it again in 250 ms$`));
    await vi.waitFor(async () => expect((await askGateway(url, question)).text).toBe(answer), {
      timeout: 15_000,
      interval: 100,
    });
    const after = await childrenOf(mesh.weft.pid);
    expect(after).toHaveLength(3);
    expect(after.filter((child) => before.every((one) => one.pid !== child.pid))).toMatchObject([
      { command: expect.stringMatching(command) },
    ]);
  });
});

describe("the end of a mesh", () => {
  it.each([
    "SIGINT",
    "SIGTERM",
  ] as const)("by %s is the end of all its processes within 5 s", async (signal) => {
    await using mesh = await up({ WEFT_PORT: "0" });
    await mesh.ready();
    const children = await childrenOf(mesh.weft.pid);
    expect(children).toHaveLength(3);
    const startedMs = performance.now();
    mesh.weft.end(signal);
    expect(await mesh.weft.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(await alive(children)).toEqual([]);
    expect(mesh.weft.output.filter((line) => line.includes("died"))).toEqual([]);
  });

  it("may come before it is ready", async () => {
    await using mesh = await up({ WEFT_PORT: "0" });
    await mesh.weft.said(/loading data/);
    const children = await childrenOf(mesh.weft.pid);
    mesh.weft.end("SIGINT");
    expect(await mesh.weft.ended).toEqual({ code: 0, signal: null });
    expect(await alive(children)).toEqual([]);
    expect(mesh.weft.output.join("\n")).not.toContain("ready at");
  });

  it("by force is the end of its processes as well", async () => {
    await using mesh = await up({ WEFT_PORT: "0" });
    await mesh.ready();
    const children = await childrenOf(mesh.weft.pid);
    mesh.weft.end("SIGKILL");
    await vi.waitFor(async () => expect(await alive(children)).toEqual([]), {
      timeout: 5_000,
      interval: 50,
    });
  });
});
