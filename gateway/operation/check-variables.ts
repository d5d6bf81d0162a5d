// Refuses variables that would cost too much to coerce, or overflow the stack of what writes them out again.
import { operating } from "./operation-faults.ts";
import type { VariableLimits } from "./operation-limits.ts";

/** How much the variables hold. */
export type VariablesSize = {
  /** Values, lists and objects and what they hold. */
  readonly values: number;
  /** In strings, and in names of objects' fields. */
  readonly characters: number;
};

/**
 * To be called before graphql-js coerces them: that takes up to a microsecond a value, and follows a recursive input type
 * as deep as the value goes. Looks at no more than `variableValuesMax` values, `variableNestingMax` levels deep.
 * @throws operating.VARIABLE_NESTING_MAX, VARIABLE_VALUES_MAX
 */
export function checkVariables(
  variables: Readonly<Record<string, unknown>>,
  limits: VariableLimits,
): VariablesSize {
  const looking = { limits, values: 0, characters: 0 };
  look(looking, variables, 0);
  return { values: looking.values, characters: looking.characters };
}

type Looking = { readonly limits: VariableLimits; values: number; characters: number };

/** `level` = lists and objects around the value; the record of the variables itself is none. */
function look(looking: Looking, value: object, level: number): void {
  const { variableNestingMax } = looking.limits;
  if (level > variableNestingMax) throw operating.VARIABLE_NESTING_MAX({ variableNestingMax });
  if (Array.isArray(value)) {
    for (const item of value) lookAtItem(looking, item, level);
    return;
  }
  for (const key in value) {
    looking.characters += key.length;
    lookAtItem(looking, (value as Record<string, unknown>)[key], level);
  }
}

function lookAtItem(looking: Looking, item: unknown, level: number): void {
  const { variableValuesMax } = looking.limits;
  if (++looking.values > variableValuesMax) throw operating.VARIABLE_VALUES_MAX({ variableValuesMax });
  if (typeof item === "string") looking.characters += item.length;
  else if (typeof item === "object" && item !== null) look(looking, item, level + 1);
}
