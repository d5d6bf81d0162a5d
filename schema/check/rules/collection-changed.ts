// A collection of another entity or dialect: it is asked otherwise.
import { collectionPairs } from "../collection-pairs.ts";
import type { Rule } from "../rule.ts";

export const collectionChanged: Rule = {
  kind: "collection changed",
  find: (versions) =>
    collectionPairs(versions).flatMap(({ coordinate, before, after }) =>
      (["entity", "dialect"] as const)
        .filter((name) => before[name] !== after[name])
        .map((name) => ({
          coordinate,
          verdict: "breaking",
          text: `The ${name} of the collection ${coordinate} was ${before[name]} and is ${after[name]}.`,
          touches: [coordinate],
        })),
    ),
};
