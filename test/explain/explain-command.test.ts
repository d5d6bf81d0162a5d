// `weft explain` as a process: the text or the tree on standard output, and an exit status for each end.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { graphqlSubgraph } from "../gateway/support/graphql-subgraph.ts";
import { type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { weftProcess } from "../setup/weft-process.ts";

type Asking = { readonly gateway: TestGateway; readonly folder: string };

const it = test.extend<Asking>({
  gateway: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      const sdl = "type Query { twice(n: Int!): Int! }";
      const Query = { twice: (_: unknown, { n }: { readonly n: number }) => 2 * n };
      await using counter = await graphqlSubgraph(sdl, { Query });
      await using directory = await temporaryDirectory();
      const file = join(directory.path, "counter.graphql");
      await writeFile(file, sdl);
      await using gateway = await testGateway({ subgraphs: { counter: { url: counter.url, sdl: file } } });
      await gateway.live();
      await use(gateway);
    },
    { scope: "file" },
  ],
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      await using directory = await temporaryDirectory();
      await writeFile(join(directory.path, "question.graphql"), "query ($n: Int!) { twice(n: $n) }");
      await writeFile(join(directory.path, "values.json"), '{ "n": 21 }');
      await use(directory.path);
    },
    { scope: "file" },
  ],
});

async function run(cwd: string, ...args: readonly string[]) {
  await using weft = weftProcess(["explain", ...args], { cwd });
  const { code } = await weft.ended;
  return { code, output: weft.output.join("\n"), errors: weft.errors.join("\n") };
}

describe("weft explain", () => {
  it("prints the plan", async ({ gateway, folder }) => {
    const url = `${gateway.url}/graphql`;
    const { code, output } = await run(
      folder,
      "question.graphql",
      "--variables",
      "values.json",
      "--url",
      url,
    );
    expect(output).toBe("question\n  fetch 1 @counter {twice(n:$n)}");
    expect(code).toBe(0);
  });

  it("prints the tree as JSON, of a question that was asked", async ({ gateway, folder }) => {
    const url = `${gateway.url}/graphql`;
    const args = ["question.graphql", "--variables", "values.json", "--analyze", "--json", "--url", url];
    const { code, output } = await run(folder, ...args);
    expect(JSON.parse(output).tree).toMatchObject({ node: "question", actual: { requests: 1 } });
    expect(code).toBe(0);
  });

  it("ends with 2 where the gateway finds errors", async ({ gateway, folder }) => {
    const { code, output, errors } = await run(folder, "question.graphql", "--url", `${gateway.url}/graphql`);
    expect(errors).toContain("$n");
    expect(output).toBe("");
    expect(code).toBe(2);
  });

  it("ends with 1 where there is no file or no gateway", async ({ folder }) => {
    const noFile = await run(folder, "nothing.graphql");
    expect(noFile.errors).toMatch(/^FILE_UNREADABLE: nothing.graphql cannot be read/);
    expect(noFile.code).toBe(1);
    const noGateway = await run(folder, "question.graphql", "--url", "http://127.0.0.1:9/graphql");
    expect(noGateway.errors).toMatch(/^GATEWAY_UNREACHABLE: /);
    expect(noGateway.code).toBe(1);
  });
});
