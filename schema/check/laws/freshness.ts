// Every product says how old an answer may be.
import { durationMs } from "../../product/freshness.ts";
import type { Law } from "../law.ts";
import { ownProducts } from "../own-definitions.ts";

export const freshness: Law = {
  name: "freshness",
  code: "LAW_FRESHNESS",
  severity: "error",
  check: ({ mine }) =>
    ownProducts(mine).flatMap(({ name, freshness: stated }) => {
      if (stated && durationMs(String(stated.slo)) !== undefined) return [];
      const text = stated
        ? `The objective of ${name}, ${JSON.stringify(stated.slo ?? "")}, is no ISO 8601 duration of fixed length.`
        : `${name} does not say how old an answer may be.`;
      return [
        { coordinate: name, text, fix: 'Add `@freshness(slo: "P1D")` with the time that the team can keep.' },
      ];
    }),
};
