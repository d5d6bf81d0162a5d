// What `@collection` declares stands in the SDL, and what stands there beyond it is refused.
import type { GraphQLField, GraphQLSchema } from "graphql";
import { comparisons, type Operator, patterns } from "../../../schema/product/predicate.ts";
import { type ScalarName, scalarTraits } from "../../../schema/product/scalar.ts";
import { type Bench, type Check, type Difference, firstDifference, refusal, type Trial } from "../check.ts";
import { probes } from "../probe-values.ts";
import { keySelection, listQuestion, nest } from "../questions.ts";
import { declaredOperators, fieldsOf, type Subject, type TestedColumn } from "../subject.ts";

export const declaration: Check = {
  name: "declaration",
  says: "Fields take the arguments and operators that are declared; others they lack or refuse.",
  skips: () => undefined,
  run: async (bench) =>
    missingArgument(bench) ?? missingInput(bench) ?? (await firstDifference(bench, undeclared(bench))),
};

function missingArgument({ subject, schema }: Bench): Difference | undefined {
  const { name, aggregate, groups, byPk, limit, sort } = subject.collection;
  const fields = schema.getQueryType()?.getFields() ?? {};
  const where = filters(subject) ? ["where"] : [];
  const list = [...where, ...(sort === "exact" ? ["order_by"] : []), ...(limit ? ["limit", "offset"] : [])];
  const differences = [
    missing(name, fields, list),
    aggregate && missing(aggregate, fields, where),
    groups && missing(groups, fields, [...where, "having", "order_by", "limit", "offset", "timeZone"]),
    byPk && missing(byPk, fields, []),
  ];
  return differences.find((difference) => typeof difference === "object");
}

function missing(
  name: string,
  fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
  args: readonly string[],
): Difference | undefined {
  const has = fields[name]?.args.map((arg) => arg.name);
  return lacking(name, args, has ? args.filter((arg) => !has.includes(arg)) : ["the field itself"]);
}

function lacking(name: string, needed: readonly string[], lacks: readonly string[]): Difference | undefined {
  if (lacks.length === 0) return undefined;
  return {
    question: undefined,
    expected: `${name} has ${needed.join(", ")}`,
    came: `it lacks ${lacks.join(", ")}`,
  };
}

function filters({ collection }: Subject): boolean {
  return declaredOperators(collection).length > 0;
}

/** `filter` and `sort` speak of all columns: each takes the operators that its scalar has a meaning for. */
function missingInput({ subject, schema }: Bench): Difference | undefined {
  const { collection, columns, whereType, orderType } = subject;
  const logic = ["_and", "_or", "_not"];
  const declared = declaredOperators(collection);
  return [
    ...(filters(subject) ? [lacking(`${whereType}`, logic, absent(schema, `${whereType}`, logic))] : []),
    ...columns.map((column) => {
      const needed = declared.filter((operator) => operatorsOf(column.scalar).includes(operator));
      const lacks = needed.filter((operator) => !column.offered.includes(operator));
      return lacking(`${column.name} in ${whereType}`, needed, lacks);
    }),
    ...columns.map(({ name, inOrderBy }) =>
      lacking(`${orderType}`, [name], collection.sort === "exact" && !inOrderBy ? [name] : []),
    ),
  ].find((difference) => difference !== undefined);
}

function absent(schema: GraphQLSchema, type: string, names: readonly string[]): readonly string[] {
  const has = fieldsOf(schema.getType(type));
  return names.filter((name) => !(name in has));
}

function operatorsOf(scalar: ScalarName): readonly Operator[] {
  const { ordered, text } = scalarTraits[scalar];
  const compared = ordered ? comparisons : (["_eq", "_neq"] as const);
  return [...compared, "_in", "_nin", "_is_null", ...(text ? patterns : [])];
}

/** Nobody may rely on what is not declared: where the SDL has it nevertheless, asking is an error. */
function* undeclared({ subject, schema, sample }: Bench): Iterable<Trial> {
  const { collection, columns, orderType, key } = subject;
  const ask = (args: Parameters<typeof listQuestion>[1]) =>
    refusal(listQuestion(subject, args, keySelection(key)));
  const args =
    schema
      .getQueryType()
      ?.getFields()
      [collection.name]?.args.map(({ name }) => name) ?? [];
  const [ordered] = columns.filter(({ inOrderBy }) => inOrderBy);
  if (collection.sort === "none" && orderType && ordered) yield ask({ order: [nest(ordered, "asc")] });
  if (!collection.limit && args.includes("limit")) yield ask({ limit: 1 });
  if (!collection.limit && args.includes("offset")) yield ask({ offset: 1 });
  for (const column of columns)
    for (const operator of column.offered.filter((each) => !column.operators.includes(each))) {
      const operand = operandOf(operator, column, sample.rows);
      if (operand !== undefined) yield ask({ where: nest(column, { [operator]: operand }) });
    }
}

function operandOf(operator: Operator, column: TestedColumn, rows: Bench["sample"]["rows"]): unknown {
  const [value] = probes(column, rows);
  if (operator === "_is_null") return true;
  return value !== undefined && (operator === "_in" || operator === "_nin") ? [value] : value;
}
