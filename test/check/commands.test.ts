// `weft check`, `weft diff` and `weft compose` as a person runs them, on a folder of files.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../setup/temporary-directory.ts";
import { weftProcess } from "../setup/weft-process.ts";
import { airports, flights, head, headLines } from "./support/small-mesh.ts";

let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
const write = (name: string, text: string) => writeFile(join(folder.path, name), text);

beforeEach(async () => {
  folder = await temporaryDirectory();
  await mkdir(join(folder.path, "flights"));
  await write("airports.graphql", head + airports);
  await write(
    "mesh.yaml",
    `subgraphs: [{ name: airports, url: "http://127.0.0.1:1/graphql", sdl: airports.graphql }]
registry: { folder: registry }
admin: { enabled: false }
laws: { contract: "off" }
`,
  );
  await write(
    "flights/weft.yaml",
    "name: flights\nurl: http://127.0.0.1:2/graphql\nsdl: flights.graphql\nmesh: ../mesh.yaml\n",
  );
  await write("flights/flights.graphql", head + flights);
});
afterEach(() => folder[Symbol.asyncDispose]());

async function weft(...args: readonly string[]) {
  await using run = weftProcess(args, { cwd: folder.path, env: { WEFT_MESH: "" } });
  const { code } = await run.ended;
  return { code, output: run.output.join("\n"), errors: run.errors.join("\n") };
}

async function publish() {
  expect(await weft("publish", "flights", "--by", "Jo")).toMatchObject({ code: 0 });
}

const withoutDelay = head + flights.replace('  "Minutes late."\n  delay: Int\n', "");

const use = (coordinates: readonly string[]) => {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000 - 1_000).toISOString();
  const operation = (name: string, hash: string) => ({
    client: "ops-dashboard",
    operation: { name, hash: hash.repeat(64) },
    coordinates,
    firstSeen: ago(240),
    lastSeen: ago(3),
    count: 5,
  });
  return JSON.stringify({
    since: ago(2_400),
    forgotten: 0,
    operations: [operation("Late", "a"), operation("Later", "b")],
  });
};

describe("weft check", () => {
  it("finds nothing wrong with a product that is whole", async () => {
    const { code, output, errors } = await weft("check", "flights");
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(output).toBe(`flights 1.0.0, with 1 other in current: 0 errors, 0 warnings.
Nothing of it is published there: no change can break anybody.
The port was not tried: nothing answers at http://127.0.0.1:2/graphql: connect ECONNREFUSED 127.0.0.1:2.`);
  });

  it("names file, line and column, shows both definitions, and says what to do", async () => {
    await write("flights/flights.graphql", head + flights.replace("  iata: String!\n", "  iata: Int!\n"));
    const { code, output, errors } = await weft("check", "flights", "--no-port");
    expect({ code, errors }).toEqual({ code: 2, errors: "" });
    const mine = headLines + flights.slice(0, flights.indexOf("iata: String!")).split("\n").length;
    const theirs = headLines + airports.slice(0, airports.indexOf("iata: String!")).split("\n").length;
    expect(output).toContain(`error FIELD_TYPE_MISMATCH flights/flights.graphql:${mine}:3 (Airport.iata)
  Airport.iata is Int! in flights and String! in airports.
    ${mine} |   iata: Int!
       |   ^
  airports:${theirs}:3
    ${theirs} |   iata: String!
       |   ^
  → Give it one type everywhere: the one that its owner has.
`);
  });

  it("tells of an SDL that is none as of any other problem", async () => {
    await write("flights/flights.graphql", `${head + flights}type {\n`);
    const { code, output } = await weft("check", "flights", "--no-port", "--json");
    expect(code).toBe(2);
    const line = (head + flights).split("\n").length;
    expect(JSON.parse(output)).toMatchObject({
      findings: [{ code: "SDL_INVALID", subgraph: "flights", place: { line, column: 6 } }],
    });
  });

  it("says whom a change breaks", async () => {
    await publish();
    await write("flights/flights.graphql", withoutDelay.replace('version: "1.0.0"', 'version: "2.0.0"'));
    await write("use.json", use(["flights_bool_exp.delay"]));
    const broken = await weft("check", "flights", "--no-port", "--use", "use.json");
    expect(broken.code).toBe(2);
    expect(broken.output).toContain(`breaking  The field Flight.delay is removed.
          It breaks 2 operations of client ‘ops-dashboard’, last seen 3 hours ago.`);
    await write("use.json", use(["Flight.id"]));
    const unused = await weft("check", "flights", "--no-port", "--use", "use.json");
    expect(unused.code).toBe(0);
    expect(unused.output).toContain(`can go    The field Flight.delay is removed.
          Nobody used it in the last 30 days: it can go.`);
  });

  it("prints one JSON document", async () => {
    await publish();
    await write("flights/flights.graphql", withoutDelay);
    const { code, output, errors } = await weft("check", "flights", "--no-port", "--json");
    expect({ code, errors }).toEqual({ code: 2, errors: "" });
    expect(JSON.parse(output)).toMatchObject({
      product: { name: "flights", version: "1.0.0", url: "http://127.0.0.1:2/graphql" },
      mesh: { variant: "current", subgraphs: 1 },
      published: "1.0.0",
      findings: [{ code: "LAW_VERSION", severity: "error", coordinate: "Flight" }],
      changes: [
        { kind: "field removed", coordinate: "Flight.delay", stated: "breaking", use: "unknown", hits: [] },
      ],
      verdict: "breaking",
      nextVersion: "2.0.0",
      use: { kind: "unknown" },
      port: { kind: "skipped", why: "--no-port" },
    });
  });

  it("compares a product that the mesh configures with what it has", async () => {
    await mkdir(join(folder.path, "registered"));
    await write(
      "registered/weft.yaml",
      "name: airports\nurl: http://127.0.0.1:2/graphql\nsdl: airports.graphql\n",
    );
    await write("registered/airports.graphql", head + airports.replace('  "City."\n  city: String\n', ""));
    const { output } = await weft("check", "registered", "--mesh", "mesh.yaml", "--no-port", "--json");
    expect(JSON.parse(output)).toMatchObject({
      mesh: { subgraphs: 0 },
      published: "1.0.0",
      changes: [{ kind: "field removed", coordinate: "Airport.city" }],
      nextVersion: "2.0.0",
    });
  });

  it("checks a product of no mesh by itself", async () => {
    await mkdir(join(folder.path, "alone"));
    await write(
      "alone/weft.yaml",
      "name: airports\nurl: http://127.0.0.1:2/graphql\nsdl: airports.graphql\n",
    );
    await write("alone/airports.graphql", head + airports);
    await using run = weftProcess(["check", ".", "--no-port"], {
      cwd: join(folder.path, "alone"),
      env: { WEFT_MESH: "" },
    });
    expect(await run.ended).toMatchObject({ code: 0 });
    expect(run.output.join("\n")).toMatch(
      /^airports 1\.0\.0, by itself: no mesh is named: 0 errors, \d+ warnings\.$/m,
    );
  });

  it("is an error where a port that is named does not answer", async () => {
    const { code, output } = await weft("check", "flights", "--port", "http://127.0.0.1:3/graphql");
    expect(code).toBe(2);
    expect(output).toContain(
      "error PORT_SILENT flights\n  The port does not answer at http://127.0.0.1:3/graphql",
    );
  });

  it("ends with 1 where there is no product, no report or no such variant", async () => {
    const ended = await Promise.all([
      weft("check", "nowhere"),
      weft("check", "flights", "--use", "nothing.json", "--no-port"),
      weft("check", "flights", "--variant", "other", "--no-port"),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(ended.map(({ errors }) => errors.split(":")[0])).toEqual([
      "FOLDER_INVALID",
      "USE_UNREADABLE",
      "VARIANT_UNKNOWN",
    ]);
    expect(ended.map(({ errors }) => errors).join()).not.toMatch(/\n +at /);
  });
});

describe("weft diff", () => {
  it("compares what is published with what is here, and published versions", async () => {
    await publish();
    expect(await weft("diff", "flights")).toEqual({
      code: 0,
      output: "flights: 1.0.0 and working copy offer the same.",
      errors: "",
    });
    await write(
      "flights/flights.graphql",
      head + flights.replace("1.0.0", "1.1.0").replace("delay: Int", 'delay: Int "Gate." gate: Int'),
    );
    await publish();
    await write("flights/flights.graphql", withoutDelay);
    const here = await weft("diff", "flights");
    expect(here.code).toBe(2);
    expect(here.output).toContain("breaking  The field Flight.delay is removed.");
    const { code, output } = await weft("diff", "flights", "--from", "1.0.0", "--to", "1.1.0", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      name: "flights",
      from: "1.0.0",
      to: "1.1.0",
      changes: [{ kind: "field added", coordinate: "Flight.gate", verdict: "safe" }],
      verdict: "safe",
      nextVersion: "1.1.0",
    });
  });

  it("says which versions there are", async () => {
    const nothing = await weft("diff", "flights");
    expect(nothing).toMatchObject({ code: 1, errors: expect.stringMatching(/^NOTHING_PUBLISHED: /) });
    await publish();
    const unknown = await weft("diff", "flights", "--from", "0.9.0");
    expect(unknown).toMatchObject({ code: 1, errors: expect.stringContaining("there are 1.0.0") });
  });
});

describe("weft compose", () => {
  it("writes the supergraph", async () => {
    await publish();
    expect(await weft("compose", "--out", "supergraph.graphql")).toEqual({
      code: 0,
      output: "2 subgraphs composed: supergraph.graphql",
      errors: "",
    });
    const sdl = await readFile(join(folder.path, "supergraph.graphql"), "utf8");
    expect(sdl).toContain("type Flight");
    expect((await weft("compose")).output).toBe(sdl.trimEnd());
  });

  it("says why there is none", async () => {
    await publish();
    await write("airports.graphql", head + airports.replace("iata: String!", "iata: Int!"));
    const { code, errors, output } = await weft("compose");
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toContain("error FIELD_TYPE_MISMATCH airports:");
    const json = await weft("compose", "--json");
    expect(JSON.parse(json.output)).toMatchObject({
      supergraphSdl: null,
      findings: [{ code: "FIELD_TYPE_MISMATCH" }],
    });
  });
});
