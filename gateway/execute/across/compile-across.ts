// Runs a question across domains: planned with its variables' values, field by field, the fields at once.
import { type FieldNode, GraphQLError, OperationTypeNode } from "graphql";
import { openOperationBudget } from "../../fetch/operation-budget.ts";
import { collectFields } from "../../operation/collect-fields.ts";
import type { Across } from "../../plan/plan.ts";
import type { Planning } from "../../plan/planning.ts";
import { type Answer, nullData } from "../answer.ts";
import { coerceOnce } from "../coerce-once.ts";
import type { Operator, Running } from "../operator.ts";
import { openAsks } from "../rows/compile-rows.ts";
import { inTurns } from "../rows/in-turns.ts";
import type { AcrossRuntime } from "./across-runtime.ts";
import { answerField } from "./answer-field.ts";
import { compileReading } from "./compile-reading.ts";

export function compileAcross({ operation }: Across, runtime: AcrossRuntime): Operator<Answer> {
  const { definition } = operation;
  const { schema, facts, fields, rules } = runtime;
  const readingWith = compileReading(operation, schema);
  const root = schema.getRootType(definition.operation);
  if (!root) throw new GraphQLError(`The schema has no ${definition.operation}.`);
  return async (running) => {
    const { coerced, errors } = coerceOnce(running, definition, runtime);
    if (errors) return { errors };
    const reading = readingWith(coerced);
    const planning: Planning = { facts, fields, rules, operation, reading, root: root.name };
    const asked = [...collectFields(reading, root, [definition.selectionSet])];
    const budget = openOperationBudget(runtime.limits);
    const within: Running = { ...running, coerced, asking: { ...running.asking, budget } };
    const answering = { asks: openAsks(runtime, running.watch), runtime, running: within };
    const answerOne = ([name, nodes]: (typeof asked)[number]): Promise<Answer> => {
      const definition = root.getFields()[(nodes[0] as FieldNode).name.value];
      return answerField({ name, nodes, definition }, planning, answering);
    };
    // What a mutation changes is changed in its order (GraphQL specification, 6.2.2).
    const atOnceMax = definition.operation === OperationTypeNode.MUTATION ? 1 : asked.length;
    return joined(await inTurns(asked, atOnceMax, answerOne));
  };
}

/** The answers of all root fields as one. A field that may not be null and is takes all others with it. */
function joined(answers: readonly Answer[]): Answer {
  const errors = answers.flatMap((answer) => answer.errors ?? []);
  const parts = answers.map(({ data }) => data?.subarray(1, -1));
  const isWhole = answers.every(({ data }) => data && data[0] === openBrace);
  const fields = parts.flatMap((part, i) => (part ? [...(i > 0 ? [comma] : []), part] : []));
  const data = isWhole ? Buffer.concat([braces.open, ...fields, braces.close]) : nullData;
  return errors.length > 0 ? { errors, data } : { data };
}

const openBrace = 0x7b;
const comma = Buffer.from(",");
const braces = { open: Buffer.from("{"), close: Buffer.from("}") };
