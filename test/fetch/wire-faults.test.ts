// What a wire can do: every failure is typed, in time, and leaves no socket behind.
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { type Fault, faultServer, http, well } from "./support/fault-server.ts";
import { ending, openPort } from "./support/open-port.ts";

const head = "HTTP/1.1 200 OK\r\n";
const begun = `${head}content-length: 100\r\n\r\n{"data":`;

const drip =
  (first: string, piece: string): Fault =>
  async (socket) => {
    socket.write(first);
    while (!socket.destroyed) {
      socket.write(piece);
      await sleep(20);
    }
  };

const pour =
  (first: string, piece: string): Fault =>
  (socket) => {
    socket.write(first);
    const more = () => {
      if (!socket.destroyed) socket.write(piece, () => setImmediate(more));
    };
    more();
  };

const kilobyte = "x".repeat(1_000);
const zipped = gzipSync('{"data":{"a":1}}').toString("latin1");

const faults: readonly (readonly [string, string, Fault])[] = [
  ["closes without a word", "SUBGRAPH_UNREACHABLE", (socket) => socket.end()],
  ["resets without a word", "SUBGRAPH_UNREACHABLE", (socket) => socket.resetAndDestroy()],
  [
    "resets within the headers",
    "SUBGRAPH_UNREACHABLE",
    (socket) => socket.write(head, () => socket.resetAndDestroy()),
  ],
  [
    "resets within the body",
    "SUBGRAPH_UNREACHABLE",
    (socket) => socket.write(begun, () => socket.resetAndDestroy()),
  ],
  ["ends within the body", "SUBGRAPH_UNREACHABLE", (socket) => socket.end(begun)],
  [
    "ends within a chunk",
    "SUBGRAPH_UNREACHABLE",
    (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n9\r\n{"da`),
  ],
  ["speaks no HTTP", "SUBGRAPH_UNREACHABLE", (socket) => socket.end("220 mail ready\r\n")],
  ["has headers without end", "SUBGRAPH_UNREACHABLE", pour(head, `x: ${kilobyte}\r\n`)],
  [
    "switches protocols",
    "SUBGRAPH_UNREACHABLE",
    (socket) => socket.write("HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
  ],
  ["is silent", "SUBGRAPH_TIMEOUT", () => {}],
  ["drips its headers", "SUBGRAPH_TIMEOUT", drip(head, "x: y\r\n")],
  ["stops within the body", "SUBGRAPH_TIMEOUT", (socket) => socket.write(begun)],
  ["drips its body", "SUBGRAPH_TIMEOUT", drip(`${head}content-length: 90000\r\n\r\n`, " ")],
  ["answers too much", "SUBGRAPH_ANSWER_MAX", pour(`${head}content-length: 99999999\r\n\r\n`, kilobyte)],
  [
    "answers in chunks without end",
    "SUBGRAPH_ANSWER_MAX",
    pour(`${head}transfer-encoding: chunked\r\n\r\n`, `3e8\r\n${kilobyte}\r\n`),
  ],
  ["answers until it closes, without end", "SUBGRAPH_ANSWER_MAX", pour(`${head}\r\n`, kilobyte)],
  ["answers with a page", "SUBGRAPH_ANSWER_INVALID", (socket) => socket.write(http(200, "<html>"))],
  [
    "answers with a page of an error",
    "SUBGRAPH_ANSWER_INVALID",
    (socket) => socket.write(http(500, "<html>")),
  ],
  [
    "answers zipped, unasked",
    "SUBGRAPH_ANSWER_INVALID",
    (socket) =>
      socket.write(
        http(200, zipped, { "content-encoding": "gzip", "content-length": `${zipped.length}` }),
        "latin1",
      ),
  ],
  ...[301, 302, 303, 307, 308].map((status): readonly [string, string, Fault] => [
    `redirects with ${status}, an answer in its body`,
    "SUBGRAPH_ANSWER_INVALID",
    (socket) => socket.write(http(status, '{"data":{}}', { location: "http://127.0.0.1:1/" })),
  ]),
];

describe("a subgraph that", () => {
  it.each(faults)("%s: %s, once, and no socket stays", async (_, code, fault) => {
    await using server = await faultServer(fault);
    const port = openPort({ retriesMax: 0 });
    const startedMs = performance.now();
    expect(await ending(port.ask(server.url))).toBe(code);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(port.events).toMatchObject([{ kind: "subgraph.failed", subgraph: "a", fault: { code } }]);
    expect(server.bodies).toHaveLength(1);
    await port[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it.each(faults)("%s does not harm the next question", async (_, __, fault) => {
    await using server = await faultServer((socket, request) =>
      request.turn === 0 ? fault(socket, request) : socket.write(well),
    );
    await using port = openPort({ retriesMax: 0 });
    await ending(port.ask(server.url));
    expect(await port.ask(server.url)).toEqual({ data: { a: 1 } });
  });

  it.each<[string, (socket: Parameters<Fault>[0]) => unknown]>([
    ["sends hints first", (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${well}`)],
    ["begins with a byte order mark", (socket) => socket.write(http(200, '\ufeff{"data":{"a":1}}'))],
    ["ends its body by closing", (socket) => socket.end(`${head}\r\n{"data":{"a":1}}`)],
    [
      "cuts a character in two",
      async (socket) => {
        const bytes = Buffer.from(http(200, '{"data":{"a":1},"extensions":{"b":"é"}}'));
        socket.write(bytes.subarray(0, bytes.indexOf("é") + 1));
        await sleep(20);
        socket.write(bytes.subarray(bytes.indexOf("é") + 1));
      },
    ],
  ])("%s is understood", async (_, answer) => {
    await using server = await faultServer(answer);
    await using port = openPort();
    expect(await port.ask(server.url)).toMatchObject({ data: { a: 1 } });
  });
});

describe("the operation's time", () => {
  it.each<[string, Fault]>([
    ["a silent subgraph", () => {}],
    ["one that stops", (socket) => socket.write(begun)],
    ["one that drips", drip(`${head}content-length: 90000\r\n\r\n`, " ")],
    ["one that always asks to wait", (socket) => socket.write(http(503, "", { "retry-after": "1" }))],
  ])("holds for %s, well before the port's own limits", async (_, fault) => {
    await using server = await faultServer(fault);
    await using port = openPort({ headersTimeoutMs: 8_000, answerTimeoutMs: 8_000 });
    const startedMs = performance.now();
    const code = await ending(port.ask(server.url, "{}", { signal: AbortSignal.timeout(150) }));
    expect(code).toBe("OPERATION_TIMEOUT");
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await vi.waitFor(() => expect(port.kinds().at(-1)).toBe("failed"));
  });
});

describe("disposal", () => {
  it("ends what is on its way, waits or rests, and can be done twice", async () => {
    await using server = await faultServer((socket, { body }) => {
      if (body === "again") socket.write(http(503, "", { "retry-after": "1" }));
    });
    const port = openPort({ requestsMax: 2, headersTimeoutMs: 9_000, answerTimeoutMs: 9_000 });
    const resting = port.ask(server.url, "again");
    await vi.waitFor(() => expect(port.kinds()).toEqual(["retried"]));
    const endings = [resting, ...["b", "c", "d"].map((body) => port.ask(server.url, body))].map(ending);
    await vi.waitFor(() => expect(server.bodies).toHaveLength(3));
    await Promise.all([port[Symbol.asyncDispose](), port[Symbol.asyncDispose]()]);
    expect(new Set(await Promise.all(endings))).toEqual(new Set(["SUBGRAPH_UNREACHABLE"]));
    await vi.waitFor(() => expect(server.open()).toBe(0));
    expect(server.bodies).toHaveLength(3);
  });
});
