// The gateway's limits: time, size, callers who leave, and an end that loses nothing.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import type { Received } from "./support/http-server.ts";
import { type TestGateway, testGateway } from "./support/test-gateway.ts";

const sdl = "type Query { slow: String quick(words: [String!]): String }";

/** A subgraph that takes `tookMs` for `slow`, and tells who asks for it. */
async function slowMesh(tookMs: number, sections: Omit<Parameters<typeof testGateway>[0], "subgraphs"> = {}) {
  const asked: Received[] = [];
  const server = await graphqlSubgraph(sdl, {
    Query: {
      quick: () => "q",
      slow: async (_parent, _args, received) => {
        asked.push(received);
        await sleep(tookMs);
        return "s";
      },
    },
  });
  const gateway: TestGateway = await testGateway({ subgraphs: { tortoise: server.url }, ...sections });
  await gateway.live();
  return {
    gateway,
    asked,
    beingAsked: async () => {
      while (asked.length === 0) await sleep(5);
      return asked[0] as Received;
    },
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe("an operation's time", () => {
  it("ends with a typed error that names the subgraph waited for, and the subgraph is let go", async () => {
    await using mesh = await slowMesh(5_000, { server: { deadlineMs: 200 } });
    const startedMs = performance.now();
    const { status, data, errors } = await mesh.gateway.ask("{ slow }");
    expect(performance.now() - startedMs).toBeLessThan(1_500);
    expect([status, data]).toEqual([200, { slow: null }]);
    expect(errors).toMatchObject([{ extensions: { code: "OPERATION_TIMEOUT", subgraph: "tortoise" } }]);
    await (await mesh.beingAsked()).abandoned;
  });

  it("is each operation's own", async () => {
    await using mesh = await slowMesh(300, { server: { deadlineMs: 600 } });
    for (let turn = 0; turn < 3; turn++) expect((await mesh.gateway.ask("{ slow }")).errors).toBeUndefined();
  });

  it("of a subgraph ends with an error of its own", async () => {
    await using mesh = await slowMesh(5_000, { fetch: { answerTimeoutMs: 300 } });
    const { errors } = await mesh.gateway.ask("{ slow }");
    expect(errors).toMatchObject([{ extensions: { code: "SUBGRAPH_TIMEOUT", subgraph: "tortoise" } }]);
  });
});

describe("a caller who leaves", () => {
  it("takes the question to the subgraph along", async () => {
    await using mesh = await slowMesh(5_000);
    const leaving = new AbortController();
    const answer = mesh.gateway
      .ask("{ slow }", { signal: leaving.signal })
      .catch((reason: Error) => reason.name);
    const { abandoned } = await mesh.beingAsked();
    leaving.abort();
    expect(await answer).toBe("AbortError");
    await abandoned;
  });
});

describe("a question that is too large", () => {
  it("is refused by its bytes: 413 BODY_MAX", async () => {
    await using mesh = await slowMesh(0);
    const { status, errors } = await mesh.gateway.ask(`{ quick } # ${"x".repeat(10_000_000)}`);
    expect(status).toBe(413);
    expect(errors).toMatchObject([{ extensions: { code: "BODY_MAX", bodyBytesMax: 4_194_304 } }]);
  });

  it("is refused by its tokens: TOKENS_MAX", async () => {
    await using mesh = await slowMesh(0, { operation: { tokensMax: 100 } });
    const words = JSON.stringify(Array.from({ length: 100 }, () => "w"));
    const { status, errors } = await mesh.gateway.ask(`{ quick(words: ${words}) }`);
    expect(status).toBe(200);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining("more than 100 tokens. Move long lists of values into variables"),
        extensions: { code: "TOKENS_MAX", tokensMax: 100 },
      },
    ]);
  });

  it("is answered with the same words in a variable", async () => {
    await using mesh = await slowMesh(0, { operation: { tokensMax: 100 } });
    const { data } = await mesh.gateway.ask({
      query: "query ($words: [String!]) { quick(words: $words) }",
      variables: { words: Array.from({ length: 10_000 }, () => "w") },
    });
    expect(data).toEqual({ quick: "q" });
  });
});

describe("the end of a gateway", () => {
  it("waits for the answers in flight and takes no more questions", async () => {
    await using mesh = await slowMesh(400);
    const answer = mesh.gateway.ask("{ slow }");
    await mesh.beingAsked();
    const ended = mesh.gateway[Symbol.asyncDispose]();
    await sleep(50);
    await expect(mesh.gateway.ask("{ quick }")).rejects.toThrow("fetch failed");
    expect((await answer).data).toEqual({ slow: "s" });
    await ended;
  });

  it("waits no longer than it is allowed to", async () => {
    await using mesh = await slowMesh(10_000, { server: { drainMs: 200 } });
    const answer = mesh.gateway.ask("{ slow }").catch((reason: Error) => reason.message);
    const { abandoned } = await mesh.beingAsked();
    const startedMs = performance.now();
    await mesh.gateway[Symbol.asyncDispose]();
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(await answer).toBe("fetch failed");
    await abandoned;
  });

  it("does not wait for callers who merely keep their connection", async () => {
    await using mesh = await slowMesh(0);
    await mesh.gateway.ask("{ quick }");
    const startedMs = performance.now();
    await mesh.gateway[Symbol.asyncDispose]();
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
