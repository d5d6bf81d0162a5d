// Measures a document as though every fragment were written out where it is spread, yet visits each of its nodes once.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
  type ValueNode,
} from "graphql";
import { beside, fieldOver, fragmentOver, type Measure, nothing, within, withValues } from "./measure.ts";
import { operating } from "./operation-faults.ts";

export type DocumentMeasure = Measure & {
  readonly operations: number;
  readonly fragments: number;
  /** Of the operation that has most. */
  readonly variables: number;
  /** Each where it is written: one in a fragment counts once. */
  readonly directives: number;
  /** Nodes looked at: what measuring cost. */
  readonly visited: number;
};

type Bounds = { readonly nestingMax: number; readonly nameCharactersMax: number };

/** What measuring one document remembers. */
type Walk = Bounds & {
  readonly definitions: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly measured: Map<FragmentDefinitionNode, Measure>;
  /** Names of the fragments being measured, outermost first. */
  readonly open: Set<string>;
  directives: number;
  visited: number;
};

/**
 * The sum over all operations, and over the fragments that none of them reaches: all of it is validated. A spread of an
 * unknown fragment counts as empty. Goes `nestingMax` levels deep at most, so it needs no more of the stack.
 * @throws operating.NESTING_MAX, NAME_MAX, FRAGMENT_CYCLE
 */
export function measureDocument(document: DocumentNode, bounds: Bounds): DocumentMeasure {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    ...bounds,
    definitions: new Map(fragments.toReversed().map((node) => [node.name.value, node])),
    measured: new Map(),
    open: new Set(),
    directives: 0,
    visited: 0,
  };
  let total = nothing;
  for (const operation of operations) total = beside(total, measureOperation(walk, operation));
  for (const fragment of fragments)
    if (!walk.measured.has(fragment)) total = beside(total, measureFragment(walk, fragment, 0));
  return {
    ...total,
    operations: operations.length,
    fragments: fragments.length,
    variables: Math.max(0, ...operations.map(({ variableDefinitions = [] }) => variableDefinitions.length)),
    directives: walk.directives,
    visited: walk.visited,
  };
}

function measureOperation(walk: Walk, operation: OperationDefinitionNode): Measure {
  if (operation.name) checkName(walk, operation.name.value);
  let values = valuesOfDirectives(walk, operation.directives, 0);
  for (const { variable, type, defaultValue, directives } of operation.variableDefinitions ?? []) {
    checkName(walk, variable.name.value);
    values = Math.max(values, nestingOfType(walk, type, 0), valuesOfDirectives(walk, directives, 0));
    if (defaultValue) values = Math.max(values, nestingOfValue(walk, defaultValue, 0));
  }
  return withValues(measureSelections(walk, operation.selectionSet, 0), values);
}

/** `level` = how many levels of braces and brackets stand around the node, on the way that led to it first. */
function measureSelections(walk: Walk, { selections }: SelectionSetNode, level: number): Measure {
  const inside = enter(walk, level);
  let total = nothing;
  for (const selection of selections) total = beside(total, measureSelection(walk, selection, inside));
  return within(total);
}

function measureSelection(walk: Walk, selection: SelectionNode, level: number): Measure {
  walk.visited++;
  const values = valuesOfDirectives(walk, selection.directives, level);
  switch (selection.kind) {
    case Kind.FIELD:
      return withValues(measureField(walk, selection, level), values);
    case Kind.INLINE_FRAGMENT:
      return withValues(fragmentOver(measureSelections(walk, selection.selectionSet, level)), values);
    case Kind.FRAGMENT_SPREAD: {
      const definition = walk.definitions.get(selection.name.value);
      const inner = definition ? measureFragment(walk, definition, level) : nothing;
      return withValues(fragmentOver(inner), values);
    }
  }
}

function measureField(walk: Walk, field: FieldNode, level: number): Measure {
  const name = field.name.value;
  checkName(walk, name);
  if (field.alias) checkName(walk, field.alias.value);
  const inner = field.selectionSet ? measureSelections(walk, field.selectionSet, level) : nothing;
  const values = valuesOf(walk, field.arguments, level);
  return withValues(fieldOver(inner, { name, aliased: field.alias !== undefined }), values);
}

/** Each definition is measured once, and remembered: what keeps doubling fragments linear. */
function measureFragment(walk: Walk, definition: FragmentDefinitionNode, level: number): Measure {
  const name = definition.name.value;
  if (walk.open.has(name)) throw operating.FRAGMENT_CYCLE({ fragments: cycleTo(name, walk.open) });
  const known = walk.measured.get(definition);
  if (known) return known;
  checkName(walk, name);
  walk.visited++;
  walk.open.add(name);
  const values = valuesOfDirectives(walk, definition.directives, level);
  const measure = withValues(measureSelections(walk, definition.selectionSet, level), values);
  walk.open.delete(name);
  walk.measured.set(definition, measure);
  return measure;
}

function cycleTo(name: string, open: ReadonlySet<string>): readonly string[] {
  const names = [...open];
  return [...names.slice(names.indexOf(name)), name];
}

function valuesOfDirectives(walk: Walk, directives: readonly DirectiveNode[] = [], level: number): number {
  let nesting = 0;
  for (const directive of directives) {
    walk.directives++;
    walk.visited++;
    nesting = Math.max(nesting, valuesOf(walk, directive.arguments, level));
  }
  return nesting;
}

function valuesOf(walk: Walk, holders: readonly { value: ValueNode }[] = [], level: number): number {
  let nesting = 0;
  for (const { value } of holders) nesting = Math.max(nesting, nestingOfValue(walk, value, level));
  return nesting;
}

function nestingOfValue(walk: Walk, value: ValueNode, level: number): number {
  walk.visited++;
  if (value.kind === Kind.LIST) {
    const inside = enter(walk, level);
    let nesting = 0;
    for (const item of value.values) nesting = Math.max(nesting, nestingOfValue(walk, item, inside));
    return nesting + 1;
  }
  if (value.kind === Kind.OBJECT) return valuesOf(walk, value.fields, enter(walk, level)) + 1;
  if (value.kind === Kind.VARIABLE) checkName(walk, value.name.value);
  return 0;
}

function nestingOfType(walk: Walk, type: TypeNode, level: number): number {
  walk.visited++;
  if (type.kind === Kind.NON_NULL_TYPE) return nestingOfType(walk, type.type, level);
  return type.kind === Kind.LIST_TYPE ? nestingOfType(walk, type.type, enter(walk, level)) + 1 : 0;
}

/** One level further in. */
function enter({ nestingMax }: Walk, level: number): number {
  if (level >= nestingMax) throw operating.NESTING_MAX({ nestingMax });
  return level + 1;
}

function checkName({ nameCharactersMax }: Walk, name: string): void {
  if (name.length > nameCharactersMax)
    throw operating.NAME_MAX({ nameCharactersMax, characters: name.length, begins: name.slice(0, 40) });
}
