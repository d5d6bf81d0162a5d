// Runs an operation and tells what its answer is made of.
import type { Answer } from "../execute/answer.ts";
import type { Operator } from "../execute/operator.ts";
import type { Told } from "../fetch/told.ts";
import type { Parted } from "./parted.ts";
import { openParts } from "./parts.ts";
import { collectProvenance } from "./provenance.ts";

/** Its parts, where they are demanded. */
export function plainRun(run: Operator<Answer>): Operator<Parted> {
  const runParted = partedRun(run);
  return (running) => (running.asking.wantsParts ? runParted : run)(running);
}

/** Its parts. */
export function partedRun(run: Operator<Answer>): Operator<Parted> {
  return async (running) => {
    const parts = openParts();
    const answer = await run({ ...running, asking: { ...running.asking, told: parts.add } });
    return { ...answer, parts: parts.all() };
  };
}

/** Its parts, and by what they can be found to be the same. */
export function provenRun(run: Operator<Answer>): Operator<Parted> {
  return async (running) => {
    const [parts, provenance] = [openParts(), collectProvenance()];
    const told = (part: Told) => {
      parts.add(part);
      provenance.add(part);
    };
    const asking = { ...running.asking, told, wantsEvidence: true };
    const answer = await run({ ...running, asking });
    return { ...answer, parts: parts.all(), provenance: provenance.all() };
  };
}
