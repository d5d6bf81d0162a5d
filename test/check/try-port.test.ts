// The port of a product, tried: it does what it declares, or it is an error.
import { expect, it } from "vitest";
import { productSdl, startPort } from "weft/sdk";
import { tryPort } from "../../cli/check/try-port.ts";
import { museum } from "../sdk/support/museum.ts";
import { broken } from "../testkit/broken-port.ts";

const question = {
  name: "museum",
  demanded: false,
  budgetMs: 60_000,
  only: ["order"],
  signal: new AbortController().signal,
};
const limits = { rowsMax: 12 };

it("finds nothing wrong with one that does what it declares", async () => {
  const product = museum(limits);
  await using port = await startPort(product);
  const url = `${port.url}/graphql`;
  const trial = await tryPort({ ...question, url, sdl: productSdl(product) });
  expect(trial.findings).toEqual([]);
  expect(trial.port).toMatchObject({ kind: "tried", url, failed: 0 });
}, 60_000);

it("is an error where it does something else, with the question", async () => {
  const product = broken(museum(limits), "nulls stand where they should not");
  await using port = await startPort(product);
  const { findings } = await tryPort({ ...question, url: `${port.url}/graphql`, sdl: productSdl(product) });
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: "PORT_CHECK",
      severity: "error",
      subgraph: "museum",
      coordinate: expect.stringMatching(/^Query\./),
      text: expect.stringMatching(/\(order\): expected /),
      fix: expect.stringMatching(/Ask again: /),
    }),
  );
}, 60_000);

it("says that another product runs there", async () => {
  await using port = await startPort(museum(limits));
  const { findings } = await tryPort({
    ...question,
    url: `${port.url}/graphql`,
    sdl: "type Query { a: Int }",
  });
  expect(findings.map(({ code }) => code)).toEqual(["PORT_DIFFERS"]);
}, 60_000);

it("is skipped where nothing answers, unless it was named", async () => {
  const silent = { ...question, url: "http://127.0.0.1:1/graphql", sdl: "" };
  expect(await tryPort(silent)).toMatchObject({ port: { kind: "skipped" }, findings: [] });
  expect((await tryPort({ ...silent, demanded: true })).findings).toMatchObject([
    { code: "PORT_SILENT", severity: "error" },
  ]);
});
