// EXPLAIN over HTTP: a plan costs no request, an analysis tells what was really asked, and neither changes an answer.
import { describe, expect, test } from "vitest";
import type { ExplainNode } from "../../gateway/plan/explain.ts";
import { aviationMesh } from "../across/support/aviation-mesh.ts";
import { gatewayOn } from "../across/support/gateway-on.ts";
import { type Recorded, type RecordedMesh, recordedMesh } from "../across/support/recorded-mesh.ts";
import { type Question, type TestGateway, testGateway } from "../gateway/support/test-gateway.ts";

type Explained = { readonly mesh: RecordedMesh; readonly gateway: TestGateway };

const it = test.extend<Explained>({
  mesh: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using aviation = await aviationMesh();
      await using mesh = await recordedMesh(aviation);
      await use(mesh);
    },
    { scope: "file" },
  ],
  gateway: [
    async ({ mesh }, use) => {
      await using gateway = await gatewayOn(mesh, "all");
      await use(gateway);
    },
    { scope: "file" },
  ],
});

type Explanation = { readonly text: string; readonly tree: ExplainNode };

/** As a caller sends it. */
async function ask(
  { url }: TestGateway,
  question: Question & { readonly extensions?: unknown },
): Promise<{
  readonly status: number;
  readonly data: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly explain: Explanation | undefined;
  readonly keys: readonly string[];
}> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(question),
  });
  const body = (await response.json()) as { data: unknown; extensions?: { explain: Explanation } };
  return { status: response.status, ...body, explain: body.extensions?.explain, keys: Object.keys(body) };
}

const questions: readonly (readonly [what: string, query: string])[] = [
  [
    "groups by another domain, filtered by a third",
    `{ flights_groups(
        where: { origin: { state: { code: { _eq: "CA" } } }, distance: { _gte: 500 } }
        having: { count: { _gt: 20 } }
        order_by: [{ aggregate: { avg: { delay: desc } } }]
        limit: 10
      ) { by { destination { state { name } } date_month } aggregate { count avg { delay } } } }`,
  ],
  [
    "a list filtered by another domain",
    `{ flights(where: { origin: { state: { code: { _eq: "CA" } } } }, limit: 5) { id destination { name } } }`,
  ],
  [
    "a page in the order of another domain",
    `{ flights(order_by: [{ destination: { name: desc } }, { delay: desc }], limit: 5) { id destination { name } } }`,
  ],
  [
    "an aggregate, and a list whose objects hold another",
    `{ a: flights_aggregate(where: { origin: { city: { _eq: "Oakland" } } }) { aggregate { count } nodes { id } }
      airports(where: { state: { code: { _eq: "CA" } }, departures: { delay: { _gt: 60 } } }) {
        iata departures(where: { destination: { city: { _eq: "Phoenix" } } }, limit: 2) { id } } }`,
  ],
  [
    "a page in the order of an aggregate of another domain",
    "{ airports(order_by: [{ departures_aggregate: { count: desc } }], limit: 3) { iata } }",
  ],
  ["plain federation", `{ airport: airports(limit: 3) { iata departures(limit: 2) { id } } }`],
];

describe("an explained question", () => {
  it.for(questions)("asks nobody for the plan of %s", async ([, query], { mesh, gateway }) => {
    mesh.take();
    const { data, errors, explain } = await ask(gateway, { query, extensions: { explain: "plan" } });
    expect(errors).toBeUndefined();
    expect(data).toBeNull();
    expect(mesh.take()).toEqual([]);
    expect(explain?.tree.node).toBe("question");
    expect(nodesIn(explain?.tree as ExplainNode).some(({ actual }) => actual)).toBe(false);
    expect(explain?.text.split("\n").filter((line) => !line.trim().startsWith("#"))).toHaveLength(
      nodesIn(explain?.tree as ExplainNode).length,
    );
  });

  it.for(questions)("tells the real requests and bytes of %s", async ([, query], { mesh, gateway }) => {
    for (const turn of ["read by Apollo Server", "known"]) {
      mesh.take();
      const { errors, explain } = await ask(gateway, { query, extensions: { explain: "analyze" } });
      expect(errors).toBeUndefined();
      expect(explain?.tree.actual, turn).toMatchObject(counted(mesh.take()));
    }
  });

  it.for(questions)("answers %s as it does without", async ([, query], { gateway }) => {
    const plain = await ask(gateway, { query });
    const explained = await ask(gateway, { query, extensions: { explain: "analyze" } });
    expect(plain.keys).toEqual(["data"]);
    expect(plain.data).not.toBeNull();
    expect(explained.data).toEqual(plain.data);
  });

  it("is asked for by GET too", async ({ gateway }) => {
    const search = new URLSearchParams({ query: "{ countries { code } }", extensions: '{"explain":"plan"}' });
    const response = await fetch(`${gateway.url}/graphql?${search}`, {
      headers: { "apollo-require-preflight": "1" },
    });
    const body = (await response.json()) as { extensions: { explain: Explanation } };
    expect(body.extensions.explain.text).toMatch(/^question\n {2}fetch 1 @places/);
  });

  it.for(["known", "new"])("takes no other word, of a question that is %s", async (which, { gateway }) => {
    const query = `{ countries { code name ${which} : region } }`;
    if (which === "known") await ask(gateway, { query });
    for (const explain of ["yes", true, {}, ["plan"]]) {
      const { status, errors } = await ask(gateway, { query, extensions: { explain } });
      expect(errors?.[0]?.extensions.code).toBe("EXPLAIN_UNKNOWN");
      expect(status).toBe(200);
    }
  });

  it("is refused where the operator shows no plans", async ({ mesh: { subgraphs } }) => {
    await using silent = await testGateway({ subgraphs, operation: { explain: false } });
    await silent.live();
    const query = "{ countries(limit: 1) { code } }";
    const { errors, data } = await ask(silent, { query, extensions: { explain: "plan" } });
    expect(errors?.[0]?.extensions.code).toBe("EXPLAIN_OFF");
    expect(data).toBeUndefined();
    expect((await ask(silent, { query })).data).toEqual({ countries: [{ code: "AD" }] });
  });

  it("says what is pushed, what is left here, and why", async ({ gateway }) => {
    const [[, query] = ["", ""]] = questions;
    const { explain } = await ask(gateway, { query, extensions: { explain: "plan" } });
    expect(explain?.text.replace(/ ~205 rows/g, "")).toMatchInlineSnapshot(`
      "question
        grouped flights_groups
          sort order by avg(delay) desc, destination.state.name asc, date_month asc limit 10 ~10 rows
            # destination.state.name: flights can't sort by another domain's.
            filter keep count(*) > 20
              # Groups are whole only here.
              regroup by destination.state.name, date_month of count(*), avg(delay) {push-grouping}
                # flights does not have destination.state.name: it groups by the keys that lead there.
                lookup destination.state.name by destination.iata
                  # destination.state.name: of airports, not of flights.
                  groups flights @flights by date_month, destination.iata of count(*), count(delay), sum(delay) where distance >= 500 and origin among keys(airports | state.code = "CA") {push-filter, push-grouping}
                    choose origin by origin.iata {choose-direction}
                      # foreign: all keys of airports. local: those that the rows of flights at hand have. Counts decide while it runs.
                      key set foreign
                        scan airports @airports where state.code = "CA" {push-filter}
                      key set local
                        scan airports @airports where state.code = "CA" and iata among keys(flights | distance >= 500) {push-filter}
                          key set by iata
                            groups flights @flights by origin.iata where distance >= 500 {push-filter, distinct-keys}
                  lookup state.name by state.code
                    # state.name: of places, not of airports.
                    scan airports @airports where iata among the keys given {push-filter}
                    scan states @places where code among the keys given {push-filter}"
    `);
  });

  it("counts a choice's ways by what is remembered of them", async ({ gateway }) => {
    const query = `{ flights(where: { distance: { _gt: 100 }, origin: { city: { _eq: "Oakland" } } }, limit: 1) { id } }`;
    const before = await ask(gateway, { query, extensions: { explain: "plan" } });
    const run = await ask(gateway, { query, extensions: { explain: "analyze" } });
    const after = await ask(gateway, { query, extensions: { explain: "plan" } });
    const foreign = ({ explain }: typeof before) =>
      nodesIn(explain?.tree as ExplainNode).find(({ name }) => name === "foreign");
    expect(foreign(before)?.estimatedRows).toBeUndefined();
    const rows = foreign(run)?.actual?.keys;
    expect(rows).toBeGreaterThan(0);
    expect(foreign(after)?.estimatedRows).toBe(rows);
  });

  it("tells no plan of a question that is wrong, and its error", async ({ gateway }) => {
    const query = "query ($n: Int!) { countries(limit: $n) { code } }";
    const { errors } = await ask(gateway, { query, extensions: { explain: "plan" } });
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});

function counted(recorded: readonly Recorded[]): { readonly requests: number; readonly bytes: number } {
  return { requests: recorded.length, bytes: recorded.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function nodesIn(node: ExplainNode): readonly ExplainNode[] {
  return [node, ...node.inputs.flatMap(nodesIn)];
}
