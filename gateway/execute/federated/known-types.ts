// Objects whose type is known before they are fetched: a subgraph need not say it of each of them.
import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
} from "graphql";
import type { Fetch, FetchTree, Needed } from "../../plan/fetch-tree.ts";
import { fetchesOf, mapFetches, namesOf } from "./fetches-of.ts";

/** The object type of all that stands at a place; undefined where it may differ, or has to be told by the subgraph. */
export type TypeAt = (place: readonly string[]) => string | undefined;

type Compiling = { readonly schema: GraphQLSchema; readonly typeAt: TypeAt };

/**
 * The tree without the `__typename` of objects whose type is no other than the schema says:
 *
 *     before: { product { __typename upc } }      1,000 products: 22 kB that say `Product`
 *     after:  { product { upc } }
 *
 * A type that the published schema has for an object type is one in every subgraph. What is rewritten, or told by
 * arguments from above, is left as it is: there types are read from the data.
 */
export function withoutKnownTypes(
  schema: GraphQLSchema,
  tree: FetchTree,
): { readonly tree: FetchTree; readonly typeAt: TypeAt } {
  const fetches = fetchesOf(tree);
  if (fetches.some(({ outputRewrites, entities }) => outputRewrites.length > 0 || entities?.context.length))
    return { tree, typeAt: () => undefined };
  const typeAt = typesByPlace(schema, fetches);
  const read = placesRead(fetches);
  const compiling = {
    schema,
    typeAt: (place: readonly string[]) => (read.has(keyOf(place)) ? undefined : typeAt(place)),
  };
  return { tree: mapFetches(tree, (fetch) => withoutTypes(compiling, fetch)), typeAt };
}

/** Of places in different fetches, too: two of them may bring an object to one place. */
function typesByPlace(schema: GraphQLSchema, fetches: readonly Fetch[]): TypeAt {
  const types = new Map<string, Set<GraphQLNamedType | undefined>>();
  const visit = (
    selection: SelectionSetNode,
    parent: GraphQLNamedType | undefined,
    place: readonly string[],
  ) => {
    for (const each of selection.selections) {
      if (each.kind === Kind.INLINE_FRAGMENT)
        visit(each.selectionSet, conditionOf(schema, each, parent), place);
      else if (each.kind === Kind.FIELD && each.selectionSet) {
        const [below, type] = [[...place, nameOf(each)], typeOf(each, parent)];
        types.set(keyOf(below), (types.get(keyOf(below)) ?? new Set()).add(type));
        visit(each.selectionSet, type, below);
      }
    }
  };
  for (const fetch of fetches) visit(selectionOf(fetch), rootOf(schema, fetch), namesOf(fetch.at));
  return (place) => {
    const [type, ...others] = types.get(keyOf(place)) ?? [];
    return others.length === 0 && isObjectType(type) ? type.name : undefined;
  };
}

/** Places whose type is a part of what is told of an object above them. */
function placesRead(fetches: readonly Fetch[]): ReadonlySet<string> {
  const places = new Set<string>();
  const visit = (needed: readonly Needed[], place: readonly string[]): void => {
    for (const each of needed) {
      if (each.kind === "on") visit(each.needed, place);
      else if (each.needed) {
        places.add(keyOf([...place, each.name]));
        visit(each.needed, [...place, each.name]);
      }
    }
  };
  for (const { entities, at } of fetches) visit(entities?.needed ?? [], namesOf(at));
  return places;
}

function withoutTypes(compiling: Compiling, fetch: Fetch): Fetch {
  const before = selectionOf(fetch);
  const after = pruned(compiling, before, namesOf(fetch.at));
  return after === before ? fetch : { ...fetch, selection: stripIgnoredCharacters(print(after)) };
}

function pruned(
  compiling: Compiling,
  selection: SelectionSetNode,
  place: readonly string[],
): SelectionSetNode {
  const selections = selection.selections.map((each): SelectionNode => {
    if (each.kind === Kind.FRAGMENT_SPREAD || !each.selectionSet) return each;
    const { selectionSet } = each;
    if (each.kind === Kind.INLINE_FRAGMENT) {
      const inner = pruned(compiling, selectionSet, place);
      return inner === selectionSet ? each : { ...each, selectionSet: inner };
    }
    const below = [...place, nameOf(each)];
    const isKnown = compiling.typeAt(below) !== undefined;
    const inner = pruned(compiling, isKnown ? withoutTypename(selectionSet) : selectionSet, below);
    return inner === selectionSet ? each : { ...each, selectionSet: inner };
  });
  return selections.every((each, i) => each === selection.selections[i])
    ? selection
    : { ...selection, selections };
}

/** The same where nothing else is asked whatever variables say: an object has to be asked for something. */
function withoutTypename(selection: SelectionSetNode): SelectionSetNode {
  const selections = selection.selections.filter((each) => !isTypename(each));
  const holds = selections.some((each) => each.kind === Kind.FIELD && !each.directives?.length);
  return holds && selections.length < selection.selections.length ? { ...selection, selections } : selection;
}

function isTypename(each: SelectionNode): boolean {
  return (
    each.kind === Kind.FIELD && each.name.value === "__typename" && !each.alias && !each.directives?.length
  );
}

function rootOf(schema: GraphQLSchema, { operation, entities }: Fetch): GraphQLNamedType | undefined {
  return entities ? undefined : (schema.getRootType(operation as never) ?? undefined);
}

function conditionOf(
  schema: GraphQLSchema,
  { typeCondition }: { readonly typeCondition?: { readonly name: { readonly value: string } } | undefined },
  parent: GraphQLNamedType | undefined,
): GraphQLNamedType | undefined {
  return typeCondition ? schema.getType(typeCondition.name.value) : parent;
}

/** Undefined where the published schema does not have the field. */
function typeOf({ name }: FieldNode, parent: GraphQLNamedType | undefined): GraphQLNamedType | undefined {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
  return field && getNamedType(field.type);
}

function selectionOf({ selection }: Fetch): SelectionSetNode {
  const [definition] = parse(selection, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no selection: ${selection}`);
  return definition.selectionSet;
}

function nameOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** Lists do not count: a name says of what type all in it is. */
function keyOf(place: readonly string[]): string {
  return namesOf(place).join(".");
}
