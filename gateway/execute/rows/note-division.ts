// What is told of a question whose key sets are longer than its owner takes.
import type { Condition } from "../../plan/condition.ts";
import type { Noted } from "../../plan/explain.ts";
import { printCondition } from "../../plan/print-condition.ts";

export function noteOf(parts: readonly unknown[], kept: readonly Condition[]): Noted {
  return {
    ...(parts.length > 1 && { parts: parts.length }),
    ...(kept.length > 0 && { keptHere: kept.map(printCondition) }),
  };
}
