// The console in a browser: a visitor sees the examples, runs one, and sees how the mesh is.
import type { Browser, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { launchChromium } from "../setup/launch-chromium.ts";

type Visit = {
  readonly page: Page;
  /** Every address that the page asked for. */
  readonly requests: readonly string[];
  /** What the page complained of: errors in its console, exceptions, answers of 400 and above. */
  readonly complaints: readonly string[];
};

const visiting = test.extend<{ browser: Browser; visit: Visit }>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using browser = await launchChromium();
      await use(browser);
    },
    { scope: "file" },
  ],
  visit: async ({ browser }, use) => {
    await using context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    page.on("requestfailed", (request) => complaints.push(`failed ${request.url()}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(inject("meshUrl"));
    await page.locator(".graphiql-query-editor .view-line").first().waitFor();
    await use({ page, requests, complaints });
  },
});

const tabs = (page: Page) => page.getByRole("tablist", { name: "Select active operation" }).getByRole("tab");

/** The answer on the screen, once it holds `token`. */
async function resultWith(page: Page, token: string): Promise<string> {
  const result = page.locator('section[aria-label="Result Window"]');
  await expect
    .poll(async () => (await result.innerText()).replaceAll("\u00a0", " "), { timeout: 15_000 })
    .toContain(token);
  return (await result.innerText()).replaceAll("\u00a0", " ");
}

describe("the console", () => {
  visiting(
    "offers the mesh's examples as tabs and answers the first",
    async ({ visit: { page, complaints } }) => {
      expect(await tabs(page).allInnerTexts()).toEqual([
        "AirportAndFlights",
        "WorstDelays",
        "StrikesBySpecies",
        "StatesAndAirports",
        "DelayOutOfCalifornia",
        "PacificAirports",
      ]);
      await page.getByRole("button", { name: /^Execute query/ }).click();
      const shown = await resultWith(page, "San Francisco International");
      expect(shown).toContain("California");
      expect(shown).not.toContain('"errors"');
      expect(complaints).toEqual([]);
    },
  );

  visiting("answers another example on its tab", async ({ visit: { page, complaints } }) => {
    await tabs(page).nth(2).click();
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await resultWith(page, "Canada goose");
    expect(complaints).toEqual([]);
  });

  visiting("explains a question beneath its result", async ({ visit: { page, complaints } }) => {
    const panel = page.getByRole("region", { name: "Explain" });
    await panel.getByRole("button", { name: "Plan" }).click();
    await panel.locator("tbody tr").first().waitFor();
    expect(await panel.locator("th").allInnerTexts()).toEqual(["Node"]);
    expect(await panel.locator("tbody tr").first().innerText()).toBe("question");
    await panel.getByRole("button", { name: "Analyze" }).click();
    await panel.locator(".explain-span").first().waitFor();
    expect(await panel.locator("th").allInnerTexts()).toEqual(["Node", "Rows", "Requests", "Bytes", "Time"]);
    const rows = await panel.locator("tbody tr").allInnerTexts();
    expect(rows.filter((row) => row.startsWith("fetch")).length).toBeGreaterThan(1);
    await panel.getByRole("button", { name: "Close" }).click();
    expect(await panel.locator("table").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  visiting("shows four products, all of them live", async ({ visit: { page } }) => {
    const mesh = page.getByRole("region", { name: "Mesh status" });
    await mesh.locator("li").first().waitFor();
    const dots = mesh.locator("li");
    expect(await dots.evaluateAll((all) => all.map((dot) => dot.getAttribute("data-status")))).toEqual([
      "live",
      "live",
      "live",
      "live",
    ]);
    expect(await dots.allTextContents()).toEqual([
      "flights: live",
      "airports: live",
      "places: live",
      "safety: live",
    ]);
    expect(await mesh.getByRole("status").innerText()).toBe("Mesh ready");
  });

  visiting("asks nobody but the gateway that it came from", async ({ visit: { page, requests } }) => {
    await page.getByRole("button", { name: /^Execute query/ }).click();
    await resultWith(page, "San Francisco");
    const web = requests.filter((url) => !url.startsWith("data:") && !url.startsWith("blob:"));
    expect(web.length).toBeGreaterThan(3);
    expect(new Set(web.map((url) => new URL(url).origin))).toEqual(new Set([inject("meshUrl")]));
  });
});
