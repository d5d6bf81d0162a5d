// What `@collection` declares stands in the SDL: arguments, siblings, operators.
import type { GraphQLField } from "graphql";
import type { Check, Difference } from "../check.ts";

export const declaration: Check = {
  name: "declaration",
  says: "Each field that the collection declares takes the arguments of the dialect.",
  skips: () => undefined,
  run: async ({ subject, schema }) => {
    const { name, aggregate, groups, byPk, limit, sort, exact, inexact } = subject.collection;
    const fields = schema.getQueryType()?.getFields() ?? {};
    const list = [
      ...(exact?.length === 0 && inexact.length === 0 ? [] : ["where"]),
      ...(sort === "exact" ? ["order_by"] : []),
      ...(limit ? ["limit", "offset"] : []),
    ];
    const differences = [
      missing(name, fields, list),
      aggregate && missing(aggregate, fields, list.slice(0, 1)),
      groups && missing(groups, fields, ["where", "having", "order_by", "limit", "offset", "timeZone"]),
      byPk && missing(byPk, fields, []),
    ];
    return differences.find((difference) => typeof difference === "object");
  },
};

function missing(
  name: string,
  fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
  args: readonly string[],
): Difference | undefined {
  const has = fields[name]?.args.map((arg) => arg.name);
  const lacks = has ? args.filter((arg) => !has.includes(arg)) : ["the field itself"];
  return lacks.length > 0
    ? {
        question: undefined,
        expected: `${name} has ${args.join(", ")}`,
        came: `it lacks ${lacks.join(", ")}`,
      }
    : undefined;
}
