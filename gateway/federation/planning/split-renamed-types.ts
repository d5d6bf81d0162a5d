// Repair of the planner: what is sent under an interface's name is not sent in one fetch with the type's own key.
import type { FetchNode } from "@apollo/query-planner";
import { Kind, type SelectionNode } from "graphql";
import type { PossibleTypes } from "./possible-types.ts";
import type { EntitiesAsked } from "./split-conflicts.ts";
import type { SupergraphFacts } from "./supergraph-facts.ts";

/** What is sent of one fetch by itself. */
export type Renaming = {
  readonly asked: EntitiesAsked;
  readonly inputRewrites: NonNullable<FetchNode["inputRewrites"]>;
};

/**
 * An object has one representation for each fetch, and it says one `__typename`:
 *
 *     before: { __typename: "Item", id, pages } ⇒ { ... on Book { length }  ... on Item { label } }
 *     after:  { __typename: "Book", id, pages } ⇒ { ... on Book { length } }
 *             beside  { __typename: "Item", id } ⇒ { ... on Item { label } }
 *
 * One element where nothing is renamed that is sent as itself too; so where the interface is an object there, whose types
 * all go by its name.
 */
export function splitRenamedTypes(
  { facts, possible }: { readonly facts: SupergraphFacts; readonly possible: PossibleTypes },
  { inputRewrites = [], serviceName }: FetchNode,
  asked: EntitiesAsked,
): readonly Renaming[] {
  const isObjectHere = (type: string) =>
    facts.types
      .get(type)
      ?.inSubgraphs.some((its) => its.subgraph === serviceName && its.isInterfaceObject) === true;
  const renamed = new Set(
    inputRewrites.flatMap((each) =>
      each.kind === "ValueSetter" &&
      each.path.length === 2 &&
      each.path[1] === "__typename" &&
      !isObjectHere(String(each.setValueTo))
        ? [each.path[0]]
        : [],
    ),
  );
  const isRenamed = (condition: string | undefined) => renamed.has(`... on ${condition}`);
  const conditions = asked.requires.flatMap((each) =>
    each.kind === "InlineFragment" && each.typeCondition !== undefined ? [each.typeCondition] : [],
  );
  const themselves = conditions.filter((each) => !isRenamed(each));
  const areBoth = conditions.some((each) => isRenamed(each) && doOverlap(possible, each, themselves));
  if (!areBoth) return [{ asked, inputRewrites }];

  const isOfThemselves = (selection: SelectionNode) =>
    selection.kind === Kind.INLINE_FRAGMENT &&
    selection.typeCondition !== undefined &&
    !isRenamed(selection.typeCondition.name.value) &&
    doOverlap(possible, selection.typeCondition.name.value, themselves);
  const part = (areRenamed: boolean): Renaming => ({
    asked: {
      requires: asked.requires.filter(
        (each) => areRenamed === (each.kind === "InlineFragment" && isRenamed(each.typeCondition)),
      ),
      selection: {
        ...asked.selection,
        selections: asked.selection.selections.filter((each) => areRenamed !== isOfThemselves(each)),
      },
    },
    inputRewrites: inputRewrites.filter(({ path: [first] }) => areRenamed === renamed.has(first)),
  });
  return [part(false), part(true)].filter((each) => each.asked.selection.selections.length > 0);
}

const doOverlap = ({ objects }: PossibleTypes, condition: string, others: readonly string[]): boolean => {
  const its = new Set(objects(condition));
  return others.some((other) => objects(other).some((name) => its.has(name)));
};
