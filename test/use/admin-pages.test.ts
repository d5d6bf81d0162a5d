// The pages of use and quality in a browser, on a gateway of the build.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startPort } from "weft/sdk";
import { askGateway } from "../gateway/support/test-gateway.ts";
import { buildConsole } from "../setup/build-console.ts";
import { launchChromium } from "../setup/launch-chromium.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { weftProcess } from "../setup/weft-process.ts";
import { oldFarms, oldTrees } from "./support/old-orchard.ts";

it("show who uses what and what the rules found, and ask nobody else", { timeout: 90_000 }, async () => {
  buildConsole();
  await using trees = await startPort(oldTrees);
  await using farms = await startPort(oldFarms);
  await using directory = await temporaryDirectory();
  const file = join(directory.path, "mesh.yaml");
  const subgraphs = [
    { name: "trees", url: `${trees.url}/graphql` },
    { name: "farms", url: `${farms.url}/graphql` },
  ];
  await writeFile(file, JSON.stringify({ subgraphs, server: { port: 0 }, admin: { port: 0 } }));
  await using weft = weftProcess(["serve", "--config", file]);
  const [, url = ""] = await weft.said(/listening at (http:\S+)\/graphql/);
  const [, adminUrl = ""] = await weft.said(/what is remembered is shown at (http:[\w.:/]+?)\/?"/);
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 15_000 }).toBe(200);
  const asked = await askGateway(url, "query Kinds { trees { kind } }", {
    headers: { "x-client-name": "<b>desk</b>" },
  });
  expect(asked.errors).toBeUndefined();
  const rule = { id: "trees-rows", dimension: "completeness", severity: "error", tookMs: 1 };
  const report = {
    product: "trees",
    version: "1.1.0",
    at: new Date().toISOString(),
    rules: [
      { ...rule, text: "There are trees.", outcome: "passed" },
      { ...rule, id: "trees-sort", text: "Each has a sort.", outcome: "failed", value: "1", expected: "0" },
    ],
  };
  const kept = await fetch(`${adminUrl}/admin/quality`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(report),
  });
  expect(await kept.json()).toEqual({ kept: true });

  await using browser = await launchChromium();
  const page = await browser.newPage();
  const requests = new Set<string>();
  const complaints: string[] = [];
  page.on("request", (request) => requests.add(new URL(request.url()).origin));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(adminUrl);
  await page.getByRole("link", { name: "Use", exact: true }).click();

  const deprecated = page.getByRole("table", { name: /^Deprecated/ });
  const row = deprecated.getByRole("row").filter({ hasText: /^Tree\.kind/ });
  await row.waitFor();
  expect(await row.getByRole("rowheader").innerText()).toMatch(/^Tree\.kind\s+Use Tree\.sort\.$/);
  expect(await row.getByRole("cell").first().innerText()).toBe("2027-06-30");
  expect(await row.getByRole("cell").last().innerText()).toBe("<b>desk</b>");
  expect(await page.getByRole("status").innerText()).toMatch(/^Recorded whole since \d{4}-\d\d-\d\d$/);
  const operation = page
    .getByRole("table", { name: /^Operations/ })
    .getByRole("row")
    .nth(1);
  expect(await operation.getByRole("rowheader").innerText()).toMatch(/^Kinds [0-9a-f]{8}\s+2 names$/);
  expect(await page.title()).toBe("Use · Weft");

  await page.getByRole("link", { name: "Quality" }).click();
  const rules = page.getByRole("table", { name: /^Rules/ });
  await rules.waitFor();
  expect(await page.getByRole("status").innerText()).toBe("1 of 2 rules hold");
  expect(await rules.getByRole("row").nth(1).getByRole("cell").allInnerTexts()).toEqual([
    "does not hold",
    "1, expected 0",
    expect.any(String),
    "trees 1.1.0",
  ]);
  expect(complaints).toEqual([]);
  expect([...requests]).toEqual([adminUrl]);
});
