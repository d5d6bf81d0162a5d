#!/usr/bin/env node
// `weft`: the command line.
import { defineCommand, runMain } from "citty";
import { serveCommand } from "./serve.ts";
import { upCommand } from "./up.ts";

await runMain(
  defineCommand({
    meta: { name: "weft", description: "A federated GraphQL query gateway over data products." },
    subCommands: { serve: serveCommand, up: upCommand },
  }),
);
