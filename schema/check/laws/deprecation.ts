// What is deprecated says until when it stays and what takes its place.
import { isCoordinate, isDay, readDeprecation } from "../../product/deprecation.ts";
import { argumentOf, outputFields } from "../coordinates.ts";
import type { Law, LawFacts, LawFinding } from "../law.ts";
import type { Port } from "../port.ts";

export const deprecation: Law = {
  name: "deprecation",
  code: "LAW_DEPRECATION",
  severity: "warning",
  check: (facts) =>
    deprecated(facts.mine).flatMap(({ coordinate, reason }) => problems(coordinate, reason, facts)),
};

const form = "Write the reason as `Use \\`Airport.town\\`. Ends 2027-06-30. Why.`";

function problems(coordinate: string, text: string, { mine, others, now }: LawFacts): readonly LawFinding[] {
  const { ends, replacement } = readDeprecation(text);
  const found: LawFinding[] = [];
  const say = (problem: string, fix: string) =>
    found.push({ coordinate, text: `${coordinate} ${problem}.`, fix });
  if (ends === undefined) say("is deprecated, and does not say until when it stays", form);
  else if (isDay(ends) && ends < now.toISOString().slice(0, 10))
    say(`was to end on ${ends}, and is still here`, "Remove it, or give it a later day.");
  if (replacement === undefined) say("is deprecated, and does not say what takes its place", form);
  else if (!isCoordinate(replacement) || ![mine, ...others].some((port) => has(port, replacement)))
    say(
      `is to be replaced by ${replacement}, which no product has`,
      "Name a field, an argument or a value that is there.",
    );
  return found;
}

function deprecated(port: Port): readonly { readonly coordinate: string; readonly reason: string }[] {
  const all = [...port.types.values()].flatMap((type) => [
    ...[...type.fields.values()].flatMap((field) => [
      { coordinate: `${type.name}.${field.name}`, reason: field.deprecated },
      ...[...field.args.values()].map((argument) => ({
        coordinate: argumentOf(`${type.name}.${field.name}`, argument.name),
        reason: argument.deprecated,
      })),
    ]),
    ...[...type.values.values()].map((value) => ({
      coordinate: `${type.name}.${value.name}`,
      reason: value.deprecated,
    })),
  ]);
  return all.flatMap(({ coordinate, reason }) => (reason === undefined ? [] : [{ coordinate, reason }]));
}

function has(port: Port, coordinate: string): boolean {
  const [typeName = "", part] = coordinate.split(".");
  const type = port.types.get(typeName);
  if (part === undefined || !type) return type !== undefined;
  if (type.fields.has(part) || type.values.has(part)) return true;
  return outputFields(port).some(({ coordinate: at, field }) =>
    [...field.args.keys()].some((argument) => argumentOf(at, argument) === coordinate),
  );
}
