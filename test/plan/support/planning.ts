// Plans the fields of a question on the published schema of the workshop's mesh, as a request does.
import assert from "node:assert/strict";
import { type FieldNode, type GraphQLSchema, parse, validate } from "graphql";
import { configSchema } from "../../../gateway/config.ts";
import { compileReading } from "../../../gateway/execute/across/compile-reading.ts";
import { coerceVariables } from "../../../gateway/operation/coerce-variables.ts";
import { collectFields } from "../../../gateway/operation/collect-fields.ts";
import { mintOperation } from "../../../gateway/operation/operation.ts";
import { collectionFields } from "../../../gateway/plan/collection-fields.ts";
import type { Facts } from "../../../gateway/plan/facts.ts";
import type { FieldPlan, ListPlan, Template } from "../../../gateway/plan/field-plan.ts";
import { planField } from "../../../gateway/plan/plan-field.ts";
import { rules } from "../../../gateway/plan/rules.ts";
import { type PermittedOperation, permit } from "../../../gateway/policy/permit.ts";
import { publish, sdlsOf } from "../../schema/publish/published.ts";
import { factsWith, workshopProducts } from "./workshop-mesh.ts";

export const schemas = await publish(sdlsOf(Object.values(workshopProducts)));
export const { operation: limits } = configSchema.pick({ operation: true }).parse({ operation: {} });

/** On the schema that is asked, by default the published one. */
export function operationOf(text: string, schema: GraphQLSchema = schemas.published): PermittedOperation {
  const document = parse(text, { noLocation: true });
  const problems = validate(schema, document);
  assert.deepEqual(
    problems.map(({ message }) => message),
    [],
  );
  const definition = document.definitions.find((node) => node.kind === "OperationDefinition");
  assert(definition?.kind === "OperationDefinition");
  return permit(mintOperation({ text, document, definition, name: undefined }, limits), { mutations: false });
}

export function readingOf(operation: PermittedOperation, variables: Readonly<Record<string, unknown>> = {}) {
  const { coerced, errors } = coerceVariables(schemas.published, operation.definition, variables, limits);
  assert(coerced, errors?.map(({ message }) => message).join("\n"));
  return compileReading(operation, schemas.published)(coerced);
}

/** The plan of each root field, by its response name. */
export function planned(
  text: string,
  {
    variables = {},
    facts = factsWith(),
  }: { variables?: Readonly<Record<string, unknown>>; facts?: Facts } = {},
): Readonly<Record<string, FieldPlan>> {
  const operation = operationOf(text);
  const reading = readingOf(operation, variables);
  const root = schemas.published.getQueryType();
  assert(root);
  const planning = { facts, fields: collectionFields(facts), rules, operation, reading, root: root.name };
  const asked = [...collectFields(reading, root, [operation.definition.selectionSet])];
  return Object.fromEntries(
    asked.map(([name, nodes]) => {
      const field = root.getFields()[(nodes[0] as FieldNode).name.value];
      return [name, planField(planning, name, nodes, field)];
    }),
  );
}

export function listPlan(plan: FieldPlan | undefined): ListPlan {
  assert(plan?.kind === "list");
  return plan.list;
}

export function templateOf(plan: FieldPlan | undefined): Template {
  assert(plan?.kind === "object" || plan?.kind === "list");
  return plan.kind === "list" ? plan.list.template : plan.template;
}

/** The text of a template, which federation has an answer for. */
export function textOf({ operation }: Template): string {
  operationOf(operation.text, schemas.api);
  return operation.text;
}
