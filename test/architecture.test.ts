// The layers: who may import whom, and which module alone imports each outside library that does a job of ours.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { configPage, errorsPage } from "../docs/generate.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A folder (or one file of it), and those of ours that it may import from. Itself is always allowed. */
const layers: Readonly<Record<string, readonly string[]>> = {
  "schema/product": [],
  "schema/compose": ["schema/product"],
  "schema/publish": ["schema/product"],
  "schema/registry": ["schema/compose", "schema/product"],
  "schema/check/finding": [],
  "schema/contract": ["schema/check/finding", "schema/compose", "schema/product"],
  "schema/check": [
    "schema/check/finding",
    "schema/check/composition",
    "schema/check/laws",
    "schema/check/rules",
    "schema/check/traps",
    "schema/compose",
    "schema/contract",
    "schema/product",
  ],
  "schema/check/composition": ["schema/check", "schema/check/finding", "schema/compose", "schema/product"],
  "schema/check/traps": ["schema/check", "schema/check/finding", "schema/product"],
  "schema/check/rules": ["schema/check", "schema/check/finding", "schema/product"],
  "schema/check/laws": ["schema/check", "schema/check/finding", "schema/contract", "schema/product"],
  schema: ["schema/check", "schema/check/finding", "schema/contract", "schema/product", "schema/registry"],
  http: ["schema/product"],
  "gateway/config": [],
  "gateway/write-whole": [],
  "gateway/fetch": ["gateway/config", "gateway/policy", "schema/product"],
  "gateway/operation": ["schema/product"],
  "gateway/policy": ["gateway/operation", "schema/product"],
  "gateway/plan": ["gateway/operation", "gateway/plan/rules", "gateway/policy", "schema/product"],
  "gateway/plan/rules": ["gateway/plan", "schema/product"],
  "gateway/execute": [
    "gateway/execute/across",
    "gateway/execute/federated",
    "gateway/execute/rows",
    "gateway/fetch",
    "gateway/operation",
    "gateway/plan",
    "schema/product",
  ],
  "gateway/execute/across": [
    "gateway/execute",
    "gateway/execute/federated",
    "gateway/execute/rows",
    "gateway/fetch",
    "gateway/operation",
    "gateway/plan",
    "gateway/policy",
    "schema/product",
  ],
  "gateway/execute/rows": [
    "gateway/execute",
    "gateway/execute/federated",
    "gateway/fetch",
    "gateway/plan",
    "schema/product",
  ],
  "gateway/execute/federated": [
    "gateway/execute",
    "gateway/fetch",
    "gateway/operation",
    "gateway/plan",
    "schema/product",
  ],
  "gateway/federation": [
    "gateway/federation/planning",
    "gateway/plan",
    "gateway/write-whole",
    "http",
    "schema/compose",
    "schema/product",
    "schema/registry",
  ],
  "gateway/federation/planning": ["gateway/federation", "gateway/plan", "schema/product", "schema/publish"],
  "gateway/remember": [
    "cache",
    "cache/invalidation",
    "cache/joins",
    "cache/store",
    "gateway/config",
    "gateway/execute",
    "gateway/fetch",
    "http",
    "schema/product",
  ],
  "gateway/use": ["gateway/federation/planning", "gateway/write-whole", "schema/product"],
  "gateway/server": [
    "cache/invalidation",
    "gateway/config",
    "gateway/execute",
    "gateway/execute/across",
    "gateway/federation",
    "gateway/fetch",
    "gateway/operation",
    "gateway/plan",
    "gateway/plan/rules",
    "gateway/policy",
    "gateway/remember",
    "gateway/use",
    "gateway/write-whole",
    "http",
    "schema/product",
  ],
  gateway: [
    "cache",
    "cache/invalidation",
    "gateway/plan",
    "gateway/config",
    "gateway/federation",
    "gateway/fetch",
    "gateway/remember",
    "gateway/server",
    "gateway/use",
    "http",
    "schema/product",
    "schema/registry",
  ],
  "sdk/product": ["sdk/sql/engine", "schema/product"],
  "sdk/sql/engine": ["sdk/sql/dialect", "schema/product"],
  "sdk/sql/dialect": ["schema/product"],
  "sdk/sql": ["sdk/product", "sdk/sql/dialect", "sdk/sql/engine", "schema/product"],
  "sdk/sdl": ["sdk/product", "schema/product"],
  "sdk/changes": ["sdk/product", "sdk/sql", "http", "schema/product"],
  "sdk/introspect": ["sdk/sql", "sdk/sql/engine", "schema/product"],
  "sdk/serve": [
    "sdk/changes",
    "sdk/product",
    "sdk/sdl",
    "sdk/sql",
    "sdk/sql/dialect",
    "sdk/sql/engine",
    "http",
    "schema/product",
  ],
  "sdk/testkit/checks": ["sdk/testkit", "schema/product"],
  "sdk/testkit": [
    "sdk/product",
    "sdk/serve",
    "sdk/sql/engine",
    "sdk/testkit/checks",
    "http",
    "schema/compose",
    "schema/product",
  ],
  sdk: [
    "sdk/changes",
    "sdk/product",
    "sdk/sdl",
    "sdk/serve",
    "sdk/sql",
    "sdk/sql/engine",
    "sdk/testkit",
    "schema/product",
  ],
  subgraphs: ["subgraphs/airports", "subgraphs/safety"],
  "subgraphs/flights": [],
  "subgraphs/airports": [],
  "subgraphs/places": [],
  "subgraphs/safety": [],
  cache: ["schema/product"],
  "cache/store": ["cache", "cache/store/scripts", "schema/product"],
  "cache/store/scripts": [],
  "cache/joins": ["cache", "cache/store", "schema/product"],
  "cache/invalidation": ["cache", "cache/store", "schema/product"],
  "cli/mesh": ["gateway/config"],
  "cli/product": [
    "cli",
    "gateway",
    "gateway/config",
    "gateway/federation",
    "schema/compose",
    "schema/product",
    "schema/registry",
    "sdk",
    "sdk/product",
    "sdk/sdl",
  ],
  "cli/check": [
    "cli",
    "cli/product",
    "schema/check",
    "schema/check/composition",
    "schema/check/finding",
    "schema/compose",
    "schema/contract",
    "schema/product",
    "sdk",
  ],
  "cli/publish": [
    "cli",
    "cli/check",
    "cli/product",
    "schema/check",
    "schema/check/composition",
    "schema/check/finding",
    "schema/compose",
    "schema/product",
    "schema/registry",
  ],
  "cli/contract": [
    "cli/check",
    "cli",
    "cli/product",
    "schema/check/finding",
    "schema/contract",
    "schema/product",
  ],
  "cli/test": [
    "cli/check",
    "cli",
    "cli/product",
    "schema/check/finding",
    "schema/contract",
    "schema/product",
    "sdk",
    "http",
  ],
  "cli/init": [
    "cli",
    "cli/init/files",
    "cli/product",
    "schema/compose",
    "schema/product",
    "sdk",
    "sdk/introspect",
    "sdk/product",
    "sdk/sdl",
    "sdk/sql",
  ],
  "cli/init/files": ["cli/init", "schema/contract", "schema/product", "sdk", "sdk/introspect"],
  "cli/dev": [
    "cli",
    "cli/product",
    "gateway",
    "gateway/config",
    "gateway/federation",
    "http",
    "schema/check",
    "schema/check/composition",
    "schema/check/finding",
    "schema/check/traps",
    "schema/compose",
    "schema/product",
  ],
  cli: [
    "cli/check",
    "cli/init",
    "cli/dev",
    "cli/contract",
    "cli/mesh",
    "cli/product",
    "cli/publish",
    "cli/test",
    "gateway",
    "gateway/config",
    "http",
    "schema/contract",
    "schema/product",
  ],
};

/** An outside library that does a job of ours, and its one importing module. */
const soleImporters: Readonly<Record<string, string>> = {
  "@apollo/composition": "schema/compose/compose.ts",
  "@apollo/federation-internals": "gateway/federation/planning/planning-gateway.ts",
  "@apollo/gateway": "gateway/federation/planning/planning-gateway.ts",
  "@apollo/query-planner": "gateway/federation/planning/planning-gateway.ts",
  "@apollo/subgraph": "sdk/serve/start-port.ts",
  "ajv/dist/2019.js": "schema/contract/contract-schema.ts",
  "ajv-formats": "schema/contract/contract-schema.ts",
  semver: "schema/product/version.ts",
  "@clack/prompts": "cli/init/ask.ts",
  "@duckdb/node-api": "sdk/sql/duckdb-engine.ts",
  ioredis: "cache/store/redis-connection.ts",
  dataloader: "sdk/serve/port-context.ts",
  pino: "http/log.ts",
};

/** Types of these travel; the value has one importer all the same. */
const typesTravel = new Set(["@apollo/query-planner", "pino"]);

type Import = { readonly file: string; readonly from: string; readonly typeOnly: boolean };

const files = Object.keys(layers)
  .map((folder) => folder.split("/")[0] as string)
  .filter((folder, i, all) => all.indexOf(folder) === i)
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith(".ts"));

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?[^;"']*?["']([^"']+)["'];?$/gms);
  return [...statements].map(([, type, from]) => ({
    file,
    from: from as string,
    typeOnly: type !== undefined,
  }));
});

/** The row of the table that the file falls under: its own, or that of the nearest folder. */
function layerOf(path: string): string {
  const name = path.replace(/\.ts$/, "");
  return name in layers ? name : layerOf(dirname(name));
}

describe("the layers", () => {
  it("has a row for every folder of code", () => {
    expect(files.map((file) => dirname(file)).filter((folder) => !(folder in layers))).toEqual([]);
  });

  it("finds the imports", () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  it("lets no module import one that its row does not name", () => {
    const wrong = imports
      .filter(({ from }) => from.startsWith("."))
      .map(({ file, from }) => ({ file, target: relative(root, join(root, dirname(file), from)) }))
      .filter(({ file, target }) => {
        const [layer, targetLayer] = [layerOf(file), layerOf(target)];
        return layer !== targetLayer && !layers[layer]?.includes(targetLayer);
      });
    expect(wrong).toEqual([]);
  });

  it("lets products import the SDK alone", () => {
    const foreign = imports
      .filter(({ file }) => file.startsWith("subgraphs/"))
      .filter(({ from }) => !from.startsWith("./") && !from.startsWith("node:") && from !== "weft/sdk");
    expect(foreign).toEqual([]);
  });

  it("gives each outside library that does a job of ours one importing module", () => {
    const strangers = imports.filter(({ file, from, typeOnly }) => {
      const sole = soleImporters[from];
      return sole !== undefined && sole !== file && !(typeOnly && typesTravel.has(from));
    });
    expect(strangers).toEqual([]);
  });

  it("keeps I/O and clocks out of planning", () => {
    const planning = imports.filter(({ file }) => file.startsWith("gateway/plan/"));
    const reaching = planning.filter(({ from }) => /^node:(?!assert$)|^undici$/.test(from));
    expect(reaching).toEqual([]);
  });
});

describe("the files", () => {
  it("say their purpose in the first line", () => {
    const silent = files.filter((file) => {
      const [first = "", second = ""] = readFileSync(join(root, file), "utf8").split("\n");
      return !(first.startsWith("#!") ? second : first).startsWith("// ");
    });
    expect(silent).toEqual([]);
  });

  it("are named for what they export, never index, types or utils", () => {
    const vague = files.filter((file) => /(^|\/)(index|types|utils?|helpers?|common|misc)\.ts$/.test(file));
    expect(vague).toEqual([]);
  });
});

describe("the generated pages", () => {
  it.each([
    ["docs/errors.md", errorsPage],
    ["docs/config.md", configPage],
  ])("%s is what `npm run docs` writes", (file, write) => {
    expect(readFileSync(join(root, file), "utf8")).toBe(write());
  });
});
