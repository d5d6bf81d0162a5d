// Loads the planner with lines of ours in its text, where no supergraph and no operation can be written so that it plans right.
import { readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { dirname, join, sep } from "node:path";
import { compileFunction } from "node:vm";
import { awaitRequirements } from "./await-requirements.ts";
import { externalElsewhere } from "./external-elsewhere.ts";
import { membersOfNearest } from "./members-of-nearest.ts";

/** Writes `line` behind the one place in the planner's `buildPlan.js` where `place` stands. */
export type PlannerRepair = { readonly place: string; readonly line: string };

const repairs: readonly PlannerRepair[] = [awaitRequirements, externalElsewhere, membersOfNearest];

/**
 * What `load` requires gets the repaired planner; whoever else requires it gets it as it is. A planner that is written
 * otherwise at a place is left as it is there.
 */
export function withRepairedPlanner<T>(load: () => T): T {
  const require = createRequire(import.meta.url);
  const { cache } = require;
  const folder = dirname(require.resolve("@apollo/query-planner")) + sep;
  const isOfPlanner = (file: string) => file.startsWith(folder);
  const before = { ...cache };
  const forget = () => {
    for (const file of Object.keys(cache).filter(isOfPlanner)) delete cache[file];
  };
  forget();
  try {
    loadRepaired(join(folder, "buildPlan.js"), cache);
    return load();
  } finally {
    forget();
    for (const [file, module] of Object.entries(before)) if (isOfPlanner(file)) cache[file] = module;
  }
}

function loadRepaired(file: string, cache: NodeJS.Dict<NodeJS.Module>): void {
  const text = repairs.reduce(
    (repaired, { place, line }) => repaired.replace(place, `${place} ${line}`),
    readFileSync(file, "utf8"),
  );
  const module = new Module(file);
  cache[file] = module;
  const run = compileFunction(text, ["exports", "require", "module"], { filename: file });
  run(module.exports, createRequire(file), module);
  module.loaded = true;
}
