// The freshness objective of the SDL and the latency that the contract agrees: one and the same.
import type { Finding } from "../check/finding.ts";
import type { Contract, ContractSla } from "./contract.ts";
import type { DeclaredProduct } from "./declared-product.ts";
import { documentFinding } from "./document-findings.ts";

const names = ["latency", "ly", "freshness"];

const unitsMs: readonly (readonly [names: readonly string[], ms: number])[] = [
  [["w", "wk", "week", "weeks"], 604_800_000],
  [["d", "day", "days"], 86_400_000],
  [["h", "hr", "hour", "hours"], 3_600_000],
  [["min", "minute", "minutes"], 60_000],
  [["s", "sec", "second", "seconds"], 1_000],
];

export function crossCheckFreshness(contract: Contract, { entities }: DeclaredProduct): readonly Finding[] {
  return [...entities.values()].flatMap(({ name, freshness }) => {
    if (!freshness) return [];
    const i = contract.slaProperties.findIndex((sla) => isLatencyOf(sla, name, entities.size));
    const sla = contract.slaProperties[i];
    const agreedMs = sla && slaMs(sla);
    if (agreedMs === freshness.sloMs) return [];
    const agreed = sla ? `${String(sla.value)} ${sla.unit ?? "(no unit)"}` : "not said";
    const { value, unit } = agreedAs(freshness.sloMs);
    return [
      documentFinding("CONTRACT_FRESHNESS", {
        coordinate: name,
        place: contract.placeOf(sla ? ["slaProperties", i, "value"] : ["slaProperties"]),
        text: `The latency of ${name} is ${agreed}, and its freshness objective is ${value} ${unit}.`,
        fix: "Correct the one that is wrong; to take the SDL's, run `weft contract --write`.",
      }),
    ];
  });
}

/** Where a contract has one object, the element need not be named. */
function isLatencyOf({ property, element }: ContractSla, entity: string, entities: number): boolean {
  if (!names.includes(property)) return false;
  if (element === undefined) return entities === 1;
  return element.split(",").some((each) => each.trim().split(".")[0] === entity);
}

function slaMs({ value, unit }: ContractSla): number | undefined {
  const ms = unitsMs.find(([known]) => known.includes(unit?.toLowerCase() ?? ""))?.[1];
  return ms === undefined ? undefined : Number(value) * ms;
}

/** A duration in the largest unit that it is a whole number of; days, hours, minutes or seconds. */
export function agreedAs(ms: number): { readonly value: number; readonly unit: string } {
  const [unit, of] = (
    [
      ["d", 86_400_000],
      ["h", 3_600_000],
      ["min", 60_000],
    ] as const
  ).find(([, each]) => ms % each === 0) ?? ["s", 1_000];
  return { value: ms / of, unit };
}
