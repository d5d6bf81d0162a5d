// Repair of the planner: what two `@requires` ask of one field with different arguments is sent in two fetches.
import type { QueryPlanSelectionNode } from "@apollo/query-planner";
import { type FieldNode, Kind, parse, type SelectionNode, type SelectionSetNode } from "graphql";
import type { PossibleTypes } from "./possible-types.ts";
import type { WithRequiredFields } from "./required-arguments.ts";
import type { SupergraphFacts } from "./supergraph-facts.ts";

/** Representations, and what is asked of the entities that they stand for. */
export type EntitiesAsked = {
  readonly requires: readonly QueryPlanSelectionNode[];
  readonly selection: SelectionSetNode;
};

/** A field made for a `@requires` with arguments: where it stands in the representation, and its real name. */
type Variant = {
  readonly place: string;
  readonly made: string;
  readonly types: readonly string[] | undefined;
};

/**
 * A representation has room for one value of a field:
 *
 *     shippingUSD @requires(fields: "price(currency: \"USD\")")   shippingEUR @requires(fields: "price(currency: \"EUR\")")
 *     before: { __typename, upc, price: ? } ⇒ { shippingUSD shippingEUR }
 *     after:  { __typename, upc, price: 11 } ⇒ { shippingUSD }  beside  { __typename, upc, price: 10 } ⇒ { shippingEUR }
 *
 * One element where nothing conflicts: the very object that was given.
 */
export function splitConflicts(
  conversion: {
    readonly facts: SupergraphFacts;
    readonly possible: PossibleTypes;
    readonly required: WithRequiredFields["required"];
  },
  subgraph: string,
  asked: EntitiesAsked,
): readonly EntitiesAsked[] {
  const { facts, required } = conversion;
  const variants = variantsIn(conversion, asked.requires);
  const conflicting = variants.filter((one) => variants.some((other) => doConflict(one, other)));
  if (conflicting.length === 0) return [asked];

  const groups: { readonly fields: Set<FieldNode>; readonly variants: Variant[] }[] = [
    { fields: new Set(), variants: [] },
  ];
  for (const { type, field } of topFields(asked.selection)) {
    const places = requiredPlaces(facts, subgraph, type, field.name.value, required);
    const own = conflicting.filter(({ place, made }) => places.has(`${place} ${made}`));
    const fits = groups.find((group) => !group.variants.some((each) => own.some((o) => doConflict(each, o))));
    const group = fits ?? { fields: new Set(), variants: [] };
    if (!fits) groups.push(group);
    group.fields.add(field);
    group.variants.push(...own);
  }
  return groups
    .filter(({ fields }) => fields.size > 0)
    .map(({ fields, variants: kept }) => {
      const dropped = new Set(
        conflicting
          .filter(({ place, made }) => !kept.some((each) => each.place === place && each.made === made))
          .map(({ place, made }) => `${place} ${made}`),
      );
      return {
        requires: withoutPlaces(asked.requires, dropped, ""),
        selection: withFields(asked.selection, fields),
      };
    });
}

function doConflict(one: Variant, other: Variant): boolean {
  return (
    one.place === other.place &&
    one.made !== other.made &&
    (!one.types || !other.types || one.types.some((type) => other.types?.includes(type)))
  );
}

function variantsIn(
  conversion: { readonly possible: PossibleTypes; readonly required: WithRequiredFields["required"] },
  requires: readonly QueryPlanSelectionNode[],
  path = "",
  types?: readonly string[],
): readonly Variant[] {
  return requires.flatMap((node): readonly Variant[] => {
    if (node.kind === "InlineFragment") {
      const inner = node.typeCondition === undefined ? types : conversion.possible.named(node.typeCondition);
      return variantsIn(conversion, node.selections, path, inner);
    }
    const real = conversion.required.get(node.name)?.name;
    const deeper = variantsIn(conversion, node.selections ?? [], `${path}/${node.name}`);
    return real === undefined ? deeper : [{ place: `${path}/${real}`, made: node.name, types }, ...deeper];
  });
}

/** The fields of the entities themselves, each with the innermost type that it is asked of. */
function topFields(selection: SelectionSetNode, type = ""): { type: string; field: FieldNode }[] {
  return selection.selections.flatMap((each) => {
    if (each.kind === Kind.FIELD) return [{ type, field: each }];
    if (each.kind === Kind.FRAGMENT_SPREAD) return [];
    return topFields(each.selectionSet, each.typeCondition?.name.value ?? type);
  });
}

/** Where the `@requires` of a field has fields that were made: place and name of each. */
function requiredPlaces(
  { types }: SupergraphFacts,
  subgraph: string,
  type: string,
  field: string,
  required: WithRequiredFields["required"],
): ReadonlySet<string> {
  const places = new Set<string>();
  const walk = (selections: readonly SelectionNode[], path: string): void => {
    for (const each of selections) {
      if (each.kind === Kind.INLINE_FRAGMENT) walk(each.selectionSet.selections, path);
      if (each.kind !== Kind.FIELD) continue;
      const name = each.name.value;
      const real = required.get(name)?.name;
      if (real !== undefined) places.add(`${path}/${real} ${name}`);
      walk(each.selectionSet?.selections ?? [], `${path}/${name}`);
    }
  };
  for (const { subgraph: owner, requires } of types.get(type)?.fields.get(field)?.inSubgraphs ?? []) {
    if (owner !== subgraph || requires === undefined) continue;
    const definition = parse(`{${requires}}`, { noLocation: true }).definitions[0];
    if (definition?.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet.selections, "");
  }
  return places;
}

function withoutPlaces(
  requires: readonly QueryPlanSelectionNode[],
  dropped: ReadonlySet<string>,
  path: string,
): QueryPlanSelectionNode[] {
  return requires.flatMap((node): QueryPlanSelectionNode[] => {
    if (node.kind === "Field" && isDropped(node.name, dropped, path)) return [];
    if (!node.selections?.length) return [node];
    const inner = node.kind === "Field" ? `${path}/${node.name}` : path;
    const selections = withoutPlaces(node.selections, dropped, inner);
    return selections.length > 0 ? [{ ...node, selections }] : [];
  });
}

function isDropped(made: string, dropped: ReadonlySet<string>, path: string): boolean {
  return [...dropped].some(
    (each) =>
      each.startsWith(`${path}/`) && each.endsWith(` ${made}`) && !each.slice(path.length + 1).includes("/"),
  );
}

function withFields(selection: SelectionSetNode, fields: ReadonlySet<FieldNode>): SelectionSetNode {
  return {
    ...selection,
    selections: selection.selections.flatMap((each): SelectionNode[] => {
      if (each.kind === Kind.FIELD) return fields.has(each) ? [each] : [];
      if (each.kind === Kind.FRAGMENT_SPREAD) return [];
      const selectionSet = withFields(each.selectionSet, fields);
      return selectionSet.selections.length > 0 ? [{ ...each, selectionSet }] : [];
    }),
  };
}
