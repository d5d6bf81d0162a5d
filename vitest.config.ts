// The tests: those of single parts, those that ask PostgreSQL, and those of the whole mesh, which wait for it to come up.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/setup/longest-first.ts";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const named = (names: readonly string[]) => names.map((name) => `test/sdk/${name}.test.ts`);
/** What the surface says, asked of DuckDB and again of PostgreSQL. */
const onBothEngines = named([
  "aggregate",
  "asking-errors",
  "buckets",
  "by-key",
  "groups",
  "inverse",
  "limits",
  "order",
  "statements",
  "values",
  "where-columns",
  "where-relationships",
]);
/** What needs PostgreSQL: its engine, and the questions that both engines are asked side by side. */
const onPostgres = [
  ...named(["kept-text", "outbox", "postgres-engine", "random", "seed-postgres"]),
  "test/testkit/postgres-port.test.ts",
  "test/registry/postgres-mesh.test.ts",
  "test/registry/postgres-registry.test.ts",
  "test/across/**/*.test.ts",
  "test/sdk/changes/**/*.test.ts",
  "test/golden/trade.test.ts",
  "test/init/init-postgres.test.ts",
  "test/init/minute.test.ts",
  "test/init/postgres-source.test.ts",
];
/** In a process of its own: what looks at loaded libraries or at memory, and what asks as much as a process can. */
const alone = [
  "test/federation/planning/repairs.test.ts",
  "test/gateway/gateway-swap.test.ts",
  "test/gateway/unused-libraries.test.ts",
  "test/registry/swap-revisions.test.ts",
  "test/sdk/sizes.test.ts",
];

export default defineConfig({
  resolve: {
    alias: [
      { find: "weft/sdk", replacement: source("sdk/weft-sdk.ts") },
      { find: "weft/testkit", replacement: source("sdk/weft-testkit.ts") },
      { find: "weft/check", replacement: source("schema/weft-check.ts") },
      { find: "weft/schema", replacement: source("schema/weft-schema.ts") },
      // One copy of graphql, as in Node: its CommonJS build is what the federation packages load.
      { find: /^graphql$/, replacement: source("node_modules/graphql/index.js") },
    ],
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2, // by itself vitest leaves one of two cores to itself
    // No module of ours has a state: a process loads each once, and keeps it for the next file.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/mesh/**", ...onPostgres, ...alone],
        },
      },
      { extends: true, test: { name: "alone", include: alone, isolate: true } },
      {
        extends: true,
        test: {
          name: "postgres",
          include: [...onBothEngines, ...onPostgres],
          globalSetup: "test/setup/shared-postgres.ts",
        },
      },
      {
        extends: true,
        test: {
          name: "mesh",
          include: ["test/mesh/**/*.test.ts"],
          isolate: true, // the stock gateway's libraries do not bear to be loaded after parts of them
          globalSetup: "test/setup/demo-mesh.ts",
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
