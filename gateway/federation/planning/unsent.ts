// Repair of the planner: a plan that computes a field without what it requires is no plan.
import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import { Kind, parse, type SelectionSetNode } from "graphql";
import type { SupergraphFacts } from "./supergraph-facts.ts";

/**
 * What a fetch computes without its requirements, each as `E.sum without x`. The planner forgets what a computed field
 * requires where another computed field requires that one:
 *
 *     a: type Query { e: E } type E @key(fields: "code") { x }
 *     b: type E @key(fields: "code") @key(fields: "id") { sum @requires(fields: "x") }
 *     c: type E @key(fields: "id") { twice @requires(fields: "sum") }
 *
 *     client: { e { twice } }     ⇒  a: e { code }, then b by code: { id sum } beside a by code: { x }
 *
 * which would be answered with a sum of nothing. What is required is in the representation; or it is there by a
 * `@provides` above, or selected beside the field for that reason. Empty where nothing is forgotten.
 *
 * `await-requirements.ts` and `external-elsewhere.ts` keep the planner from it; this is for what they do not foresee.
 */
export function unsentFields(
  { types }: SupergraphFacts,
  subgraph: string,
  asked: {
    readonly selection: SelectionSetNode;
    /** Of the root of a fetch without representations; an entity's types stand in its selection. */
    readonly type: string;
    readonly requires: readonly QueryPlanSelectionNode[];
  },
): readonly string[] {
  /** `provided`: names of fields that are provided above, at any depth. */
  const inside = (
    set: SelectionSetNode,
    type: string,
    known: ReadonlySet<string>,
    provided: readonly string[],
  ): readonly string[] =>
    set.selections.flatMap((each) => {
      if (each.kind === Kind.FRAGMENT_SPREAD) return [];
      if (each.kind === Kind.INLINE_FRAGMENT)
        return inside(each.selectionSet, each.typeCondition?.name.value ?? type, known, provided);
      const name = each.name.value;
      const field = types.get(type)?.fields.get(name);
      const here = field?.inSubgraphs.find((one) => one.subgraph === subgraph);
      const forgotten = requiredNames(here?.requires).filter((required) => !known.has(required));
      const deeper = each.selectionSet;
      const below = [...provided, ...(here?.provides?.match(/\w+/g) ?? [])];
      return [
        ...forgotten.map((required) => `${type}.${name} without ${required}`),
        ...(deeper && field
          ? inside(deeper, field.type, new Set([...answered(deeper, field.type), ...below]), below)
          : []),
      ];
    });
  /** Names of the fields of a selection that the subgraph answers of its own, whatever their types. */
  const answered = ({ selections }: SelectionSetNode, type: string): readonly string[] =>
    selections.flatMap((each) => {
      if (each.kind === Kind.FRAGMENT_SPREAD) return [];
      if (each.kind === Kind.INLINE_FRAGMENT)
        return answered(each.selectionSet, each.typeCondition?.name.value ?? type);
      const field = types.get(type)?.fields.get(each.name.value);
      const isExternal = field?.inSubgraphs.some((one) => one.subgraph === subgraph && one.external);
      return isExternal ? [] : [each.name.value];
    });
  const known = new Set([...namesSent(asked.requires), ...answered(asked.selection, asked.type)]);
  return inside(asked.selection, asked.type, known, []);
}

/** Names of fields of the entities themselves, whatever their types. */
function namesSent(requires: readonly QueryPlanSelectionNode[]): readonly string[] {
  return requires.flatMap((node) => (node.kind === "Field" ? [node.name] : namesSent(node.selections)));
}

function requiredNames(requires: string | undefined): readonly string[] {
  if (requires === undefined) return [];
  const definition = parse(`{${requires}}`, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
  return definition.selectionSet.selections.flatMap((each) =>
    each.kind === Kind.FIELD ? [each.name.value] : [],
  );
}
