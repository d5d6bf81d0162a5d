// Registered operations: asked by hash over GET and POST, and nothing else where that is wanted.
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { startGateway } from "../../gateway/main.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../setup/temporary-directory.ts";
import { getQuestion } from "./support/get-question.ts";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import type { HttpServer } from "./support/http-server.ts";
import { type TestGateway, testGateway } from "./support/test-gateway.ts";

const byHash = (text: string, more: object = {}) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(text).digest("hex") } },
  ...more,
});
const codeOf = (text: string) => JSON.parse(text).errors?.[0]?.extensions.code;

const greeting = 'query Greeting($to: String = "you") {\n  hello(to: $to)\n}\n';
const two = "query One { one: hello } query Two { two: hello }";
const change = "mutation Change { change }";
const unregistered = "{ __typename hello }";

type Opening = { readonly registeredOnly?: boolean; readonly persistedBytesMax?: number };

const it = test.extend<{
  files: TemporaryDirectory;
  subgraph: HttpServer;
  open: (opening?: Opening) => Promise<TestGateway>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
  files: async ({}, use) => {
    await using directory = await temporaryDirectory();
    await mkdir(join(directory.path, "below"));
    await writeFile(join(directory.path, "greeting.graphql"), greeting);
    await writeFile(join(directory.path, "below", "two.graphql"), two);
    await writeFile(join(directory.path, "below", "change.graphql"), change);
    await writeFile(join(directory.path, "notes.txt"), "not a document");
    await use(directory);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  subgraph: async ({}, use) => {
    await using subgraph = await graphqlSubgraph(
      "type Query { hello(to: String): String } type Mutation { change: Int }",
      {
        Query: { hello: (_: never, { to }: { readonly to?: string }) => `Hello ${to ?? "all"}` },
        Mutation: { change: () => 1 },
      } as never,
    );
    await use(subgraph);
  },
  open: async ({ files, subgraph }, use) => {
    const opened: TestGateway[] = [];
    await use(async (opening = {}) => {
      const gateway = await testGateway({
        subgraphs: { one: subgraph.url },
        operation: { registered: files.path, mutations: true, ...opening },
      });
      opened.push(gateway);
      await gateway.live();
      return gateway;
    });
    for (const gateway of opened) await gateway[Symbol.asyncDispose]();
  },
});

describe("a registered document", () => {
  it("is asked by its hash: as its file has it, and without the line break at its end", async ({ open }) => {
    const { url, ask } = await open();
    for (const text of [greeting, greeting.trimEnd()])
      for (let turn = 0; turn < 2; turn++) {
        const got = await getQuestion(url, byHash(text, { variables: { to: "Ada" } }));
        expect([got.status, got.text]).toEqual([200, '{"data":{"hello":"Hello Ada"}}']);
        const posted = await ask(byHash(text) as never);
        expect(posted.text).toBe('{"data":{"hello":"Hello you"}}');
        expect(got.headers.get("etag")).toMatch(/^W\//);
      }
  });

  it("is asked with its text and its hash too", async ({ open }) => {
    const { ask } = await open();
    const text = greeting.trimEnd();
    expect((await ask({ query: text, ...byHash(text) })).data).toEqual({ hello: "Hello you" });
    const wrong = await ask({ query: "{ hello }", ...byHash(text) });
    expect([wrong.data, wrong.errors?.[0]?.message]).toEqual([
      undefined,
      "provided sha does not match query",
    ]);
  });

  it("is asked by hash and name where it holds several operations", async ({ open }) => {
    const { url } = await open();
    for (let turn = 0; turn < 2; turn++) {
      const answer = await getQuestion(url, byHash(two, { operationName: "Two" }));
      expect(answer.text).toBe('{"data":{"two":"Hello all"}}');
      expect(codeOf((await getQuestion(url, byHash(two))).text)).toBe("OPERATION_UNKNOWN");
      expect(codeOf((await getQuestion(url, byHash(greeting, { operationName: "Other" }))).text)).toBe(
        "OPERATION_UNKNOWN",
      );
    }
  });

  it("that changes something is not asked by GET", async ({ open }) => {
    const { url, ask } = await open();
    for (let turn = 0; turn < 2; turn++) {
      const got = await getQuestion(url, byHash(change));
      expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
      expect((await ask(byHash(change) as never)).data).toEqual({ change: 1 });
    }
  });

  it("leaves other questions be, and other hashes unknown until their text is sent", async ({ open }) => {
    const { url, ask } = await open();
    const unknown = await getQuestion(url, byHash(unregistered));
    expect([unknown.status, codeOf(unknown.text)]).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
    expect(unknown.headers.get("cache-control")).toBe("no-store");
    expect((await ask({ query: unregistered, ...byHash(unregistered) })).errors).toBeUndefined();
    expect((await getQuestion(url, byHash(unregistered))).text).toBe(
      '{"data":{"__typename":"Query","hello":"Hello all"}}',
    );
  });

  it("outlasts any number of texts that callers send with their hashes", async ({ open }) => {
    const { url, ask } = await open({ persistedBytesMax: 200 });
    const texts = ["{ a: hello }", "{ b: hello }", "{ c: hello }"];
    for (const query of texts) await ask({ query, ...byHash(query) });
    const answers = await Promise.all(texts.map((query) => getQuestion(url, byHash(query))));
    expect(answers.map(({ text }) => codeOf(text))).toEqual([
      "PERSISTED_QUERY_NOT_FOUND",
      undefined,
      undefined,
    ]);
    expect((await getQuestion(url, byHash(greeting))).status).toBe(200);
  });
});

describe("where registered documents alone are answered", () => {
  it("they are, by text and by hash", async ({ open }) => {
    const { url, ask } = await open({ registeredOnly: true });
    for (let turn = 0; turn < 2; turn++) {
      for (const text of [greeting, greeting.trimEnd()])
        expect((await ask(text)).data).toEqual({ hello: "Hello you" });
      expect((await getQuestion(url, byHash(greeting))).status).toBe(200);
    }
  });

  it("all else is refused, in every form, and is not learnt", async ({ open }) => {
    const { url, ask } = await open({ registeredOnly: true });
    for (let turn = 0; turn < 2; turn++) {
      for (const question of [unregistered, { query: unregistered, ...byHash(unregistered) }]) {
        const posted = await ask(question);
        expect([posted.status, posted.errors?.[0]?.extensions.code]).toEqual([
          403,
          "OPERATION_NOT_REGISTERED",
        ]);
        expect(posted.errors?.[0]?.message).toContain("operation.registered");
        const got = await getQuestion(url, question);
        expect([got.status, codeOf(got.text)]).toEqual([403, "OPERATION_NOT_REGISTERED"]);
      }
      expect(codeOf((await getQuestion(url, byHash(unregistered))).text)).toBe("PERSISTED_QUERY_NOT_FOUND");
      expect((await ask(`${greeting} # more`)).status).toBe(403);
    }
  });

  it("no other form of a request gets past", async ({ open }) => {
    const { url } = await open({ registeredOnly: true });
    const query = new URLSearchParams({ query: unregistered });
    const json = { "content-type": "application/json" };
    const asked = [
      fetch(`${url}/graphql?${query}&${new URLSearchParams({ query: greeting })}`),
      fetch(`${url}/graphql?${query}`, { headers: json }),
      fetch(`${url}/graphql?${query}`, {
        method: "POST",
        headers: json,
        body: JSON.stringify({ extensions: {} }),
      }),
      fetch(`${url}/graphql`, {
        method: "POST",
        headers: json,
        body: JSON.stringify([{ query: unregistered }]),
      }),
    ];
    for (const response of await Promise.all(asked)) {
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).not.toContain("Hello");
    }
  });
});

describe("the configuration", () => {
  const subgraphs = [{ name: "one", url: "http://127.0.0.1:9/graphql" }];

  test("asks for registered documents where they alone are answered", () => {
    const { error } = configSchema.safeParse({ subgraphs, operation: { registeredOnly: true } });
    expect(error?.issues[0]).toMatchObject({ path: ["operation", "registeredOnly"] });
  });

  test.each([
    ["a folder that is not there", undefined, "ENOENT"],
    ["a file that is no GraphQL", "query {", "Syntax Error"],
    ["a document without an operation", "fragment F on Query { hello }", "there is no operation in it"],
    ["a document past a limit", `{ ${"a ".repeat(20_001)} }`, "20000 tokens"],
  ])("is refused with %s, and names it", async (_, text, problem) => {
    await using directory = await temporaryDirectory();
    const registered = join(directory.path, "wrong.graphql");
    if (text !== undefined) await writeFile(registered, text);
    const config = configSchema.parse({ subgraphs, operation: { registered }, console: { enabled: false } });
    const starting = startGateway({ observe: () => {} }, config, { kind: "mesh" });
    const failure = await starting.then(
      () => undefined,
      (cause: Error) => cause,
    );
    expect(failure).toMatchObject({ code: "CONFIG_INVALID" });
    for (const part of ["operation.registered: ", "wrong.graphql", problem])
      expect(failure?.message).toContain(part);
  });
});
