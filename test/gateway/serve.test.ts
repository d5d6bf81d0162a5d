// `weft serve` as a process: a supergraph from a file, and one line on standard error for whatever is wrong.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compose } from "../../schema/compose/compose.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { weftProcess } from "../setup/weft-process.ts";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import { httpServer } from "./support/http-server.ts";
import { askGateway } from "./support/test-gateway.ts";

const sdl = "type Query { n: Int! } type Mutation { raise(by: Int = 1): Int! }";

function supergraphOf(url: string): string {
  const composition = compose([{ name: "counter", url, sdl }]);
  if (composition.kind === "refused") throw new Error(composition.problems.join("\n"));
  return composition.supergraphSdl;
}

describe("weft serve --supergraph", () => {
  it("answers queries by GET and POST, and mutations by POST, as plain federation does", async () => {
    let n = 0;
    await using counter = await graphqlSubgraph(sdl, {
      Query: { n: () => n },
      Mutation: {
        raise: (_parent, { by }: { by: number }) => {
          n += by;
          return n;
        },
      },
    });
    await using directory = await temporaryDirectory();
    const file = join(directory.path, "supergraph.graphql");
    await writeFile(file, supergraphOf(counter.url));
    await using weft = weftProcess(["serve", "--supergraph", file, "--port", "0"], { cwd: directory.path });
    const [, url = ""] = await weft.said(/listening at (http:\S+)\/graphql/);
    const query = { query: "mutation ($by: Int) { raise(by: $by) }", variables: { by: 2 } };
    expect((await askGateway(url, query)).text).toBe('{"data":{"raise":2}}');
    expect((await askGateway(url, "{ n }")).data).toEqual({ n: 2 });
    expect(await (await fetch(`${url}/graphql?query={n}`)).json()).toEqual({ data: { n: 2 } });
    expect((await fetch(`${url}/graphql?query=${encodeURIComponent("mutation{raise}")}`)).status).toBe(405);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    weft.end("SIGTERM");
    expect(await weft.ended).toEqual({ code: 0, signal: null });
    expect(weft.errors).toEqual([]);
  });
});

describe("weft serve says what is wrong in one line, and ends with status 1", () => {
  const mesh = "subgraphs:\n  - name: a\n    url: http://127.0.0.1:1/graphql\n";
  const files: Readonly<Record<string, string>> = {
    "broken.graphql": "type Query {",
    "subgraph.graphql": sdl,
    "homeless.graphql": supergraphOf(""),
    "good.graphql": supergraphOf("http://127.0.0.1:1/graphql"),
    "good.yaml": mesh,
    "typo.yaml": `${mesh}server:\n  prot: 4000\n`,
    "no-examples.yaml": `${mesh}console:\n  examples: nowhere\n`,
    "bad-example.yaml": `${mesh}console:\n  examples: examples\n`,
    "examples/wrong.graphql": "query {",
  };

  it.each<[string, readonly string[], RegExp]>([
    [
      "a supergraph that is missing",
      ["--supergraph", "missing.graphql"],
      /^SUPERGRAPH_REFUSED: .*missing\.graphql: ENOENT/,
    ],
    [
      "a supergraph that is no GraphQL",
      ["--supergraph", "broken.graphql"],
      /^SUPERGRAPH_REFUSED: .*broken\.graphql: Syntax Error/,
    ],
    [
      "a schema that is no supergraph",
      ["--supergraph", "subgraph.graphql"],
      /^SUPERGRAPH_REFUSED: .*subgraph\.graphql: /,
    ],
    [
      "a supergraph whose subgraph has no address",
      ["--supergraph", "homeless.graphql"],
      /^SUPERGRAPH_REFUSED: .*homeless\.graphql: subgraph counter has no address/,
    ],
    [
      "a configuration that is missing",
      ["--config", "missing.yaml"],
      /^CONFIG_UNREADABLE: missing\.yaml cannot be read/,
    ],
    [
      "a key that is none",
      ["--config", "typo.yaml"],
      /typo\.yaml:5: server\.prot is no key of the configuration/,
    ],
    ["a port that is none", ["--config", "good.yaml", "--port", "http"], /--port http: give a number/],
    [
      "an address of an unknown subgraph",
      ["--config", "good.yaml", "--subgraph", "b=http://x/"],
      /--subgraph b: /,
    ],
    [
      "an address that is none",
      ["--config", "good.yaml", "--subgraph", "a=x"],
      /--subgraph a=x: write NAME=URL/,
    ],
    ["a port that is taken", ["--config", "good.yaml", "--port", "TAKEN"], /in use.*TAKEN/],
    ["a folder of examples that is missing", ["--config", "no-examples.yaml"], /nowhere/],
    ["an example that is no GraphQL", ["--config", "bad-example.yaml"], /wrong\.graphql.*Syntax Error/],
  ])("about %s", async (_, args, message) => {
    await using directory = await temporaryDirectory();
    await mkdir(join(directory.path, "examples"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, name), text);
    await using occupant = await httpServer(() => {});
    const { port } = new URL(occupant.url);
    const filled = args.map((arg) => arg.replace("TAKEN", port));
    await using weft = weftProcess(["serve", "--port", "0", ...filled], { cwd: directory.path });
    expect(await weft.ended).toEqual({ code: 1, signal: null });
    expect(weft.errors.join("\n").replace(port, "TAKEN")).toMatch(message);
    expect(weft.errors.join("\n")).not.toMatch(/^\s+at /m);
  });
});
