// What is known of a prepared operation's use before it is asked.
import type { GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { OperationUse } from "../federation/planning/operation-use.ts";
import { asDeprecation, deprecationHeaders, type UsedDeprecation } from "./deprecations.ts";
import type { CountedOperation } from "./record-use.ts";
import { noteInputs, variableInputs } from "./variable-inputs.ts";

export type PreparedUse = CountedOperation & {
  /** What its text uses that is deprecated. */
  readonly deprecations: readonly UsedDeprecation[];
  /** Of every answer; undefined where its text uses nothing deprecated. */
  readonly headers: Readonly<Record<string, string>> | undefined;
};

export function prepareUse(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode,
  { hash, coordinates, deprecated }: OperationUse,
): PreparedUse {
  const deprecations = deprecated.map(asDeprecation);
  return {
    name: definition.name?.value,
    hash,
    coordinates: new Set(coordinates),
    inputs: variableInputs(schema, definition),
    deprecations,
    headers: deprecationHeaders(deprecations),
  };
}

/** Most objects and values of enums in the variables of a request that are looked at. */
const valuesMax = 100_000;

/** What the operation and these variables use that is deprecated, by coordinate. */
export function usedDeprecations(
  { deprecations, inputs }: PreparedUse,
  variables: Readonly<Record<string, unknown>>,
): readonly UsedDeprecation[] {
  const used = new Map(deprecations.map((each) => [each.coordinate, each]));
  const note = (coordinate: string, named: { readonly deprecationReason?: string | null | undefined }) => {
    const { deprecationReason: reason } = named;
    if (typeof reason === "string" && !used.has(coordinate))
      used.set(coordinate, asDeprecation({ coordinate, reason }));
  };
  noteInputs(inputs, variables, note, valuesMax);
  return [...used.values()].sort((one, other) => (one.coordinate < other.coordinate ? -1 : 1));
}
