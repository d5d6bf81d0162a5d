// Apollo's query plan as a fetch tree.
import { strict as assert } from "node:assert";
import type { FetchNode, PlanNode } from "@apollo/query-planner";
import {
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import type { ContextArgument, Echo, Entities, Fetch, FetchTree } from "../../plan/fetch-tree.ts";
import { federating } from "../federation-faults.ts";
import { addEchoes } from "./echoes.ts";
import { renameRequired, toNeeded } from "./needed.ts";
import type { PossibleTypes } from "./possible-types.ts";
import { received } from "./received.ts";
import { askRequired, type WithRequiredFields } from "./required-arguments.ts";
import { toRewrite, toSteps } from "./rewrites.ts";
import { type EntitiesAsked, splitConflicts } from "./split-conflicts.ts";
import { splitRenamedTypes } from "./split-renamed-types.ts";
import type { SupergraphFacts } from "./supergraph-facts.ts";
import { unsentFields } from "./unsent.ts";

export type Conversion = {
  readonly facts: SupergraphFacts;
  readonly possible: PossibleTypes;
  readonly required: WithRequiredFields["required"];
};

/** @throws federating.PLANNING_FAILED */
export function toFetchTree(conversion: Conversion, node: PlanNode, at: readonly string[] = []): FetchTree {
  const child = (inner: PlanNode) => toFetchTree(conversion, inner, at);
  switch (node.kind) {
    case "Sequence":
      return { kind: "sequence", nodes: node.nodes.map(child) };
    case "Parallel":
      return { kind: "parallel", nodes: node.nodes.map(child) };
    case "Flatten":
      return toFetchTree(conversion, node.node, [...at, ...node.path.map(String)]);
    case "Condition":
      return {
        kind: "condition",
        variable: node.condition,
        ...(node.ifClause && { whenTrue: child(node.ifClause) }),
        ...(node.elseClause && { whenFalse: child(node.elseClause) }),
      };
    case "Fetch":
      return toFetch(conversion, node, at);
    case "Defer":
      assert.fail("the planner defers although it was told not to");
  }
}

function toFetch(conversion: Conversion, node: FetchNode, at: readonly string[]): FetchTree {
  const definition = operationOf(node);
  const { requires = [] } = node;
  if (requires.length === 0) {
    refuseUnsent(conversion, node, { selection: definition.selectionSet, requires });
    return rootFetch(conversion, node, definition, at);
  }
  const entitiesField = definition.selectionSet.selections[0];
  assert(entitiesField?.kind === Kind.FIELD && entitiesField.selectionSet, "_entities is selected");
  const planned = { requires, selection: entitiesField.selectionSet };
  refuseUnsent(conversion, node, planned);
  const fetches = splitRenamedTypes(conversion, node, planned).flatMap(({ asked, inputRewrites }) =>
    splitConflicts(conversion, node.serviceName, asked).map((each) =>
      entityFetch(conversion, { ...node, inputRewrites: [...inputRewrites] }, definition, at, each),
    ),
  );
  return fetches.length === 1 ? (fetches[0] as Fetch) : { kind: "parallel", nodes: fetches };
}

function refuseUnsent(
  { facts }: Conversion,
  { serviceName, operationKind }: FetchNode,
  asked: EntitiesAsked,
): void {
  const type = operationKind === "mutation" ? "Mutation" : "Query";
  const [unsent] = unsentFields(facts, serviceName, { ...asked, type });
  if (unsent !== undefined)
    throw federating.PLANNING_FAILED({ problem: `it asks ${serviceName} for ${unsent}` });
}

function operationOf(node: FetchNode): OperationDefinitionNode {
  const definition = parse(node.operation, { noLocation: true }).definitions[0];
  assert(definition?.kind === Kind.OPERATION_DEFINITION, "a fetch has an operation and no named fragment");
  return definition;
}

function rootFetch(
  conversion: Conversion,
  node: FetchNode,
  definition: OperationDefinitionNode,
  at: readonly string[],
): Fetch {
  const selection = askRequired(definition.selectionSet, conversion.required);
  return fetchOf(conversion, node, definition, at, selection);
}

function entityFetch(
  conversion: Conversion,
  node: FetchNode,
  definition: OperationDefinitionNode,
  at: readonly string[],
  { requires, selection: planned }: EntitiesAsked,
): Fetch {
  const { possible, required } = conversion;
  const wanted = askRequired(planned, required);
  const echoed = addEchoes(conversion, node.serviceName, { ...node, requires, selection: wanted });
  const selection = isTypeKnown(echoed.echoes, requires, node)
    ? echoed.selection
    : withTypename(echoed.selection);
  // What is added here is read where the entities are matched, and goes no further.
  const fetch = { ...fetchOf(conversion, node, definition, at, selection), receives: received(wanted) };
  const used = new Set(fetch.variables.map(({ name }) => name));
  const entities: Entities = {
    needed: toNeeded(possible, requires),
    inputRewrites: [
      ...renameRequired(conversion, requires),
      ...(node.inputRewrites ?? []).map((rewrite) => toRewrite(possible, rewrite)),
    ],
    echoes: echoed.echoes,
    context: contextArguments(conversion, node).filter(({ variable }) => used.has(variable)),
  };
  return { ...fetch, entities };
}

function fetchOf(
  { possible }: Conversion,
  node: FetchNode,
  definition: OperationDefinitionNode,
  at: readonly string[],
  selection: SelectionSetNode,
): Fetch {
  const used = variablesIn(selection);
  assert(node.operationKind !== "subscription", "subscriptions are refused before");
  return {
    kind: "fetch",
    subgraph: node.serviceName,
    operation: node.operationKind,
    operationName: node.operationName,
    variables: (definition.variableDefinitions ?? [])
      .filter(({ variable }) => used.has(variable.name.value))
      .map((each) => ({
        name: each.variable.name.value,
        definition: stripIgnoredCharacters(print(each)),
      })),
    selection: stripIgnoredCharacters(print(selection)),
    receives: received(selection),
    at,
    outputRewrites: (node.outputRewrites ?? []).map((rewrite) => toRewrite(possible, rewrite)),
  };
}

function variablesIn(selection: SelectionSetNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(selection, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

/** One type is asked for, and answered as itself: nothing has to be told apart. */
function isTypeKnown(
  [echo]: readonly Echo[],
  [condition, another]: EntitiesAsked["requires"],
  { outputRewrites = [] }: FetchNode,
): boolean {
  const isOneType = condition?.kind === "InlineFragment" && condition.typeCondition === echo?.types[0];
  return isOneType && !another && echo?.answeredAs.length === 1 && outputRewrites.length === 0;
}

/** The type that an entity is answered as tells which echo to read. */
function withTypename(selection: SelectionSetNode): SelectionSetNode {
  const isThere = selection.selections.some(
    (each) =>
      each.kind === Kind.FIELD && each.name.value === "__typename" && !each.alias && !each.directives?.length,
  );
  if (isThere) return selection;
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } } as const;
  return { ...selection, selections: [typename, ...selection.selections] };
}

/**
 * `["..", "..", "... on T", "f"]` goes up two objects from the entity: one field of the path for every `..`, lists
 * count nothing. A variable has one of these for every type that may stand there.
 */
function contextArguments({ possible }: Conversion, node: FetchNode): readonly ContextArgument[] {
  return (node.contextRewrites ?? []).map(({ path, renameKeyTo }) => {
    const up = path.findIndex((step) => step !== "..");
    return { variable: renameKeyTo, up, path: toSteps(possible, path.slice(up)) };
  });
}
