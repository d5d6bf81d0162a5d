// Plans one root field of a question, its variables known.
import { strict as assert } from "node:assert";
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isObjectType,
} from "graphql";
import { valueName } from "../../schema/product/value.ts";
import { collectFields } from "../operation/collect-fields.ts";
import { columnOfAggregate } from "./aggregates.ts";
import type { ListAsked } from "./asked.ts";
import { fieldNode, selectionSet } from "./ast.ts";
import { demandColumns } from "./demand-columns.ts";
import { primaryKey } from "./facts.ts";
import type { FieldPlan, ListPlan } from "./field-plan.ts";
import { layOutAggregate, layOutGroups, layOutList } from "./layout.ts";
import { askedOf, listTemplate, objectTemplate, opening } from "./make-template.ts";
import { isOwnQuestion } from "./own-questions.ts";
import type { Planning } from "./planning.ts";
import { atPaths, readAsked, selectedOf } from "./read-asked.ts";
import type { RowsPlan } from "./rows-plan.ts";
import { applyRules } from "./rules.ts";
import { openField, operationOf } from "./template.ts";

/**
 * @param nodes all nodes that ask for the field, whose response name is `name`
 * @throws asking.*
 */
export function planField(
  planning: Planning,
  name: string,
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown> | undefined,
): FieldPlan {
  const { facts, fields, reading } = planning;
  const [node] = nodes as readonly [FieldNode];
  const collectionField = fields.get(`${planning.root}.${node.name.value}`);
  if (!field || !collectionField)
    return { kind: "object", name, template: objectTemplate(planning, nodes, field) };
  const asked = readAsked(facts, collectionField, field, nodes, reading);
  if (isOwnQuestion(facts, asked))
    return { kind: "object", name, template: objectTemplate(planning, nodes, field) };
  switch (asked.kind) {
    case "list":
      return { kind: "list", name, list: planList(planning, asked, nodes, getNamedType(field.type)) };
    case "groups": {
      const wanted = [...asked.keys.map(valueName), ...asked.aggregates.map(columnOfAggregate)];
      const rows = finish(planning, layOutGroups(facts, asked), wanted);
      const opened = openField(nodes, getNamedType(field.type), opening(planning));
      return {
        kind: "groups",
        name,
        operation: operationOf(planning.operation, opened),
        rows,
        selected: atPaths(facts, asked.collection, selectedOf(nodes, getNamedType(field.type), reading)),
      };
    }
    case "aggregate":
      return planAggregate(planning, name, asked, nodes, field);
  }
}

function planAggregate(
  planning: Planning,
  name: string,
  asked: Extract<ReturnType<typeof readAsked>, { readonly kind: "aggregate" }>,
  nodes: readonly FieldNode[],
  field: GraphQLField<unknown, unknown>,
): FieldPlan {
  const { facts, reading } = planning;
  const { collection, where, aggregates } = asked;
  const type = getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet: set }) => set ?? []);
  const listed = [...collectFields(reading, type, sets)].filter(([, [each]]) => each?.name.value === "nodes");
  const list: ListAsked = { kind: "list", collection, where, order: [], page: { offset: 0 } };
  const plans = listed.map(([responseName, each]): [string, ListPlan] => {
    const nodesField = isObjectType(type) ? type.getFields().nodes : undefined;
    assert(nodesField, `${type.name} has nodes`);
    return [responseName, planList(planning, list, each, getNamedType(nodesField.type))];
  });
  const columns = aggregates.map(columnOfAggregate);
  return {
    kind: "aggregate",
    name,
    operation: operationOf(
      planning.operation,
      withNodes(openField(nodes, type, opening(planning)), Object.fromEntries(plans)),
    ),
    selected: atPaths(facts, collection, selectedOf(nodes, type, reading)),
    ...(aggregates.length > 0 && { rows: finish(planning, layOutAggregate(facts, asked), columns) }),
    nodes: Object.fromEntries(plans),
  };
}

/** The field with what its nodes' templates ask for selected of `nodes`. */
function withNodes(field: FieldNode, plans: Readonly<Record<string, ListPlan>>): FieldNode {
  const others = (field.selectionSet?.selections ?? []).filter(
    (each) => each.kind !== "Field" || !((each.alias ?? each.name).value in plans),
  );
  const nodes = Object.entries(plans).map(([alias, { template }]) =>
    fieldNode("nodes", { alias, selections: askedOf(template)?.selections ?? [] }),
  );
  return { ...field, selectionSet: selectionSet([...others, ...nodes]) };
}

function planList(
  planning: Planning,
  asked: ListAsked,
  nodes: readonly FieldNode[],
  type: GraphQLNamedType,
): ListPlan {
  const { facts } = planning;
  const { collection } = asked;
  const key = primaryKey(facts, collection);
  const [node] = nodes as readonly [FieldNode];
  const root = { ...node, name: fieldNode(collection.name, {}).name };
  return {
    collection: collection.name,
    rows: finish(planning, layOutList(facts, asked), key),
    key,
    template: listTemplate(planning, [root, ...nodes.slice(1)], type, collection),
  };
}

function finish({ facts, rules }: Planning, plan: RowsPlan, wanted: readonly string[]): RowsPlan {
  return demandColumns(facts, applyRules(plan, facts, rules), wanted);
}
