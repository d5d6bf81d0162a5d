// Plans one root field of a question, its variables known.
import { strict as assert } from "node:assert";
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { MeshCollection } from "../../schema/product/mesh.ts";
import { valueName } from "../../schema/product/value.ts";
import { collectFields } from "../operation/collect-fields.ts";
import type { PermittedOperation } from "../policy/permit.ts";
import { columnOfAggregate } from "./aggregates.ts";
import type { ListAsked } from "./asked.ts";
import { fieldNode, selectionSet } from "./ast.ts";
import type { CollectionField } from "./collection-fields.ts";
import { demandColumns } from "./demand-columns.ts";
import { type Facts, primaryKey } from "./facts.ts";
import type { FetchedColumn, FieldPlan, ListPlan, NestedPlan, Template } from "./field-plan.ts";
import { fieldSignature } from "./field-signature.ts";
import { layOutAggregate, layOutGroups, layOutList } from "./layout.ts";
import { isOwnQuestion } from "./own-questions.ts";
import { planNested } from "./plan-nested.ts";
import { atPaths, type Reading, readAsked, selectedOf } from "./read-asked.ts";
import type { RowsPlan } from "./rows-plan.ts";
import type { Rule } from "./rule.ts";
import { applyRules } from "./rules.ts";
import {
  bindArguments,
  boundDefinitions,
  fetchColumns,
  openField,
  operationOf,
  rootName,
  withColumns,
} from "./template.ts";

/** What fields are planned with. */
export type Planning = {
  readonly facts: Facts;
  /** By `type.field`. */
  readonly fields: ReadonlyMap<string, CollectionField>;
  readonly rules: readonly Rule[];
  readonly operation: PermittedOperation;
  readonly reading: Reading;
  /** Name of the operation's root type. */
  readonly root: string;
};

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

/** What the caller selected of a template's root. */
function askedOf({ operation: { definition } }: Template): SelectionSetNode | undefined {
  const [root] = definition.selectionSet.selections;
  return root?.kind === Kind.FIELD ? root.selectionSet : undefined;
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

function listTemplate(
  planning: Planning,
  nodes: readonly FieldNode[],
  type: GraphQLNamedType,
  collection: MeshCollection,
): Template {
  const columns = fetchColumns(primaryKey(planning.facts, collection));
  const nested = nestedFields(planning);
  const opened = openField(nodes, type, opening(planning, nested));
  const field = withColumns(bindArguments(opened, rootName, "list"), columns);
  const bound = [...boundDefinitions(rootName, collection.name, "list"), ...nested.definitions()];
  return {
    operation: operationOf(planning.operation, field, { bound, columns: [...columns, ...nested.columns()] }),
    field,
    columns,
    nested: nested.plans(field),
  };
}

function objectTemplate(
  planning: Planning,
  nodes: readonly FieldNode[],
  definition: GraphQLField<unknown, unknown> | undefined,
): Template {
  const nested = nestedFields(planning);
  const [node] = nodes as readonly [FieldNode];
  const field = definition
    ? openField(nodes, getNamedType(definition.type), opening(planning, nested))
    : node;
  return {
    operation: operationOf(planning.operation, field, {
      bound: nested.definitions(),
      columns: nested.columns(),
    }),
    field,
    columns: [],
    nested: nested.plans(field),
  };
}

type NestedFields = {
  readonly rewrite: (node: FieldNode, parent: GraphQLNamedType) => FieldNode;
  readonly definitions: () => ReturnType<typeof boundDefinitions>;
  readonly columns: () => readonly FetchedColumn[];
  readonly plans: (root: FieldNode) => readonly NestedPlan[];
};

/** The lists and aggregates beneath a root field that reach into other domains, found while it is opened. */
function nestedFields(planning: Planning): NestedFields {
  const { facts, fields, reading } = planning;
  const found = new Map<string, ReturnType<typeof planNested> & { readonly role: "list" | "aggregate" }>();
  return {
    rewrite: (node, parent) => {
      const at = fields.get(`${parent.name}.${node.name.value}`);
      const field = "getFields" in parent ? parent.getFields()[node.name.value] : undefined;
      if (!at || !field || !("args" in field) || at.role === "groups") return node;
      const asked = readAsked(facts, at, field, [node], reading);
      if (isOwnQuestion(facts, asked)) return node;
      const signature = `${parent.name}.${fieldSignature(node)}`;
      const known = found.get(signature);
      const plan = known ?? { ...planNested(planning, asked, `weft_${found.size + 1}`), role: at.role };
      found.set(signature, plan);
      const bound = bindArguments(node, plan.name, at.role);
      return plan.left ? withColumns(bound, plan.left.columns) : bound;
    },
    definitions: () =>
      [...found.values()].flatMap(({ name, collection, role }) => boundDefinitions(name, collection, role)),
    columns: () => [...found.values()].flatMap(({ left }) => left?.columns ?? []),
    plans: (root) => [...found.values()].map((plan) => plan.finish(root)),
  };
}

function opening(planning: Planning, nested?: NestedFields): Parameters<typeof openField>[2] {
  return { ...planning.reading, rewrite: nested?.rewrite ?? ((node) => node) };
}
