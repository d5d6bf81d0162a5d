// What a watch sees of rows that are brought: rows, keys, requests, bytes and parts, of each node its own.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAsks } from "../../gateway/execute/rows/compile-rows.ts";
import { openWatch } from "../../gateway/execute/watch.ts";
import { always, type Condition } from "../../gateway/plan/condition.ts";
import { explainRows } from "../../gateway/plan/explain-rows.ts";
import { explainText } from "../../gateway/plan/explain-text.ts";
import type { RowsPlan, Scan } from "../../gateway/plan/rows-plan.ts";
import { mintVisibility } from "../../gateway/policy/visibility.ts";
import { openTwoDomains, type TwoDomains } from "../execute/rows/support/two-domains.ts";

let domains: TwoDomains;
beforeAll(async () => {
  domains = await openTwoDomains();
});
afterAll(() => domains[Symbol.asyncDispose]());

const scan = (collection: string, column: string, where: Condition = always): Scan => {
  return { kind: "scan", collection, columns: [column], where, order: [], page: { offset: 0 } };
};
const among: Condition = {
  kind: "among",
  relationship: "maker",
  columns: ["maker.code"],
  keys: { kind: "keys", rows: scan("makers", "code"), columns: ["code"] },
};

/** The plan's explanation once it ran; what differs from run to run is not in it. */
async function watched(plan: RowsPlan): Promise<string> {
  const { facts, runtime } = domains;
  let ms = 0;
  const { watch, seen } = openWatch(() => ms++, false);
  const asking = { signal: AbortSignal.timeout(10_000), visibility: mintVisibility({}, []) };
  await openAsks(runtime, watch).rows(plan)({ asking, variables: {}, watch });
  const countOf = () => undefined;
  const node = explainRows(plan, { facts, countOf, actualOf: seen.actualOf, explained: new Set() });
  return explainText(node)
    .replace(/, \d+ bytes?/g, "")
    .replace(/(, )?[\d.]+ ms/g, "");
}

describe("a watch", () => {
  it("counts the parts that a long key set is cut into", async () => {
    expect(await watched(scan("parts", "id", among))).toMatchInlineSnapshot(`
      "scan parts @parts where maker among keys(makers) {push-filter} [162 rows, in 4 parts, 4 requests]
        key set maker by maker.code [40 keys]
          scan makers @makers [40 rows, 1 request]"
    `);
  });

  it("tells of key sets that are decided here", async () => {
    expect(await watched(scan("parts", "id", { kind: "not", of: among }))).toMatchInlineSnapshot(`
      "scan parts @parts where not maker among keys(makers) {push-filter} [38 rows, kept here not maker among keys(makers), 5 requests]
        key set maker by maker.code [40 keys]
          scan makers @makers [40 rows, 1 request]"
    `);
  });

  it("counts what is left of a filter, and a key set that stands twice once", async () => {
    const scalars = { "maker.code": "String" } as const;
    const condition: Condition = { kind: "or", of: [among, { kind: "not", of: among }] };
    expect(
      await watched({ kind: "filter", input: scan("parts", "maker.code"), condition, scalars }),
    ).toMatchInlineSnapshot(`
      "filter keep maker among keys(makers) or not maker among keys(makers) [200 rows]
        # maker among keys(makers) or not maker among keys(makers): no rule asks it of parts.
        scan parts @parts [200 rows, 5 requests]
        key set maker by maker.code [40 keys]
          scan makers @makers [40 rows, 1 request]
        key set maker by maker.code
          # The same as above: keys(makers)."
    `);
  });
});
