#!/usr/bin/env node
// `weft`: the command line.
import "./lean-heap.ts";
import { defineCommand, runMain } from "citty";

/** Each command is loaded when it is the one that runs. */
await runMain(
  defineCommand({
    meta: { name: "weft", description: "A federated GraphQL query gateway over data products." },
    subCommands: {
      serve: async () => (await import("./serve.ts")).serveCommand,
      up: async () => (await import("./up.ts")).upCommand,
      explain: async () => (await import("./explain.ts")).explainCommand,
      invalidate: async () => (await import("./invalidate.ts")).invalidateCommand,
    },
  }),
);
