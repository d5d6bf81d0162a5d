// How the contract classifies its columns.
import type { Contract } from "./contract.ts";

/** Classifications by `Entity.column`, as the team wrote them; those that have none are left out. */
export function classificationsOf(contract: Contract): ReadonlyMap<string, string> {
  return new Map(
    contract.schema.flatMap(({ name, properties }) =>
      properties.flatMap(({ name: column, classification }): [string, string][] =>
        classification === undefined ? [] : [[`${name}.${column}`, classification]],
      ),
    ),
  );
}
