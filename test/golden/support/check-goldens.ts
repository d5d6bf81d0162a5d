// What every golden of a mesh must show: the oracle's answer, with rules and without, however late each domain answers.
import { describe, expect, test } from "vitest";
import { gatewayOn, type Rules } from "../../across/support/gateway-on.ts";
import { type Oracle, openOracle, type Row } from "../../across/support/oracle.ts";
import { difference } from "../../across/support/same-answer.ts";
import type { Mesh } from "../../across/support/trade-mesh.ts";
import { type RecordedMesh, recordedMesh } from "../../across/support/recorded-mesh.ts";
import { unsteady } from "../../across/support/unsteady.ts";
import { type Question, type TestGateway, testGateway } from "../../gateway/support/test-gateway.ts";
import { type Golden, goldensOf } from "./golden.ts";
import { printRequests } from "./print-requests.ts";

type Gateways = {
  readonly oracle: Oracle;
  readonly mesh: Mesh;
  readonly gateway: TestGateway;
  readonly plain: TestGateway;
  readonly late: TestGateway;
  readonly remembering: TestGateway;
  readonly observed: Observed;
};

/** Remembers no counts, so that each question is planned and asked as the first. */
type Observed = { readonly gateway: TestGateway; readonly mesh: RecordedMesh };

/**
 * `vitest -u` writes the files that the goldens are kept in: `result.json` from what the oracle says, `plan.txt` and
 * `requests.txt` from how the gateway answers.
 */
export function checkGoldens(name: string, tables: readonly string[], openMesh: () => Promise<Mesh>): void {
  const it = test.extend<Gateways>({
    oracle: [
      // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
      async ({}, use) => {
        await using oracle = await openOracle(tables);
        await use(oracle);
      },
      { scope: "file" },
    ],
    mesh: [
      // biome-ignore lint/correctness/noEmptyPattern: as above
      async ({}, use) => {
        await using mesh = await openMesh();
        await use(mesh);
      },
      { scope: "file" },
    ],
    gateway: [withGateway("all"), { scope: "file" }],
    plain: [withGateway("none"), { scope: "file" }],
    late: [
      async ({ mesh }, use) => {
        await using behind = await unsteady(mesh);
        await using gateway = await gatewayOn(behind, "all");
        await use(gateway);
      },
      { scope: "file" },
    ],
    remembering: [
      async ({ mesh: { subgraphs } }, use) => {
        await using gateway = await testGateway({ subgraphs, cache: { enabled: true } });
        await gateway.live();
        await use(gateway);
      },
      { scope: "file" },
    ],
    observed: [
      async ({ mesh }, use) => {
        await using recorded = await recordedMesh(mesh);
        const { subgraphs } = recorded;
        await using gateway = await testGateway({ subgraphs, operation: { countsMax: 1, countsKeptMs: 1 } });
        await gateway.live();
        await use({ gateway, mesh: recorded });
      },
      { scope: "file" },
    ],
  });

  describe(`a golden of the ${name} mesh`, () => {
    for (const golden of goldensOf(name))
      it(golden.name, { timeout: 60_000 }, async ({ oracle, gateway, plain, late, remembering, observed }) => {
        const expected = await golden.expected(oracle);
        const written = `${JSON.stringify(expected, undefined, 2)}\n`;
        await expect(written).toMatchFileSnapshot(golden.file("result.json"));
        expect(await problem(gateway, golden.question, expected), "with rules").toBeUndefined();
        expect(await problem(plain, golden.question, expected), "without rules").toBeUndefined();
        expect(await problem(late, golden.question, expected), "late").toBeUndefined();
        await checkRemembered(remembering, golden.question, expected);
        await checkPlan(golden, observed);
      });
  });
}

/** What is wrong with the gateway's answer; undefined = nothing. */
async function problem(gateway: TestGateway, question: Question, expected: Row): Promise<string | undefined> {
  const { data, errors } = await gateway.ask(question);
  return errors ? JSON.stringify(errors, undefined, 2) : difference(data, expected);
}

/** Cold, once it is known who is asked for it, and warm; and made of what is remembered of its parts. */
async function checkRemembered(gateway: TestGateway, question: Question, expected: Row): Promise<void> {
  for (const turn of ["cold", "known", "warm"])
    expect(await problem(gateway, question, expected), turn).toBeUndefined();
  const { extensions } = await gateway.ask({ ...question, extensions: { freshness: true } });
  for (const { product, from } of extensions.freshness) expect(from, product).toBe("cache");
  const analyzed = { ...question, extensions: { explain: "analyze" } };
  expect(await problem(gateway, analyzed, expected), "of remembered parts").toBeUndefined();
}

/** The plan asks nobody; run and explained, the question has the same answer. */
async function checkPlan({ question, file }: Golden, { gateway, mesh }: Observed): Promise<void> {
  mesh.take();
  const { extensions } = await gateway.ask({ ...question, extensions: { explain: "plan" } });
  expect(mesh.take(), "requests for a plan").toEqual([]);
  await expect(`${extensions?.explain?.text}\n`).toMatchFileSnapshot(file("plan.txt"));
  const plain = await gateway.ask(question);
  await expect(printRequests(mesh.take())).toMatchFileSnapshot(file("requests.txt"));
  const analyzed = await gateway.ask({ ...question, extensions: { explain: "analyze" } });
  expect(analyzed.data).toEqual(plain.data);
  const { requests } = analyzed.extensions?.explain?.tree.actual ?? {};
  expect(mesh.take(), "requests of an analysis").toHaveLength(requests ?? -1);
}

function withGateway(rules: Rules) {
  return async ({ mesh }: { readonly mesh: Mesh }, use: (gateway: TestGateway) => Promise<void>) => {
    await using gateway = await gatewayOn(mesh, rules);
    await use(gateway);
  };
}
