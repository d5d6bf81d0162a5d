// Makes the template of a root field, with the plans of the lists beneath it that reach into other domains.
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { MeshCollection } from "../../schema/product/mesh.ts";
import { primaryKey } from "./facts.ts";
import type { FetchedColumn, NestedPlan, Template } from "./field-plan.ts";
import { fieldSignature } from "./field-signature.ts";
import { isOwnQuestion } from "./own-questions.ts";
import { planNested } from "./plan-nested.ts";
import type { Planning } from "./planning.ts";
import { readAsked } from "./read-asked.ts";
import {
  bindArguments,
  boundDefinitions,
  fetchColumns,
  openField,
  operationOf,
  rootName,
  withColumns,
} from "./template.ts";

/** Of a list whose arguments are the plan's. */
export function listTemplate(
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

/** Of any other field: its arguments stay as they are. */
export function objectTemplate(
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

/** How fragments are opened; without `nested`, fields beneath stay as they are. */
export function opening(planning: Planning, nested?: NestedFields): Parameters<typeof openField>[2] {
  return { ...planning.reading, rewrite: nested?.rewrite ?? ((node) => node) };
}

/** What the caller selected of a template's root. */
export function askedOf({ operation: { definition } }: Template): SelectionSetNode | undefined {
  const [root] = definition.selectionSet.selections;
  return root?.kind === Kind.FIELD ? root.selectionSet : undefined;
}
