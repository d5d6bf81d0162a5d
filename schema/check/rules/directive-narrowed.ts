// An executable directive that may stand in fewer places, or only once, or with fewer or more arguments.
import { Kind } from "graphql";
import { executableLocations, type Port } from "../port.ts";
import type { Rule } from "../rule.ts";

export const directiveNarrowed: Rule = {
  kind: "directive narrowed",
  find: ({ before, after }) =>
    [...before.directives.keys()].flatMap((name) =>
      losses(before, after, name).map((loss) => ({
        coordinate: `@${name}`,
        verdict: "breaking",
        text: `The directive @${name} ${loss}.`,
        touches: [`@${name}`],
      })),
    ),
};

function losses(before: Port, after: Port, name: string): readonly string[] {
  const was = before.directives.get(name);
  const is = after.directives.get(name);
  if (!was || !is) return [];
  const places = executableLocations(was).filter((place) => !executableLocations(is).includes(place));
  const given = (was.arguments ?? []).map((argument) => argument.name.value);
  const taken = new Map((is.arguments ?? []).map((argument) => [argument.name.value, argument]));
  const gone = given.filter((argument) => !taken.has(argument));
  const demanded = [...taken.values()]
    .filter(({ type, defaultValue }) => type.kind === Kind.NON_NULL_TYPE && !defaultValue)
    .map((argument) => argument.name.value)
    .filter((argument) => !given.includes(argument));
  return [
    ...places.map((place) => `may not stand on ${place} any more`),
    ...gone.map((argument) => `has no argument ${argument} any more`),
    ...demanded.map((argument) => `must be given ${argument}`),
    ...(was.repeatable && !is.repeatable ? ["may not be repeated any more"] : []),
  ];
}
