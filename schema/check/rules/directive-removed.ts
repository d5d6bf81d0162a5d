// An executable directive that is gone: questions that write it are refused.
import type { Rule } from "../rule.ts";

export const directiveRemoved: Rule = {
  kind: "directive removed",
  find: ({ before, after }) =>
    [...before.directives.keys()]
      .filter((name) => !after.directives.has(name))
      .map((name) => ({
        coordinate: `@${name}`,
        verdict: "breaking",
        text: `The directive @${name} is removed.`,
        touches: [`@${name}`],
      })),
};
