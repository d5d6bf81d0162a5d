// Echoes: the key that an entity was asked by, selected again of it, so that an answer in another order is noticed.
import type { FetchDataRewrite, QueryPlanSelectionNode } from "@apollo/query-planner";
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Echo } from "../../plan/fetch-tree.ts";
import type { PossibleTypes } from "./possible-types.ts";
import type { SupergraphFacts, TypeFacts } from "./supergraph-facts.ts";

export type Asked = {
  readonly requires: readonly QueryPlanSelectionNode[];
  readonly inputRewrites?: readonly FetchDataRewrite[];
  readonly selection: SelectionSetNode;
};

type Facts = { readonly facts: SupergraphFacts; readonly possible: PossibleTypes };

/** A field of a key, with those inside it. */
type KeyField = { readonly name: string; readonly fields: readonly KeyField[] };

/**
 * Adds one key for every type that representations are sent as, of those that the representation holds as a whole:
 *
 *     { __typename: "Product", upc } ⇒ { __typename ...on Product { price } }
 *     after:                           { __typename ...on Product { price _k0_upc: upc } }
 *
 * Names are the type's own in this fetch, so that no two type conditions speak of one name. Left out where the
 * subgraph only mentions a field of the key (`@external`): it may not know its value.
 */
export function addEchoes(
  given: Facts,
  subgraph: string,
  asked: Asked,
): { readonly selection: SelectionSetNode; readonly echoes: readonly Echo[] } {
  const echoes: Echo[] = [];
  let { selection } = asked;
  const text = print(selection);
  let number = 0;
  for (const [type, held] of sentTypes(given, subgraph, asked)) {
    const key = heldKey(given.facts, subgraph, type, held);
    if (!key) continue;
    // A client's alias may be called like ours.
    while (text.includes(`_k${number}_`)) number++;
    const prefix = `_k${number++}_`;
    const fragment = plainFragment(selection, type);
    const answers = key.map((field) => ({ field, name: plainName(fragment, field) ?? prefix + field.name }));
    const added = answers
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ field, name }) => asAliased(field, name));
    selection = withAdded(selection, type, fragment, added);
    echoes.push({
      types: [type],
      answeredAs: answeredAs(given, subgraph, type),
      leaves: answers.flatMap(({ field, name }) =>
        leavesOf(field).map((inner) => ({
          sent: [field.name, ...inner],
          answered: [name, ...inner],
        })),
      ),
    });
  }
  return { selection, echoes };
}

/** Every `__typename` that a representation may be sent with, and what it then holds. */
function sentTypes(
  { facts, possible }: Facts,
  subgraph: string,
  { requires, inputRewrites = [] }: Asked,
): ReadonlyMap<string, readonly QueryPlanSelectionNode[]> {
  const sent = new Map<string, readonly QueryPlanSelectionNode[]>();
  for (const node of requires) {
    if (node.kind !== "InlineFragment" || node.typeCondition === undefined) continue;
    const condition = `... on ${node.typeCondition}`;
    const set = inputRewrites.find(({ path }) => path[0] === condition && path[1] === "__typename");
    const types =
      set?.kind === "ValueSetter"
        ? [String(set.setValueTo)]
        : possible.objects(node.typeCondition).filter((type) => inSubgraph(facts, subgraph, type).length > 0);
    for (const type of types) sent.set(type, [...(sent.get(type) ?? []), ...node.selections]);
  }
  return sent;
}

function inSubgraph({ types }: SupergraphFacts, subgraph: string, type: string): TypeFacts["inSubgraphs"] {
  return types.get(type)?.inSubgraphs.filter((each) => each.subgraph === subgraph) ?? [];
}

/** The smallest key of the type that the representation holds as a whole, one that the subgraph can be asked by. */
function heldKey(
  facts: SupergraphFacts,
  subgraph: string,
  type: string,
  held: readonly QueryPlanSelectionNode[],
): readonly KeyField[] | undefined {
  return inSubgraph(facts, subgraph, type)
    .filter(({ key, resolvable }) => key !== undefined && resolvable)
    .map(({ key }) => readKey(key as string))
    .filter((key) => key.every((field) => isHeld(field, held) && isAnswered(facts, subgraph, type, field)))
    .sort((a, b) => a.flatMap(leavesOf).length - b.flatMap(leavesOf).length)[0];
}

function readKey(key: string): readonly KeyField[] {
  const fields = ({ selections }: SelectionSetNode): readonly KeyField[] =>
    selections.flatMap((each) => {
      if (each.kind !== Kind.FIELD) return [{ name: "", fields: [] }];
      return [{ name: each.name.value, fields: each.selectionSet ? fields(each.selectionSet) : [] }];
    });
  const definition = parse(`{${key}}`, { noLocation: true }).definitions[0];
  return definition?.kind === Kind.OPERATION_DEFINITION ? fields(definition.selectionSet) : [];
}

function isHeld({ name, fields }: KeyField, held: readonly QueryPlanSelectionNode[]): boolean {
  const found = held.filter((each) => each.kind === "Field" && (each.alias ?? each.name) === name);
  const inner = found.flatMap(({ selections = [] }) => selections);
  return found.length > 0 && fields.every((field) => isHeld(field, inner));
}

function isAnswered(
  facts: SupergraphFacts,
  subgraph: string,
  type: string,
  { name, fields }: KeyField,
): boolean {
  const field = facts.types.get(type)?.fields.get(name);
  if (!field || field.takesArguments) return false;
  const joins = field.inSubgraphs;
  const own = joins.filter((join) => join.subgraph === subgraph || join.subgraph === undefined);
  if (joins.length > 0 && (own.length === 0 || own.some(({ external }) => external))) return false;
  return fields.every((inner) => isAnswered(facts, subgraph, field.type, inner));
}

function leavesOf({ fields }: KeyField): readonly (readonly string[])[] {
  return fields.length === 0
    ? [[]]
    : fields.flatMap((field) => leavesOf(field).map((inner) => [field.name, ...inner]));
}

/** `@interfaceObject` answers with its own name, an interface with what implements it there. */
function answeredAs({ facts, possible }: Facts, subgraph: string, type: string): readonly string[] {
  const here = inSubgraph(facts, subgraph, type);
  if (facts.types.get(type)?.kind !== "interface" || here.some(({ isInterfaceObject }) => isInterfaceObject))
    return [type];
  return possible.objects(type).filter((name) => {
    const join = facts.types.get(name)?.interfacesBySubgraph ?? [];
    return join.some((each) => each.subgraph === subgraph && each.interface === type);
  });
}

/** The part of the selection that holds for the type and nothing else, whatever variables say. */
function plainFragment(selection: SelectionSetNode, type: string): InlineFragmentNode | undefined {
  return selection.selections.find(
    (each): each is InlineFragmentNode =>
      each.kind === Kind.INLINE_FRAGMENT &&
      each.typeCondition?.name.value === type &&
      !each.directives?.length,
  );
}

/** The field's own name where it is selected as it is, with all that the key has of it. */
function plainName(
  fragment: { readonly selectionSet?: SelectionSetNode | undefined } | undefined,
  { name, fields }: KeyField,
): string | undefined {
  const found = fragment?.selectionSet?.selections.find(
    (each): each is FieldNode =>
      each.kind === Kind.FIELD &&
      each.name.value === name &&
      (!each.alias || each.alias.value === name) &&
      !each.arguments?.length &&
      !each.directives?.length,
  );
  return found && fields.every((field) => plainName(found, field)) ? name : undefined;
}

function asField({ name, fields }: KeyField): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    ...(fields.length > 0 && {
      selectionSet: { kind: Kind.SELECTION_SET, selections: fields.map(asField) },
    }),
  };
}

function asAliased(field: KeyField, alias: string): FieldNode {
  return { ...asField(field), alias: { kind: Kind.NAME, value: alias } };
}

function withAdded(
  selection: SelectionSetNode,
  type: string,
  fragment: InlineFragmentNode | undefined,
  added: readonly SelectionNode[],
): SelectionSetNode {
  if (added.length === 0) return selection;
  const inFragment = (into: readonly SelectionNode[]): InlineFragmentNode => ({
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [...into, ...added] },
  });
  const { selections } = selection;
  return {
    ...selection,
    selections: fragment
      ? selections.map((each) => (each === fragment ? inFragment(fragment.selectionSet.selections) : each))
      : [...selections, inFragment([])],
  };
}
