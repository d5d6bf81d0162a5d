#!/usr/bin/env node
// `weft`: the command line.
import "./lean-heap.ts";
import { readFile } from "node:fs/promises";
import { type CommandDef, defineCommand, runMain } from "citty";
import { showUsage } from "./show-usage.ts";
import { strictCommand } from "./strict-command.ts";

/** By what they are for: a product of one's own, the mesh, a mesh that runs. Each is loaded when it is the one that runs. */
const commands: Readonly<Record<string, () => Promise<object>>> = {
  init: async () => (await import("./init.ts")).initCommand,
  dev: async () => (await import("./dev.ts")).devCommand,
  contract: async () => (await import("./contract.ts")).contractCommand,
  test: async () => (await import("./test.ts")).testCommand,
  check: async () => (await import("./check.ts")).checkCommand,
  diff: async () => (await import("./diff.ts")).diffCommand,
  publish: async () => (await import("./publish.ts")).publishCommand,
  rollback: async () => (await import("./rollback.ts")).rollbackCommand,
  retire: async () => (await import("./retire.ts")).retireCommand,
  history: async () => (await import("./history.ts")).historyCommand,
  compose: async () => (await import("./compose.ts")).composeCommand,
  up: async () => (await import("./up.ts")).upCommand,
  serve: async () => (await import("./serve.ts")).serveCommand,
  explain: async () => (await import("./explain.ts")).explainCommand,
  invalidate: async () => (await import("./invalidate.ts")).invalidateCommand,
};

await runMain(
  defineCommand({
    meta: async () => ({
      name: "weft",
      version: await readVersion(),
      description: "A federated GraphQL query gateway over data products.",
    }),
    subCommands: Object.fromEntries(
      Object.entries(commands).map(([name, load]) => [
        name,
        async () => strictCommand(name, (await load()) as CommandDef),
      ]),
    ),
  }),
  { showUsage },
);

/** Of this package: beside `dist/` where it is built, beside `cli/` where it is not. */
async function readVersion(): Promise<string> {
  const here = new URL(import.meta.url);
  const up = here.pathname.endsWith("/dist/cli/main.js") ? "../.." : "..";
  const { version } = JSON.parse(await readFile(new URL(`${up}/package.json`, here), "utf8"));
  return version;
}
