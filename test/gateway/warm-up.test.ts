// Warm-up: what is registered, and what was used most in the last run, is prepared before the gateway is ready.
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { configSchema } from "../../gateway/config.ts";
import { openSupergraph, type Supergraph } from "../../gateway/federation/supergraph.ts";
import { openSubgraphs } from "../../gateway/fetch/open-subgraphs.ts";
import { openGraphqlServer } from "../../gateway/server/graphql-server.ts";
import { openUsedOperations } from "../../gateway/server/used-operations.ts";
import { compose } from "../../schema/compose/compose.ts";
import { remembering } from "../remember/support/remembering.ts";
import { openShelf } from "../remember/support/shelf.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { testGateway } from "./support/test-gateway.ts";

const limits = { warmedMax: 200, preparedMax: 1_000 };
const failed = (problem: string) => {
  throw new Error(problem);
};
const textsOf = async (directory: string) =>
  JSON.parse(await readFile(join(directory, "operations.json"), "utf8")).texts;

describe("the operations in use", () => {
  test("are remembered, the most used first, and those of the last run behind", async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, "state");
    {
      await using used = openUsedOperations({ failed }, path, limits);
      for (const text of ["one", "two", "two", "three", "two", "three"]) used.count(text);
      expect(await used.texts()).toEqual(["two", "three", "one"]);
    }
    await using used = openUsedOperations({ failed }, path, limits);
    expect(await used.texts()).toEqual(["two", "three", "one"]);
    used.count("one");
    used.count("new");
    used.count("new");
    expect(await used.texts()).toEqual(["new", "one", "two", "three"]);
  });

  test("are written whole, for the gateway's own eyes, and no more than are warmed", async () => {
    await using directory = await temporaryDirectory();
    {
      await using used = openUsedOperations({ failed }, directory.path, { warmedMax: 2, preparedMax: 10 });
      for (const text of ["one", "two", "two", "three", "three"]) used.count(text);
    }
    expect(await textsOf(directory.path)).toEqual(["three", "two"]);
    expect(await readdir(directory.path)).toEqual(["operations.json"]);
    expect((await stat(join(directory.path, "operations.json"))).mode & 0o777).toBe(0o600);
  });

  test("are written from time to time", async () => {
    await using directory = await temporaryDirectory();
    await using used = openUsedOperations({ failed }, directory.path, limits, 10);
    used.count("one");
    await vi.waitFor(async () => expect(await textsOf(directory.path)).toEqual(["one"]));
    used.count("two");
    await vi.waitFor(async () => expect(await textsOf(directory.path)).toEqual(["two", "one"]));
  });

  test("are none where what was kept cannot be read", async () => {
    await using directory = await temporaryDirectory();
    for (const kept of ['{"texts":[1]}', "{", "null"]) {
      await writeFile(join(directory.path, "operations.json"), kept);
      await using used = openUsedOperations({ failed }, directory.path, limits);
      expect(await used.texts()).toEqual([]);
    }
  });

  test("are not kept where none is warmed, or no folder is given", async () => {
    await using directory = await temporaryDirectory();
    for (const [path, warmedMax] of [
      [directory.path, 0],
      [undefined, 200],
    ] as const) {
      await using used = openUsedOperations({ failed }, path, { warmedMax, preparedMax: 10 });
      used.count("one");
    }
    expect(await readdir(directory.path)).toEqual([]);
  });

  test("are told to be forgotten where they cannot be written", async () => {
    await using directory = await temporaryDirectory();
    await mkdir(join(directory.path, "operations.json"));
    const problems: string[] = [];
    {
      const told = { failed: (problem: string) => void problems.push(problem) };
      await using used = openUsedOperations(told, directory.path, limits);
      used.count("one");
    }
    expect(problems).toEqual([expect.stringMatching(/EISDIR|ENOTEMPTY|EEXIST/)]);
  });
});

/** A server of its own, whose supergraphs tell what they plan. */
async function openServer({ registered = [] as readonly string[], recalled = [] as readonly string[] }) {
  const directory = await temporaryDirectory();
  await writeFile(join(directory.path, "operations.json"), JSON.stringify({ texts: recalled }));
  const one = "type Query { hello: String other: String } type Mutation { change: Int }";
  const url = "http://127.0.0.1:9/graphql";
  const config = configSchema.parse({ subgraphs: [{ name: "one", url }], operation: { warmMs: 60_000 } });
  const composed = compose([{ name: "one", url, sdl: one }]);
  if (composed.kind !== "composed") throw new Error("it composes");
  const subgraphs = openSubgraphs({ observe: () => {} }, config.fetch);
  const server = openGraphqlServer(
    {
      report: () => {},
      missing: () => [],
      registered,
      used: openUsedOperations({ failed }, directory.path, config.operation),
      ask: subgraphs.ask,
      keep: subgraphs.keep,
    },
    config,
  );
  return {
    /** What was planned when it was taken. */
    take: async (): Promise<readonly (string | undefined)[]> => {
      const planned: (string | undefined)[] = [];
      const supergraph = await openSupergraph(composed.supergraphSdl, config.operation, composed.mesh);
      const plan: Supergraph["plan"] = (question) => {
        planned.push(question.operationName ?? question.text);
        return supergraph.plan(question);
      };
      await server.take({ ...supergraph, plan });
      return planned;
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await subgraphs[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

describe("the first supergraph", () => {
  test("is warmed with the registered operations, each of a document, and with those of the last run", async () => {
    const registered = ["query A { hello } query B { hello other }", "query C { other }\n"];
    const recalled = ["query D { hello }", "query C { other }", "{ hello other }"];
    await using server = await openServer({ registered, recalled });
    expect(await server.take()).toEqual(["A", "B", "C", "D", "{ hello other }"]);
  });

  test("leaves out what it has no answer for, and what cannot be read, and goes on", async () => {
    const recalled = ["query Gone { gone }", "query {", "", "mutation M { change }", "query D { hello }"];
    await using server = await openServer({ recalled });
    expect(await server.take()).toEqual(["Gone", "D"]);
  });

  test("is followed by one that is warmed with the same, besides what is in use", async () => {
    await using server = await openServer({
      registered: ["query A { hello }"],
      recalled: ["query D { other }"],
    });
    await server.take();
    expect(await server.take()).toEqual(["D", "A"]);
  });
});

describe("a gateway", () => {
  const named = "query Shown($id: Int!) { book(id: $id) { title } }";

  test("keeps the texts of what it was asked, without variables, and prepares them in its next run", async () => {
    await using directory = await temporaryDirectory();
    await using shelf = await openShelf();
    const schema = { stateDirectory: directory.path };
    {
      await using gateway = await remembering(shelf, { schema });
      for (const id of [1, 2]) await gateway.ask({ query: named, variables: { id }, operationName: "Shown" });
      await gateway.ask("{ rumours }");
      await gateway.ask("{ nothing }");
      await gateway.ask("{ books");
    }
    expect(await textsOf(directory.path)).toEqual([named, "{ rumours }"]);
    await using gateway = await remembering(shelf, { schema });
    expect((await gateway.ask({ query: named, variables: { id: 3 } })).data.book.title).toBe("title 3 v0");
  });

  const registering = async (directory: string) => {
    const texts = {
      "a.graphql": "query Titles { books { title } }",
      "b.graphql": named,
      "c.graphql": "query Optional($id: Int! = 2) { book(id: $id) { title } }",
      "d.graphql": "mutation Rewrite { rewrite(id: 1) }",
    };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(directory, name), text);
  };

  test("asks registered queries that need no variables before it is ready, as nobody, where that is wanted", async () => {
    await using directory = await temporaryDirectory();
    await registering(directory.path);
    await using shelf = await openShelf();
    await using gateway = await remembering(shelf, {
      operation: { registered: directory.path, warmRuns: true, warmMs: 60_000 },
    });
    await gateway.settled();
    const asked = shelf.take("books");
    expect(asked).toHaveLength(2);
    expect(asked.join()).toMatch(/books.*book\(id:/);
    expect(shelf.version("title", 1), "nothing is changed").toBe(0);
    const { data } = await gateway.ask("query Titles { books { title } }");
    expect(data.books[0].title).toBe("title 1 v0");
    expect(shelf.take("books"), "it was remembered").toEqual([]);
  });

  test.each([
    ["it is not wanted", {}],
    ["nothing is remembered", { operation: { warmRuns: true }, cache: { enabled: false } }],
  ])("asks nothing by itself where %s", async (_, sections: { operation?: object; cache?: object }) => {
    await using directory = await temporaryDirectory();
    await registering(directory.path);
    await using shelf = await openShelf();
    await using gateway = await remembering(shelf, {
      ...sections,
      operation: { registered: directory.path, ...sections.operation },
    });
    await gateway.settled();
    expect(shelf.take("books")).toEqual([]);
  });

  test("is not ready before it is warm, and answers meanwhile; for no longer than it may take", async () => {
    await using directory = await temporaryDirectory();
    await registering(directory.path);
    await using shelf = await openShelf();
    const release = shelf.hold();
    await using gateway = await testGateway({
      subgraphs: shelf.subgraphs,
      cache: { enabled: true },
      operation: { registered: directory.path, warmRuns: true, warmMs: 60_000 },
    });
    const readiness = async () => (await fetch(`${gateway.url}/readyz`)).status;
    await vi.waitFor(() => expect(shelf.take("books")).toHaveLength(1), { timeout: 20_000 });
    expect(await readiness()).toBe(503);
    expect((await gateway.ask("{ rumours }")).data.rumours).toHaveLength(1);
    expect(await readiness()).toBe(503);
    release();
    await vi.waitFor(async () => expect(await readiness()).toBe(200), { timeout: 20_000 });

    const releaseNext = shelf.hold();
    await using hurried = await testGateway({
      subgraphs: shelf.subgraphs,
      cache: { enabled: true },
      operation: { registered: directory.path, warmRuns: true, warmMs: 200 },
    });
    await hurried.live();
    releaseNext();
  });
});
