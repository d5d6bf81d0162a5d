// Swapping the supergraph under load: no question fails, and none is answered half by one and half by the other.
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { graphqlSubgraph } from "./support/graphql-subgraph.ts";
import { followedClosely, type GatewayAnswer, testGateway } from "./support/test-gateway.ts";

const swapsMin = 10;
const askers = 500;

/** Both subgraphs can answer both fields; whose they are is what a version of the mesh decides. */
const left = "type Query { left: String right: String }";
const right = 'type Query { left: String @override(from: "one") right: String @override(from: "one") }';
const unmoved = "type Query { other: String }";
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@override"])\n';

const subgraph = (name: string) =>
  graphqlSubgraph("type Query { left: String right: String other: String }", {
    Query: { left: () => name, right: () => name, other: () => name },
  });

it("answers 500 askers at once while the supergraph changes ten times: none fails, none is mixed", async () => {
  await using directory = await temporaryDirectory();
  await using one = await subgraph("one");
  await using two = await subgraph("two");
  const files = { one: join(directory.path, "one.graphql"), two: join(directory.path, "two.graphql") };
  const write = async (version: number) => {
    const draft = `${files.two}.draft`;
    await writeFile(draft, `# ${version}\n${link}${version % 2 === 0 ? unmoved : right}`);
    await rename(draft, files.two);
  };
  await writeFile(files.one, left);
  await write(0);
  await using gateway = await testGateway({
    subgraphs: { one: { url: one.url, sdl: files.one }, two: { url: two.url, sdl: files.two } },
    schema: followedClosely,
    plansInThread: true,
  });
  await gateway.live();
  const swaps = () => gateway.events.filter(({ kind }) => kind === "supergraph.taken").length - 1;
  let swapping = true;

  const changing = (async () => {
    for (let version = 1; version <= swapsMin; version++) {
      await write(version);
      await vi.waitFor(() => expect(swaps()).toBeGreaterThanOrEqual(version), {
        timeout: 10_000,
        interval: 5,
      });
    }
    swapping = false;
  })();
  const wrong: GatewayAnswer[] = [];
  const seen = new Set<string>();
  let answered = 0;
  const asker = async () => {
    do {
      const answer = await gateway.ask('{ left right __type(name: "Query") { name } }');
      answered += 1;
      const whole = answer.status === 200 && !answer.errors && answer.data.left === answer.data.right;
      if (whole) seen.add(answer.data.left);
      else wrong.push(answer);
    } while (swapping);
  };
  await Promise.all([changing, ...Array.from({ length: askers }, asker)]);

  expect(wrong.slice(0, 3).map(({ status, text }) => [status, text])).toEqual([]);
  expect([...seen].sort()).toEqual(["one", "two"]);
  expect(swaps()).toBeGreaterThanOrEqual(swapsMin);
  expect(answered).toBeGreaterThanOrEqual(askers);
  expect(gateway.events.filter(({ kind }) => kind === "supergraph.refused")).toEqual([]);
}, 60_000);
