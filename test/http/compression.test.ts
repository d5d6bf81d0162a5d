// Compressed answers: only where asked for and worth it; compressed requests are refused.
import { request } from "node:http";
import { gunzipSync, gzipSync, inflateSync } from "node:zlib";
import Fastify from "fastify";
import { describe, expect, test } from "vitest";
import { compressAnswers, negotiateCoding } from "../../http/compress.ts";
import { type TinyGraphql, tinyGraphql } from "./tiny-graphql.ts";

const it = test.extend<{ server: TinyGraphql }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using server = await tinyGraphql({ bodyBytesMax: 4_000_000 });
      await use(server);
    },
    { scope: "file" },
  ],
});

type Got = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
};

/** Asks without decompressing: the bytes are as they were sent. */
function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
  method = "POST",
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

const question = (letters: number) =>
  JSON.stringify({
    query: "query ($name: String) { hello(name: $name) }",
    variables: { name: "ä".repeat(letters) },
  });
const answer = (letters: number) => `{"data":{"hello":"Hello ${"ä".repeat(letters)}"}}\n`;

function ask(server: TinyGraphql, letters: number, acceptEncoding?: string) {
  const asked = acceptEncoding === undefined ? {} : { "accept-encoding": acceptEncoding };
  const headers = { "content-type": "application/json", ...asked };
  return send(`${server.url}/graphql`, headers, question(letters));
}

describe("an answer", () => {
  it.for([
    ["gzip", gunzipSync],
    ["deflate", inflateSync],
  ] as const)("is compressed by %s", async ([coding, read], { server }) => {
    const { status, headers, body } = await ask(server, 1_000_000, coding);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ "content-encoding": coding, "transfer-encoding": "chunked" });
    expect(headers["content-length"]).toBeUndefined();
    expect(headers.vary).toBe("accept, origin, sec-fetch-site, accept-encoding");
    expect(body.length).toBeLessThan(100_000);
    expect(read(body).toString()).toBe(answer(1_000_000));
  });

  it.for([
    undefined,
    "",
    "identity",
    "br",
    "gzip;q=0",
    "*;q=0",
    "gzip;q=0.5, identity",
  ])("is sent as it is for accept-encoding %s, and says that it might not be", async (acceptEncoding, {
    server,
  }) => {
    const { headers, body } = await ask(server, 1_000, acceptEncoding);
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers["content-length"]).toBe(String(body.length));
    expect(headers.vary).toBe("accept, origin, sec-fetch-site, accept-encoding");
    expect(body.toString()).toBe(answer(1_000));
  });

  it("of less than 1 KiB is sent as it is", async ({ server }) => {
    const { headers, body } = await ask(server, 100, "gzip");
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers.vary).toBe("accept, origin, sec-fetch-site");
    expect(body.toString()).toBe(answer(100));
  });

  it("that is an error is compressed too", async ({ server }) => {
    const query = `{ ${"nothing ".repeat(100)}}`;
    const { status, headers, body } = await send(
      `${server.url}/graphql`,
      {
        "content-type": "application/json",
        accept: "application/graphql-response+json",
        "accept-encoding": "gzip",
      },
      JSON.stringify({ query }),
    );
    expect(status).toBe(400);
    expect(headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(gunzipSync(body).toString()).errors[0].extensions.code).toBe(
      "GRAPHQL_VALIDATION_FAILED",
    );
  });

  it("is read by fetch, which asks for it by itself", async ({ server }) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: question(5_000),
    });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(await response.text()).toBe(answer(5_000));
  });

  test("that is encoded already, is no JSON or is not to be transformed stays as it is", async () => {
    const app = Fastify();
    compressAnswers(app);
    const body = JSON.stringify({ text: "a".repeat(5_000) });
    app.get("/encoded", async (_, reply) =>
      reply.type("application/json").header("content-encoding", "gzip").send(gzipSync(body)),
    );
    app.get("/page", async (_, reply) => reply.type("text/html").send(body));
    app.get("/as-it-is", async (_, reply) =>
      reply.type("application/json").header("cache-control", "public, no-transform").send(body),
    );
    app.get("/varies", async (_, reply) =>
      reply.type("application/json").header("vary", "Accept-Encoding").send(body),
    );
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    try {
      const gzip = { "accept-encoding": "gzip" };
      const encoded = await send(`${url}/encoded`, gzip, "", "GET");
      expect(gunzipSync(encoded.body).toString()).toBe(body);
      for (const path of ["/page", "/as-it-is"]) {
        const { headers, body: sent } = await send(`${url}${path}`, gzip, "", "GET");
        expect(headers["content-encoding"]).toBeUndefined();
        expect(sent.toString()).toBe(body);
      }
      const varies = await send(`${url}/varies`, gzip, "", "GET");
      expect(varies.headers).toMatchObject({ vary: "Accept-Encoding", "content-encoding": "gzip" });
      const head = await send(`${url}/varies`, gzip, "", "HEAD");
      expect(head.headers["content-encoding"]).toBeUndefined();
    } finally {
      await app.close();
    }
  });
});

describe("the coding", () => {
  test.for([
    [undefined, undefined],
    ["", undefined],
    ["gzip", "gzip"],
    ["GZIP", "gzip"],
    ["x-gzip", "gzip"],
    ["deflate", "deflate"],
    ["deflate, gzip", "gzip"],
    ["gzip, deflate, br", "gzip"],
    ["br, zstd", undefined],
    ["*", "gzip"],
    ["*;q=0", undefined],
    ["gzip;q=0, *", "deflate"],
    ["gzip;q=0.2, deflate;q=0.9", "deflate"],
    ["gzip;q=0.2, deflate;q=0.9, identity", undefined],
    ["gzip;q=0.5, identity;q=0.5", "gzip"],
    ["identity;q=0, gzip;q=0.001", "gzip"],
    ["gzip; q=0.0", undefined],
    ["gzip ; q = 1", "gzip"],
    ["gzip;q=nonsense", undefined],
    ["gzip;q=2", undefined],
    [",, ,gzip", "gzip"],
  ] as const)("for accept-encoding %j is %s", ([header, coding]) => {
    expect(negotiateCoding(header)).toBe(coding);
  });
});

describe("a request's body", () => {
  it.for(["gzip", "deflate", "br", "GZIP", "gzip, gzip"])("in %s is refused", async (coding, { server }) => {
    const { status, headers, body } = await send(
      `${server.url}/graphql`,
      { "content-type": "application/json", "content-encoding": coding },
      gzipSync(question(1)),
    );
    expect(status).toBe(415);
    expect(headers["accept-encoding"]).toBe("identity");
    expect(JSON.parse(body.toString()).errors[0].extensions).toEqual({
      code: "CONTENT_ENCODING_UNSUPPORTED",
      contentEncoding: coding.toLowerCase(),
    });
  });

  it("as identity is read", async ({ server }) => {
    const { status, body } = await send(
      `${server.url}/graphql`,
      { "content-type": "application/json", "content-encoding": "identity" },
      question(1),
    );
    expect(status).toBe(200);
    expect(body.toString()).toBe(answer(1));
  });
});
