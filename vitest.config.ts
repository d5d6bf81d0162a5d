// The tests: those of single parts, and those of the whole mesh, which alone wait for it to come up.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: "weft/sdk", replacement: source("sdk/weft-sdk.ts") },
      { find: "weft/schema", replacement: source("schema/weft-schema.ts") },
      // One copy of graphql, as in Node: its CommonJS build is what the federation packages load.
      { find: /^graphql$/, replacement: source("node_modules/graphql/index.js") },
    ],
  },
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: "parts", include: ["test/**/*.test.ts"], exclude: ["test/mesh/**"] },
      },
      {
        extends: true,
        test: {
          name: "mesh",
          include: ["test/mesh/**/*.test.ts"],
          globalSetup: "test/setup/demo-mesh.ts",
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
