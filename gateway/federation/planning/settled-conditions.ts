// Repair of the planner: conditions whose values are known are settled before it sees them.
import {
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { fragmentsOf } from "./fragments-of.ts";
import { isCondition } from "./is-condition.ts";

/** Values of Boolean variables. */
export type Cases = Readonly<Record<string, boolean>>;

/**
 * The document without the conditions that are constants, or stand by a variable of `cases`. The planner asks for what
 * they leave in by what they leave out:
 *
 *     type A { name: String  sum: Int @requires(fields: "x") }, where another subgraph answers `x`
 *
 *     client: { a { name sum @skip(if: true) } }
 *     before: { a { x @skip(if: true) } }, then, where an `x` came: { name sum @skip(if: true) }     name is null
 *     after:  { a { name } }
 *
 * A fragment of which nothing is left goes, and with it what spreads it. A field of which nothing is left is an object,
 * or null, all the same, and an operation is one: of them `__typename` is asked. Variables stay defined.
 *
 * The same document where there is no such condition. The document is valid.
 */
export function settleConditions(document: DocumentNode, cases: Cases = {}): DocumentNode {
  const fragments = fragmentsOf(document);
  const leaves = new Map<SelectionSetNode, boolean>();
  const leavesAny = (set: SelectionSetNode): boolean => {
    const known = leaves.get(set);
    if (known !== undefined) return known;
    const any = set.selections.some(isLeft);
    leaves.set(set, any);
    return any;
  };
  const isLeft = (selection: SelectionNode): boolean => {
    if (selection.directives?.some((each) => settled(each, cases) === false)) return false;
    if (selection.kind === Kind.FIELD) return true;
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return inner !== undefined && leavesAny(inner.selectionSet);
  };
  /** `null` takes a node out of the document, `undefined` leaves it as it is. */
  const settle = (selection: SelectionNode) => (isLeft(selection) ? undefined : null);
  return visit(document, {
    Directive: (directive) => (settled(directive, cases) ? null : undefined),
    Field: settle,
    InlineFragment: settle,
    FragmentSpread: settle,
    FragmentDefinition: ({ selectionSet }) => (leavesAny(selectionSet) ? undefined : null),
    SelectionSet: (set) => (leavesAny(set) ? undefined : { ...set, selections: [typename] }),
  });
}

const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } } as const;

/** Is the selection included? Undefined where the directive is no condition, or that is not known. */
function settled(directive: DirectiveNode, cases: Cases): boolean | undefined {
  if (!isCondition(directive)) return undefined;
  const { name, arguments: given = [] } = directive;
  const value = given[0]?.value;
  const condition =
    value?.kind === Kind.BOOLEAN
      ? value.value
      : value?.kind === Kind.VARIABLE
        ? cases[value.name.value]
        : undefined;
  return condition === undefined ? undefined : condition === (name.value === "include");
}
