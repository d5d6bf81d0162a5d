// Loading a subgraph's SDL from real servers and files: what is read, and each way in which it is not.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadSdl, type SdlSource } from "../../../schema/registry/load-sdl.ts";

const sdlBytesMax = 4096;
const sdl = "type Query { flights: Int }";
const dispatcher = new Agent({ maxResponseSize: sdlBytesMax });
const closing: (() => Promise<void> | void)[] = [];
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "weft-sdl-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  await dispatcher.close();
  await rm(directory, { recursive: true });
});

/** A subgraph that answers as told; its URL. */
async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const load = (source: Partial<SdlSource>, signal = AbortSignal.timeout(5_000)) =>
  loadSdl({ dispatcher }, { name: "flights", url: "http://127.0.0.1:1/", ...source }, { signal });

/** The facts of the fault that loading raises. */
const refusal = async (source: Partial<SdlSource>, signal?: AbortSignal) => {
  const failure = await load(source, signal).then(
    () => undefined,
    (fault) => fault,
  );
  expect(failure).toMatchObject({ name: "Fault", audience: "operator" });
  return failure.extensions;
};

const answering = (status: number, type: string, body: string) =>
  serving((_, response) => response.writeHead(status, { "content-type": type }).end(body));
const json = (value: unknown) => answering(200, "application/json", JSON.stringify(value));

describe("from a subgraph", () => {
  it("is what `_service { sdl }` answers, asked by POST", async () => {
    let asked = "";
    const url = await serving(async (request, response) => {
      for await (const chunk of request) asked += `${chunk}`;
      asked = `${request.method} ${request.url} ${request.headers["content-type"]} ${asked}`;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data: { _service: { sdl } } }));
    });
    await expect(load({ url })).resolves.toBe(sdl);
    expect(asked).toBe('POST /graphql application/json {"query":"{ _service { sdl } }"}');
  });

  it.each([
    ["status 500", () => answering(500, "application/json", "{}"), "it answers with status 500"],
    ["status 404", () => answering(404, "text/plain", "no"), "it answers with status 404"],
    ["a redirect", () => answering(302, "text/plain", ""), "it answers with status 302"],
    ["HTML", () => answering(200, "text/html", "<!doctype html><p>Welcome"), /holds no SDL$/],
    ["nothing", () => answering(200, "application/json", ""), /holds no SDL$/],
    ["JSON of another kind", () => json([]), /holds no SDL$/],
    ["errors alone", () => json({ errors: [{ message: "Cannot query field _service" }] }), /holds no SDL$/],
    ["data without an SDL", () => json({ data: { _service: {} } }), /holds no SDL$/],
    ["an SDL that is null", () => json({ data: { _service: { sdl: null } } }), /holds no SDL$/],
    ["an empty SDL", () => json({ data: { _service: { sdl: "" } } }), /holds no SDL$/],
  ])("that answers with %s is refused", async (_, serve, problem) => {
    const url = await serve();
    expect(await refusal({ url })).toEqual({
      code: "SUBGRAPH_UNREACHABLE",
      subgraph: "flights",
      url,
      problem: expect.stringMatching(problem),
    });
  });

  it("that does not listen is refused with the reason", async () => {
    const url = await json({});
    for (const close of closing.splice(0)) await close();
    expect(await refusal({ url })).toMatchObject({
      code: "SUBGRAPH_UNREACHABLE",
      url,
      problem: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it("that listens on no address of its name is refused with the reason", async () => {
    const { port } = new URL(await json({}));
    for (const close of closing.splice(0)) await close();
    // both addresses of localhost fail: the failure has no words of its own
    expect(await refusal({ url: `http://localhost:${port}/` })).toMatchObject({
      problem: expect.stringContaining("ECONNREFUSED"),
    });
  });

  it.each(["nonsense", "ftp://127.0.0.1/"])("at %s, which is no address of one, is refused", async (url) => {
    expect(await refusal({ url })).toMatchObject({ code: "SUBGRAPH_UNREACHABLE", url });
  });

  it("that cuts the connection is refused", async () => {
    const url = await serving((request) => void request.socket.destroy());
    expect(await refusal({ url })).toMatchObject({ code: "SUBGRAPH_UNREACHABLE" });
  });

  it.each<[string, RequestListener]>([
    ["before it answers", () => {}],
    ["in the middle of its answer", (_, response) => void response.writeHead(200).write('{"data":')],
  ])("that hangs %s is left when the signal says so", async (_, listener) => {
    const url = await serving(listener);
    const problem = await refusal({ url }, AbortSignal.timeout(100));
    expect(problem).toMatchObject({
      code: "SUBGRAPH_UNREACHABLE",
      problem: expect.stringContaining("timeout"),
    });
  });

  it("is not asked at all when the signal has already said so", async () => {
    let asked = 0;
    const url = await serving((_, response) => {
      asked++;
      response.end();
    });
    const stopped = AbortSignal.abort(new Error("the gateway stops"));
    expect(await refusal({ url }, stopped)).toMatchObject({ problem: "the gateway stops" });
    expect(asked).toBe(0);
  });

  it.each([
    [
      "announced",
      (body: string): RequestListener =>
        (_, response) =>
          void response.end(body),
    ],
    [
      "unannounced",
      (body: string): RequestListener =>
        (_, response) => {
          response.write(body.slice(0, 100));
          response.end(body.slice(100));
        },
    ],
  ])("whose SDL is larger than the limit is refused, when the size is %s", async (_, listener) => {
    const body = JSON.stringify({ data: { _service: { sdl: "#".repeat(sdlBytesMax) } } });
    const url = await serving(listener(body));
    expect(await refusal({ url })).toMatchObject({
      code: "SUBGRAPH_UNREACHABLE",
      problem: expect.stringContaining("exceeded"),
    });
  });
});

describe("from a file", () => {
  it("is what stands there, and the subgraph is not asked", async () => {
    const file = join(directory, "flights.graphql");
    await writeFile(file, sdl);
    await expect(load({ sdl: file })).resolves.toBe(sdl);
  });

  it("that is missing is refused with its name", async () => {
    const file = join(directory, "missing.graphql");
    expect(await refusal({ sdl: file })).toEqual({
      code: "SDL_FILE",
      subgraph: "flights",
      file,
      problem: expect.stringContaining("ENOENT"),
    });
  });

  it("that is a directory is refused", async () => {
    expect(await refusal({ sdl: directory })).toMatchObject({ code: "SDL_FILE" });
  });
});
