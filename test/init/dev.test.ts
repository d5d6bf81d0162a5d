// `weft dev`: what is saved is answered, what is broken is told, and the last good one goes on.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineProduct, duckdb, startPort } from "weft/sdk";
import type { DevEvent } from "../../cli/dev/dev-event.ts";
import { initProduct } from "../../cli/init/init-product.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../setup/temporary-directory.ts";
import { type WeftProcess, weftProcess } from "../setup/weft-process.ts";

const airports = defineProduct({
  id: "airports",
  version: "1.0.0",
  domain: "d",
  owner: "o",
  contact: "c@weft.example",
  freshness: { slo: "P1D" },
  engine: duckdb({
    load: [
      "create table airports as select * from (values ('SFO', 'San Francisco'), ('JFK', 'New York')) t(iata, name)",
    ],
  }),
  entities: {
    Airport: {
      description: "An airport.",
      collection: "airports",
      key: ["iata"],
      columns: {
        iata: { type: "String!", description: "Code." },
        name: { type: "String!", description: "Name." },
      },
    },
  },
});

describe("weft dev", () => {
  let directory: TemporaryDirectory;
  let neighbour: Awaited<ReturnType<typeof startPort>>;
  let dev: WeftProcess;
  let url: string;
  let module: string;
  let original: string;

  const events = () =>
    dev.output.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as DevEvent);
  const soon = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
    for (let waited = 0; waited < 15_000; waited += 50) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(50);
    }
    throw new Error(`it never came:\n${[...dev.output, ...dev.errors].join("\n")}`);
  };
  const heard = <Kind extends DevEvent["kind"]>(kind: Kind, after: number) =>
    soon(() =>
      events()
        .slice(after)
        .find((event): event is Extract<DevEvent, { kind: Kind }> => event.kind === kind),
    );
  const ask = async (query: string) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
  };
  const answered = (query: string) => soon(async () => (await ask(query)).data ?? undefined);
  /** Saves the module with a change, and returns how many events there were before. */
  const save = async (change: (text: string) => string) => {
    const before = events().length;
    await writeFile(module, change(original));
    return before;
  };

  beforeAll(async () => {
    directory = await temporaryDirectory();
    neighbour = await startPort(airports);
    const at = (name: string) => join(directory.path, name);
    await writeFile(at("lounges.csv"), "id,airport,seats\n1,SFO,10\n2,JFK,20\n");
    await writeFile(
      at("mesh.yaml"),
      JSON.stringify({ subgraphs: [{ name: "airports", url: `${neighbour.url}/graphql` }] }),
    );
    const flags = { owner: "o", contact: "c@weft.example", entity: "Lounge", collection: "lounges" };
    const from = at("lounges.csv");
    await initProduct(
      { name: "halls", from, out: at("lounges"), mesh: at("mesh.yaml"), flags },
      { signal: new AbortController().signal },
    );
    module = at("lounges/product.js");
    original = await readFile(module, "utf8");
    dev = weftProcess(["dev", at("lounges"), "--port", "0", "--json"]);
    url = (await heard("ready", 0)).url;
  });
  afterAll(async () => {
    await dev?.[Symbol.asyncDispose]();
    await neighbour?.[Symbol.asyncDispose]();
    await directory?.[Symbol.asyncDispose]();
  });

  it("answers with the mesh", async () => {
    const query = '{ lounges(where: { airport: { name: { _eq: "New York" } } }) { id airport { name } } }';
    expect(await answered(query)).toEqual({ lounges: [{ id: 2, airport: { name: "New York" } }] });
  });

  it("answers a field that was saved", async () => {
    const before = await save((text) => text.replace("seats: {", 'chairs: { column: "seats",'));
    expect(await answered("{ lounges(limit: 1) { chairs } }")).toEqual({ lounges: [{ chairs: 10 }] });
    expect(await heard("serving", before)).toMatchObject({ findings: [] });
  });

  it("tells what does not compose, and the last good schema goes on", async () => {
    const before = await save((text) =>
      text
        .replace("lounges: {", "airports: {")
        .replaceAll('collection: "lounges"', 'collection: "airports"')
        .replace('table "lounges"', 'table "airports"'),
    );
    const { findings } = await heard("refused", before);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]).toMatchObject({ severity: "error", subgraph: "halls" });
    expect(await answered("{ lounges(limit: 1) { chairs } }")).toEqual({ lounges: [{ chairs: 10 }] });
  });

  it.each([
    [
      "throws",
      (text: string) => `${text}\nthrow new Error("not today");\n`,
      /not today/,
      /product\.js:\d+:\d+$/,
    ],
    ["is no JavaScript", (text: string) => `${text}\nexport const b = ;\n`, /SyntaxError/, /product\.js:\d+/],
    [
      "defines no product",
      (text: string) => text.replace('"1.0.0"', '"one"'),
      /Product halls, version: one is no semantic version/,
      /product\.js:\d+:\d+$/,
    ],
  ])("tells where a module that %s does so, and the last port goes on", async (_, change, problem, place) => {
    const before = await save(change);
    const failed = await heard("failed", before);
    expect(failed.problem).toMatch(problem);
    expect(failed.place).toMatch(place);
    expect(await answered("{ lounges(limit: 1) { chairs } }")).toEqual({ lounges: [{ chairs: 10 }] });
  });

  it("serves again what is mended", async () => {
    const before = await save((text) => text);
    await heard("serving", before);
    expect(await answered("{ lounges(limit: 1) { seats } }")).toEqual({ lounges: [{ seats: 10 }] });
  });

  it("takes the last of several saves", async () => {
    for (const n of [1, 2, 3])
      await save((text) => text.replace("seats: {", `seats${n}: { column: "seats",`));
    expect(await answered("{ lounges(limit: 1) { seats3 } }")).toEqual({ lounges: [{ seats3: 10 }] });
  });

  it("ends all that it started", async () => {
    const port = events().find((event) => event.kind === "ready")?.port as string;
    dev.end("SIGINT");
    expect(await dev.ended).toEqual({ code: 0, signal: null });
    for (const gone of [url, port]) await expect(fetch(gone)).rejects.toThrow();
  });
});
