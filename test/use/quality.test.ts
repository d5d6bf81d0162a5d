// Quality reports: the last one of each product is kept, whole or not at all.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openQualityShelf } from "../../gateway/use/quality-shelf.ts";
import type { QualityReport } from "../../schema/product/quality.ts";
import { graphqlSubgraph } from "../gateway/support/graphql-subgraph.ts";
import { testGateway } from "../gateway/support/test-gateway.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";

const report = (product: string, at = "2026-11-21T10:00:00Z"): QualityReport => ({
  product,
  version: "1.0.0",
  at,
  rules: [
    {
      id: "trees-rows",
      text: "There are at least 3 trees.",
      dimension: "completeness",
      severity: "error",
      outcome: "failed",
      value: "2",
      expected: "at least 3",
      rowsChecked: 2,
      tookMs: 12.5,
    },
  ],
});

const limits = { productsMax: 3, bytesMax: 100_000 };

describe("the shelf of quality reports", () => {
  const shelf = (directory: string | undefined, changed: Partial<typeof limits> = {}) => {
    const problems: string[] = [];
    const failed = (problem: string) => problems.push(problem);
    return { problems, opened: openQualityShelf({ failed, directory }, { ...limits, ...changed }) };
  };

  it("keeps the latest of each product, over a restart too", async () => {
    await using directory = await temporaryDirectory();
    const { keep } = await shelf(directory.path).opened;
    const later = report("trees", "2026-11-21T12:00:00+01:00".replace("+01:00", "Z"));
    expect(await Promise.all([keep(report("trees")), keep(later), keep(report("farms"))])).toEqual([
      true,
      true,
      true,
    ]);
    expect(await keep(report("trees"))).toBe(false);
    const { problems, opened } = shelf(directory.path);
    expect((await opened).reports()).toEqual([report("farms"), later]);
    expect(problems).toEqual([]);
    expect(await readdir(directory.path)).toEqual(["quality.json"]);
    expect((await stat(join(directory.path, "quality.json"))).mode & 0o777).toBe(0o600);
  });

  it("has limits, and is left as it was where one is passed", async () => {
    await using directory = await temporaryDirectory();
    const { keep, reports } = await shelf(directory.path, { productsMax: 1 }).opened;
    await keep(report("trees"));
    await expect(keep(report("farms"))).rejects.toMatchObject({ code: "QUALITY_PRODUCTS_MAX" });
    expect(await keep(report("trees", "2026-11-22T10:00:00Z"))).toBe(true);
    expect(reports()).toHaveLength(1);
    const small = await shelf(undefined, { bytesMax: 100 }).opened;
    await expect(small.keep(report("trees"))).rejects.toMatchObject({ code: "QUALITY_BYTES_MAX" });
    expect(small.reports()).toEqual([]);
  });

  it("begins anew where what was kept cannot be read, and says so", async () => {
    await using directory = await temporaryDirectory();
    await writeFile(join(directory.path, "quality.json"), '{"reports":[{"product":""}]}');
    const { problems, opened } = shelf(directory.path);
    expect((await opened).reports()).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it("refuses a report that cannot be written", async () => {
    await using directory = await temporaryDirectory();
    const place = join(directory.path, "file");
    await writeFile(place, "");
    const { keep, reports } = await shelf(place).opened;
    await expect(keep(report("trees"))).rejects.toMatchObject({ code: "QUALITY_UNKEPT" });
    expect(reports()).toEqual([]);
    expect(await readFile(place, "utf8")).toBe("");
  });
});

describe("/admin/quality", () => {
  it("takes reports and tells them, and refuses what is none", async () => {
    await using subgraph = await graphqlSubgraph("type Query { a: Int }", {});
    await using gateway = await testGateway({ subgraphs: { one: subgraph.url }, admin: { port: 0 } });
    const place = `${gateway.adminUrl}/admin/quality`;
    const post = (body: string, type = "application/json") =>
      fetch(place, { method: "POST", headers: { "content-type": type }, body });
    const kept = await post(JSON.stringify(report("trees")));
    expect([kept.status, await kept.json()]).toEqual([200, { kept: true }]);
    const earlier = await post(JSON.stringify(report("trees", "2026-11-20T10:00:00Z")));
    expect(await earlier.json()).toEqual({ kept: false });
    for (const wrong of [{ ...report("trees"), rows: [1] }, { ...report("trees"), at: "today" }, []]) {
      const refused = await post(JSON.stringify(wrong));
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { errors: [{ extensions: { code: "QUALITY_INVALID" } }] },
      ]);
    }
    // What another site's page may send without being asked is not read.
    expect((await post(JSON.stringify(report("farms")), "text/plain")).status).toBe(400);
    expect(await (await fetch(place)).json()).toEqual({ reports: [report("trees")] });
  });
});
