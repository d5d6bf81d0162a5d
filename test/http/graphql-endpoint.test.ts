// `/graphql` over HTTP: the audit of the specification, and every refusal, asked of a real server.
import { serverAudits } from "graphql-http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { graphqlType, jsonType } from "../../http/media-type.ts";
import { exchange, parseAnswer } from "./raw-request.ts";
import { type TinyGraphql, tinyGraphql } from "./tiny-graphql.ts";

const bodyBytesMax = 1024;
let server: TinyGraphql;

beforeAll(async () => {
  server = await tinyGraphql({ bodyBytesMax });
});
afterEach(() => {
  server.reported.length = 0;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const json = { "content-type": "application/json" };
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
  fetch(`${server.url}/graphql`, { method: "POST", headers, body });
const ask = (query: string, more: object = {}) => post(JSON.stringify({ query, ...more }));

describe("the audit of GraphQL over HTTP", () => {
  const audits = serverAudits({ url: () => `${server.url}/graphql` });

  it("has all its checks", () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map(({ id, name, fn }) => [id, name, fn] as const))("%s: %s", async (_, __, check) => {
    const result = await check();
    expect(result.status, "reason" in result ? result.reason : "").toBe("ok");
  });
});

describe("a question", () => {
  it.each([
    ["application/json", jsonType],
    [graphqlType, graphqlType],
    ["*/*", jsonType],
  ])("that accepts %s is answered as %s", async (accept, type) => {
    const answer = await post('{"query":"{ hello }"}', { ...json, accept });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
    expect(answer.headers.get("vary")).toBe("accept, origin, sec-fetch-site");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.json()).toEqual({ data: { hello: "Hello you" } });
  });

  it("may come by GET, with variables", async () => {
    const search = new URLSearchParams({
      query: "query Greet($name: String) { hello(name: $name) }",
      variables: '{"name":"Ada"}',
      operationName: "Greet",
    });
    const answer = await fetch(`${server.url}/graphql?${search}`, { headers: { accept: graphqlType } });
    expect([answer.status, await answer.json()]).toEqual([200, { data: { hello: "Hello Ada" } }]);
  });

  it("may have an empty name, which is none", async () => {
    const search = new URLSearchParams({ query: "query Greet { hello }", operationName: "" });
    for (const answer of [
      await fetch(`${server.url}/graphql?${search}`),
      await ask("query Greet { hello }", { operationName: "" }),
    ])
      expect(await answer.json()).toEqual({ data: { hello: "Hello you" } });
  });

  it("that changes something may not come by GET", async () => {
    const answer = await fetch(`${server.url}/graphql?query=mutation{nothing}`, {
      headers: { accept: graphqlType },
    });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it.each([
    ["{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["{ hello", {}, "GRAPHQL_PARSE_FAILED"],
    ["query A { hello } query B { hello }", {}, "OPERATION_UNKNOWN"],
    ["query A { hello } query B { hello }", { operationName: "C" }, "OPERATION_UNKNOWN"],
    ["query A($a: String!) { hello(name: $a) }", {}, "BAD_USER_INPUT"],
  ])("%s %j is answered %s: 200 for JSON of old, 400 for that of GraphQL", async (query, more, code) => {
    const body = JSON.stringify({ query, ...more });
    const answers = await Promise.all(
      [jsonType, graphqlType].map((accept) => post(body, { ...json, accept })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    for (const answer of answers)
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(server.reported).toEqual([]);
  });

  it("may not come in a batch", async () => {
    const answer = await post('[{"query":"{ hello }"}]');
    expect(answer.status).toBe(400);
  });

  it("is never answered with a stack trace", async () => {
    const text = await (await ask("{ crash operatorFault downstream nothing }")).text();
    expect(text).not.toMatch(/stacktrace|\.ts:\d+/);
  });
});

describe("a failing field", () => {
  const error = async (field: string) => {
    const answer = await ask(`{ ${field} hello }`);
    const { data, errors } = (await answer.json()) as { data: object; errors: [Record<string, unknown>] };
    expect(answer.status).toBe(200);
    expect(data).toEqual({ [field]: null, hello: "Hello you" });
    expect(errors).toHaveLength(1);
    return errors[0];
  };

  it("by a fault of the caller's is shown with its facts, and not reported", async () => {
    expect(await error("callerFault")).toEqual({
      message: "hello.name is wrong. Mend it.",
      path: ["callerFault"],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: "CALLER_WRONG", at: "hello.name" },
    });
    expect(server.reported).toEqual([]);
  });

  it.each([
    ["operatorFault", "DISK_FULL"],
    ["wrappedFault", "DISK_FULL"],
    ["crash", "INTERNAL"],
    ["crashWithText", "INTERNAL"],
  ])("by %s is masked as %s, and reported", async (field, code) => {
    expect(await error(field)).toEqual({
      message: `The request could not be answered (${code}). The operator finds the reason in the log.`,
      path: [field],
      locations: [{ line: 1, column: 3 }],
      extensions: { code },
    });
    expect(server.reported.map(({ fault }) => fault.code)).toEqual([code]);
    expect(String(server.reported[0]?.cause)).toMatch(/secret|passwd/);
  });

  it("by an error of the neighbour's is passed as it is, and not reported", async () => {
    expect(await error("downstream")).toEqual({
      message: "The neighbour says no.",
      path: ["downstream"],
      locations: [{ line: 1, column: 3 }],
      extensions: { code: "NEIGHBOUR", hint: "ask again" },
    });
    expect(server.reported).toEqual([]);
  });
});

describe("a request is refused", () => {
  const refused = async (answer: Response, status: number, code: string) => {
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      status,
      "application/json; charset=utf-8",
    ]);
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: expect.objectContaining({ code }) }],
    });
    expect(server.reported).toEqual([]);
    return answer;
  };

  it("when its body is no JSON", async () => {
    await refused(await post("{ hello"), 400, "REQUEST_MALFORMED");
  });

  it("when its body is empty", async () => {
    await refused(await post(""), 400, "REQUEST_MALFORMED");
  });

  it("when its body would reach a prototype", async () => {
    await refused(await post('{"__proto__":{"query":"{ hello }"}}'), 400, "REQUEST_MALFORMED");
  });

  it.each([
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["application/graphql"],
    ["nonsense"],
  ])("when its body is of the type %s", async (type) => {
    await refused(
      await post('{"query":"{ hello }"}', { "content-type": type }),
      415,
      "MEDIA_TYPE_UNSUPPORTED",
    );
  });

  it("when its body is of no type", async () => {
    const body = new TextEncoder().encode('{"query":"{ hello }"}');
    const answer = await refused(await post(body, {}), 415, "MEDIA_TYPE_UNSUPPORTED");
    expect(answer.bodyUsed).toBe(true);
  });

  it("when its body is announced to be larger than the limit, before it is read", async () => {
    const said = await exchange(
      server.port,
      `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${bodyBytesMax + 1}\r\n\r\n`,
      /\}\]\}$/,
    );
    expect(parseAnswer(said)).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: "BODY_MAX", bodyBytesMax } }] },
    });
  });

  it("when its body turns out to be larger than the limit", async () => {
    const chunk = "x".repeat(bodyBytesMax);
    const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(2);
    const said = await exchange(
      server.port,
      `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunks}`,
      /\}\]\}$/,
    );
    expect(parseAnswer(said)).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: "BODY_MAX", bodyBytesMax } }] },
    });
  });

  it("not when its body has just the limit", async () => {
    const body = '{"query":"{ hello }"}'.padEnd(bodyBytesMax);
    expect((await post(body)).status).toBe(200);
  });

  it.each([
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
  ])("when its method is %s, with those allowed", async (method) => {
    const answer = await fetch(`${server.url}/graphql`, { method });
    await refused(answer, 405, "METHOD_NOT_ALLOWED");
    expect(answer.headers.get("allow")).toBe("GET, POST");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("when its method is HEAD, without a body", async () => {
    const answer = await fetch(`${server.url}/graphql`, { method: "HEAD" });
    expect([answer.status, answer.headers.get("allow"), await answer.text()]).toEqual([405, "GET, POST", ""]);
  });

  it("when nothing that it accepts can be answered", async () => {
    await refused(
      await post('{"query":"{ hello }"}', { ...json, accept: "text/html" }),
      406,
      "NOT_ACCEPTABLE",
    );
  });

  it("when a browser may have sent it for another site", async () => {
    const headers = { "sec-fetch-site": "cross-site", "user-agent": "Mozilla/5.0" };
    await refused(await fetch(`${server.url}/graphql?query={hello}`, { headers }), 403, "CROSS_SITE");
  });

  it.each([
    "/",
    "/graphql/",
    "/graphqls",
    "/nowhere?query={hello}",
  ])("when there is nothing at %s", async (path) => {
    await refused(await fetch(`${server.url}${path}`), 404, "NO_SUCH_ROUTE");
  });

  it("when its URL cannot be decoded", async () => {
    await refused(await fetch(`${server.url}/%zz`), 400, "REQUEST_MALFORMED");
  });

  it.each([
    ["its first line is broken", "NONSENSE\r\n\r\n", 400],
    ["its protocol is unknown", "GET / HTTP/9.9\r\n\r\n", 400],
    [
      "its host is none",
      "GET /graphql?query={hello} HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n",
      400,
    ],
    ["its headers are too large", `GET / HTTP/1.1\r\nhost: a\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["its length is no number", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: many\r\n\r\n", 400],
  ])("when %s", async (_, bytes, status) => {
    const answer = parseAnswer(await exchange(server.port, bytes));
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.body).toMatchObject({ errors: [{ extensions: { code: "REQUEST_MALFORMED" } }] });
    expect(server.reported).toEqual([]);
  });

  it("when it has no host, by Node itself and without a body", async () => {
    const said = await exchange(
      server.port,
      "GET /graphql?query={hello} HTTP/1.1\r\nconnection: close\r\n\r\n",
    );
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said).not.toContain("Hello");
  });

  it("in the media type that it asked for", async () => {
    const answer = await fetch(`${server.url}/nowhere`, { headers: { accept: graphqlType } });
    expect(answer.headers.get("content-type")).toBe(`${graphqlType}; charset=utf-8`);
  });
});

describe("a failing route", () => {
  it.each([
    ["/fault", 503, "DISK_FULL"],
    ["/crash", 500, "INTERNAL"],
  ])("%s is answered %d without its reason, which is reported", async (path, status, code) => {
    const answer = await fetch(`${server.url}${path}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: `The request could not be answered (${code}). The operator finds the reason in the log.`,
          extensions: { code },
        },
      ],
    });
    expect(server.reported.map(({ fault }) => fault.code)).toEqual([code]);
  });
});
