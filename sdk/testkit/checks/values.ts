// Values as they travel: each as its scalar is written, none null where the SDL says so, no key twice.
import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString } from "graphql";
import { meshScalars, type ScalarName } from "../../../schema/product/scalar.ts";
import type { Check, Difference } from "../check.ts";
import { listQuestion } from "../questions.ts";
import { sampleSelection } from "../sample.ts";

const builtIn = {
  Int: GraphQLInt,
  Float: GraphQLFloat,
  String: GraphQLString,
  Boolean: GraphQLBoolean,
  ID: GraphQLID,
};

export const values: Check = {
  name: "values",
  says: "Values are written as their scalars say, and primary keys are unique.",
  skips: () => undefined,
  run: async ({ subject, sample }) => {
    const question = listQuestion(subject, {}, sampleSelection(subject));
    const differs = (expected: string, came: unknown): Difference => ({ question, expected, came });
    if (sample.twice[0]) return differs("each primary key once", sample.twice[0]);
    for (const row of sample.rows) {
      for (const { name, scalar, required } of subject.columns) {
        const value = row.values[name] ?? null;
        if (value === null && required) return differs(`${name} is never null`, row);
        if (value !== null && !isCanonical(scalar, value))
          return differs(`${name} is a ${scalar} in its canonical form`, value);
      }
    }
    return undefined;
  },
};

function isCanonical(scalar: ScalarName, value: unknown): boolean {
  const type = meshScalars[scalar] ?? builtIn[scalar as keyof typeof builtIn];
  try {
    return type.parseValue(value) === value;
  } catch {
    return false;
  }
}
