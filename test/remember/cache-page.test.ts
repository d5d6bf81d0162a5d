// The page of the cache in a browser, on a gateway that remembers.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { askGateway } from "../gateway/support/test-gateway.ts";
import { buildConsole } from "../setup/build-console.ts";
import { launchChromium } from "../setup/launch-chromium.ts";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { weftProcess } from "../setup/weft-process.ts";
import { openShelf, type Shelf } from "./support/shelf.ts";

const cachingOf = async (url: string) => (await fetch(url)).headers.get("cache-control");

/** Where a gateway of the build answers questions, and operators. */
async function serving({ subgraphs }: Shelf) {
  const directory = await temporaryDirectory();
  const file = join(directory.path, "mesh.yaml");
  const mesh = {
    subgraphs: Object.entries(subgraphs).map(([name, url]) => ({ name, url })),
    server: { port: 0 },
    admin: { port: 0 },
  };
  await writeFile(file, JSON.stringify(mesh));
  const weft = weftProcess(["serve", "--config", file]);
  const [, url = ""] = await weft.said(/listening at (http:\S+)\/graphql/);
  const [, adminUrl = ""] = await weft.said(/what is remembered is shown at (http:[\w.:/]+?)\/?"/);
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 15_000 }).toBe(200);
  return {
    url,
    adminUrl,
    [Symbol.asyncDispose]: async () => {
      await weft[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

it("shows sums and the hottest edges as they change, and asks nobody else", { timeout: 60_000 }, async () => {
  buildConsole();
  await using shelf = await openShelf();
  await using gateway = await serving(shelf);
  const titles = "query Titles { books { id title } }";
  expect((await askGateway(gateway.url, titles)).errors).toBeUndefined();

  await using browser = await launchChromium();
  const page = await browser.newPage();
  const requests = new Set<string>();
  const complaints: string[] = [];
  page.on("request", (request) => requests.add(new URL(request.url()).origin));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(gateway.adminUrl);

  const table = page.getByRole("table", { name: /^Hottest operations and joins: 2 of 2/ });
  await table.waitFor();
  expect(await page.getByRole("status").innerText()).toBe("Remembering in memory");
  expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
    "Operation or join",
    "Asked",
    "Looked up",
    "Hits",
    "Hit ratio",
    "Written",
    "Time saved",
    "Not stored",
  ]);
  for (let turn = 0; turn < 3; turn++) await askGateway(gateway.url, titles);
  const hottest = table.getByRole("row").nth(1);
  await expect
    .poll(async () => (await hottest.getByRole("cell").allInnerTexts()).slice(0, 4), { timeout: 15_000 })
    .toEqual(["4", "4", "3", "75%"]);
  expect(await hottest.getByRole("rowheader").innerText()).toMatch(/^answer: Titles [\w-]{8}$/);
  const shown = await page.locator("dl").innerText();
  expect(shown).toMatch(/Asked\s+5/);
  expect(shown).toMatch(/Hit ratio\s+60%/);
  expect(complaints).toEqual([]);
  expect([...requests]).toEqual([gateway.adminUrl]);
  expect((await fetch(`${gateway.url}/cache.html`)).status, "on the public port").toBe(404);
  const script = await page.locator("script[src]").getAttribute("src");
  expect(await cachingOf(gateway.adminUrl)).toBe("no-cache");
  expect(await cachingOf(`${gateway.adminUrl}${script}`)).toBe("public, max-age=31536000, immutable");
});
