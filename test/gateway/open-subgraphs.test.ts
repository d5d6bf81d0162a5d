// The subgraph port against servers that do what servers should not: every way of failing is typed and bounded.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { type Asking, type FetchEvent, openSubgraphs } from "../../gateway/fetch/open-subgraphs.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import { answerJson, deadUrl, type Handler, httpServer } from "./support/http-server.ts";

const limits = configSchema.shape.fetch.parse({
  connectTimeoutMs: 500,
  headersTimeoutMs: 500,
  answerTimeoutMs: 700,
  answerBytesMax: 100_000,
  retriesMax: 0,
});

function asking(headers: Record<string, string> = {}, forwarded: readonly string[] = []): Asking {
  return { signal: AbortSignal.timeout(10_000), visibility: mintVisibility(headers, forwarded) };
}

function openPort(options: Partial<typeof limits> = {}) {
  const events: FetchEvent[] = [];
  const subgraphs = openSubgraphs({ observe: (event) => events.push(event) }, { ...limits, ...options });
  return {
    events,
    ask: (url: string, by: Asking = asking(), body = '{"query":"{ a }"}') =>
      subgraphs.ask({ name: "a", url }, { kind: "query", body }, by),
    [Symbol.asyncDispose]: () => subgraphs[Symbol.asyncDispose](),
  };
}

/** Headers, and then nothing more. */
const begin: Handler = (response) => response.writeHead(200).write('{"data":');

describe("a subgraph that answers", () => {
  it("is asked as GraphQL over HTTP, at its own path", async () => {
    await using server = await httpServer((response) => answerJson(response, { data: { a: 1 } }));
    await using subgraphs = openSubgraphs({ observe: () => {} }, limits);
    const body = '{"query":"query Q($n: Int) { a(n: $n) }","operationName":"Q","variables":{"n":1}}';
    const answer = await subgraphs.ask(
      { name: "a", url: `${server.url}?v=2` },
      { kind: "query", body },
      asking(),
    );
    expect(answer).toEqual({ data: { a: 1 } });
    const [received] = server.received;
    expect(received).toMatchObject({ method: "POST", path: "/graphql?v=2" });
    expect(received?.headers).toMatchObject({
      "content-type": "application/json",
      accept: "application/json",
    });
    expect(received?.body).toBe(body);
  });

  it("is told the configured headers of the caller and no other", async () => {
    await using server = await httpServer((response) => answerJson(response, { data: {} }));
    await using port = openPort();
    const headers = { authorization: "Bearer a", "x-tenant": "t", cookie: "c", "user-agent": "u" };
    await port.ask(server.url, asking(headers, ["authorization", "x-tenant"]));
    const sent = Object.keys(server.received[0]?.headers ?? {}).sort();
    expect(sent).toEqual([
      "accept",
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
      "x-tenant",
    ]);
  });

  it("is asked in JSON whatever content type the caller forwards", async () => {
    await using server = await httpServer((response) => answerJson(response, { data: {} }));
    await using port = openPort();
    await port.ask(server.url, asking({ "content-type": "text/plain" }, ["content-type"]));
    expect(server.received[0]?.headers["content-type"]).toBe("application/json");
  });

  it("is reported with the bytes that came", async () => {
    await using server = await httpServer((response) => answerJson(response, { data: { a: "é" } }));
    await using port = openPort();
    await port.ask(server.url);
    const bytes = Buffer.byteLength('{"data":{"a":"é"}}');
    expect(port.events).toMatchObject([{ kind: "subgraph.answered", subgraph: "a", bytes, callers: 1 }]);
  });

  it.each([
    ["errors with status 500", 500, { errors: [{ message: "no" }] }],
    ["errors with status 400", 400, { errors: [{ message: "no", extensions: { code: "X" } }] }],
    ["data and errors", 200, { data: { a: null }, errors: [{ message: "no", path: ["a"] }] }],
    ["null data and errors", 200, { data: null, errors: [{ message: "no" }] }],
  ])("is taken at its word for %s", async (_, status, body) => {
    await using server = await httpServer((response) => answerJson(response, body, status));
    await using port = openPort();
    expect(await port.ask(server.url)).toEqual(body);
  });
});

describe("a subgraph that fails", () => {
  it.each<[string, string, Handler, object]>([
    ["hangs", "SUBGRAPH_TIMEOUT", () => {}, { status: 504 }],
    ["begins its answer and stops", "SUBGRAPH_TIMEOUT", begin, { status: 504 }],
    ["closes the connection", "SUBGRAPH_UNREACHABLE", (response) => response.destroy(), { status: 503 }],
    [
      "closes the connection within its answer",
      "SUBGRAPH_UNREACHABLE",
      (response) => {
        response.writeHead(200, { "content-length": 100 }).write('{"data"', () => response.destroy());
      },
      { status: 503 },
    ],
    [
      "answers too much",
      "SUBGRAPH_ANSWER_MAX",
      (response) => answerJson(response, { data: { a: "x".repeat(100_001) } }),
      { status: 502, extensions: { answerBytesMax: 100_000 } },
    ],
    [
      "answers too much without saying how much",
      "SUBGRAPH_ANSWER_MAX",
      (response) => {
        for (let i = 0; i < 200; i++) response.write("x".repeat(1_000));
        response.end();
      },
      { status: 502 },
    ],
    [
      "answers with a page",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>"),
      { extensions: { status: 200, problem: "no JSON" } },
    ],
    [
      "answers half of it",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => response.end('{"data":{"a":'),
      { extensions: { status: 200, problem: "no JSON" } },
    ],
    [
      "answers nothing",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => response.writeHead(204).end(),
      { extensions: { status: 204, problem: "no JSON" } },
    ],
    [
      "answers another JSON",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => answerJson(response, { status: "UP" }),
      { extensions: { problem: "no GraphQL answer" } },
    ],
    ["answers null", "SUBGRAPH_ANSWER_INVALID", (response) => answerJson(response, null), {}],
    ["answers a list", "SUBGRAPH_ANSWER_INVALID", (response) => answerJson(response, [{ data: {} }]), {}],
    [
      "answers a list of data",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => answerJson(response, { data: [] }),
      {},
    ],
    [
      "answers null data without a reason",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => answerJson(response, { data: null, errors: [] }),
      {},
    ],
    [
      "answers with errors that say nothing",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => answerJson(response, { errors: ["no"] }),
      {},
    ],
    [
      "is not there any more",
      "SUBGRAPH_ANSWER_INVALID",
      (response) => response.writeHead(502).end("Bad Gateway"),
      { extensions: { status: 502 } },
    ],
  ])("%s: %s", async (_, code, handler, facts) => {
    await using server = await httpServer(handler);
    await using port = openPort();
    await expect(port.ask(server.url)).rejects.toMatchObject({ code, audience: "caller", ...facts });
    expect(port.events).toMatchObject([{ kind: "subgraph.failed", subgraph: "a", fault: { code } }]);
  });

  it("refuses the connection: SUBGRAPH_UNREACHABLE, and its address stays out of the message", async () => {
    const url = await deadUrl();
    await using port = openPort();
    const failure = await port.ask(url).catch((fault: unknown) => fault);
    expect(failure).toMatchObject({ code: "SUBGRAPH_UNREACHABLE", status: 503 });
    expect(JSON.stringify([(failure as Error).message, failure])).not.toContain(new URL(url).port);
  });

  it("sends elsewhere: no redirect is followed", async () => {
    await using other = await httpServer((response) => answerJson(response, { data: {} }));
    await using server = await httpServer((response) => {
      response.writeHead(307, { location: other.url }).end();
    });
    await using port = openPort();
    await expect(port.ask(server.url)).rejects.toMatchObject({ code: "SUBGRAPH_ANSWER_INVALID" });
    expect(other.received).toEqual([]);
  });

  it("answers to the next question once it is well again", async () => {
    let broken = true;
    await using server = await httpServer((response) =>
      broken ? response.destroy() : answerJson(response, { data: { a: 1 } }),
    );
    await using port = openPort();
    await expect(port.ask(server.url)).rejects.toMatchObject({ code: "SUBGRAPH_UNREACHABLE" });
    broken = false;
    expect(await port.ask(server.url)).toEqual({ data: { a: 1 } });
  });
});

describe("time that is up", () => {
  it.each<[string, Handler]>([
    ["before the answer begins", () => {}],
    ["within the answer", begin],
    [
      "while the answer drips",
      async (response) => {
        for (let i = 0; i < 50 && !response.destroyed; i++) {
          response.write(" ");
          await sleep(50);
        }
      },
    ],
  ])("%s: OPERATION_TIMEOUT, and the subgraph sees the connection close", async (_, handler) => {
    await using server = await httpServer(handler);
    await using port = openPort({ headersTimeoutMs: 10_000, answerTimeoutMs: 10_000 });
    const arrived = server.next();
    const startedMs = performance.now();
    const asked = port.ask(server.url, { ...asking(), signal: AbortSignal.timeout(200) });
    await expect(asked).rejects.toMatchObject({ code: "OPERATION_TIMEOUT", status: 504 });
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    await (await arrived).abandoned;
  });

  it("is up before asking, or the caller has gone: nothing is sent", async () => {
    await using server = await httpServer((response) => answerJson(response, { data: {} }));
    await using port = openPort();
    const timeUp = AbortSignal.abort(new DOMException("too late", "TimeoutError"));
    const late = port.ask(server.url, { ...asking(), signal: timeUp });
    await expect(late).rejects.toMatchObject({ code: "OPERATION_TIMEOUT" });
    const gone = port.ask(server.url, { ...asking(), signal: AbortSignal.abort() });
    await expect(gone).rejects.toMatchObject({ code: "CALLER_GONE" });
    expect(server.received).toEqual([]);
  });

  it("leaves other questions to the same subgraph alone", async () => {
    await using server = await httpServer(async (response) => {
      await sleep(300);
      answerJson(response, { data: { a: 1 } });
    });
    await using port = openPort();
    const patient = port.ask(server.url);
    const hasty = port.ask(server.url, { ...asking(), signal: AbortSignal.timeout(50) });
    await expect(hasty).rejects.toMatchObject({ code: "OPERATION_TIMEOUT" });
    expect(await patient).toEqual({ data: { a: 1 } });
  });
});

describe("connections", () => {
  it("are no more than configured, and the questions beyond wait", async () => {
    let open = 0;
    let most = 0;
    await using server = await httpServer(async (response) => {
      most = Math.max(most, ++open);
      await sleep(30);
      open--;
      answerJson(response, { data: { a: 1 } });
    });
    await using port = openPort({ requestsMax: 2 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => port.ask(server.url, asking(), `{"query":"{ a }","n":${i}}`)),
    );
    expect(answers).toHaveLength(12);
    expect(most).toBe(2);
  });

  it("are gone after disposal", async () => {
    await using server = await httpServer((response) => answerJson(response, { data: {} }));
    const port = openPort();
    await port.ask(server.url);
    await port[Symbol.asyncDispose]();
    await port[Symbol.asyncDispose]();
    await expect(port.ask(server.url)).rejects.toMatchObject({ code: "SUBGRAPH_UNREACHABLE" });
  });
});
