// Writes the published schema: the composed one whose `where`, `order_by` and `by` reach through every relationship.
import { type DefinitionNode, Kind, parse, print, visit } from "graphql";
import type { Mesh, MeshCollection } from "../product/mesh.ts";
import { meshScalars } from "../product/scalar.ts";
import { collectionTypes } from "./collection-types.ts";
import { extendType } from "./extend-type.ts";
import { markDeprecated } from "./mark-deprecated.ts";
import { definitionKinds, definitionOf, type PublishedType } from "./published-type.ts";
import { keyOnlyTypes } from "./seen-collection.ts";

/**
 * SDL of the published schema, for SDL of the composed API schema; the same text where nothing is to be added.
 *
 * A type that the composed schema has keeps its fields. In those of `where`, `order_by` and `by` references into other
 * domains take the place of their keys, and inverses from there are added. A type that such a field leads to and that
 * no port has is made from the model. Types that stood for a key alone are left out where nothing leads to them.
 * What is deprecated is so wherever it is named.
 */
export function publishSchema(apiSdl: string, mesh: Mesh): string {
  const collections = [...mesh.collections.values()].filter(({ dialect }) => dialect === "weft");
  const composed = parse(apiSdl, { noLocation: true }).definitions;
  const given = new Map(composed.map((node) => [nameOf(node), node]));
  const types = fitting(
    collections.flatMap((collection) => collectionTypes(mesh, collection)),
    given,
  );
  const extended = new Map(
    [...given].map(([name, node]): [string, DefinitionNode] => [name, extendType(node, types.get(name))]),
  );
  const isExtended = [...extended].some(([name, node]) => node !== given.get(name));
  const definitions = isExtended
    ? withMade([...types.values()], extended, { given, mesh, collections })
    : composed;
  const marked = markDeprecated(definitions, mesh);
  return marked === composed ? apiSdl : print({ kind: Kind.DOCUMENT, definitions: marked });
}

type Composed = {
  readonly given: Definitions;
  readonly mesh: Mesh;
  readonly collections: readonly MeshCollection[];
};

/** With the types that what leads out needs and no port has, and without those that nothing leads to any more. */
function withMade(
  types: readonly PublishedType[],
  extended: Definitions,
  { given, mesh, collections }: Composed,
): readonly DefinitionNode[] {
  const made = [
    ...types.map((type) => madeOf(type, extended)),
    ...Object.values(meshScalars).map(({ name, description }) => scalarNode(name, description ?? name)),
  ].filter((node) => !given.has(nameOf(node)));
  const spare = new Set([
    ...made.map(nameOf),
    ...collections.flatMap((collection) => keyOnlyTypes(mesh, collection)),
  ]);
  return inUse([...extended.values(), ...made], spare);
}

type Definitions = ReadonlyMap<string, DefinitionNode>;

/** The types by name, without fields that would lead to something else: a port may call a type of its own as one of these is. */
function fitting(types: readonly PublishedType[], given: Definitions): ReadonlyMap<string, PublishedType> {
  const strangers = new Set(
    types
      .filter(({ name, kind }) => given.has(name) && given.get(name)?.kind !== definitionKinds[kind])
      .map(({ name }) => name),
  );
  const fits = ({ type }: { readonly type: string }) => !strangers.has(type.replaceAll(/[[\]!]/g, ""));
  return new Map(
    types.map((type) => [
      type.name,
      type.kind === "enum" ? type : { ...type, fields: type.fields.filter(fits) },
    ]),
  );
}

function madeOf(type: PublishedType, extended: Definitions): DefinitionNode {
  const made = definitionOf(type);
  if (type.kind === "enum" || type.as === undefined) return made;
  const model = extended.get(type.as);
  if (made.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION || model?.kind !== made.kind) return made;
  return { ...made, fields: [...(made.fields ?? []).slice(0, 1), ...(model.fields ?? [])] };
}

/** The definitions without those of `spare` that no other leads to. */
function inUse(
  definitions: readonly DefinitionNode[],
  spare: ReadonlySet<string>,
): readonly DefinitionNode[] {
  const byName = new Map(definitions.map((node) => [nameOf(node), node]));
  const used = new Set<DefinitionNode>();
  const waiting = definitions.filter((node) => !spare.has(nameOf(node)));
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (used.has(node)) continue;
    used.add(node);
    for (const name of namesIn(node)) {
      const named = byName.get(name);
      if (named && !used.has(named)) waiting.push(named);
    }
  }
  return definitions.filter((node) => used.has(node));
}

function namesIn(node: DefinitionNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(node, {
    NamedType: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}

/** A directive may be called as a type is; a schema definition has no name. */
function nameOf(node: DefinitionNode): string {
  const name = "name" in node && node.name ? node.name.value : "";
  return node.kind === Kind.DIRECTIVE_DEFINITION ? `@${name}` : name;
}

function scalarNode(name: string, description: string): DefinitionNode {
  return {
    kind: Kind.SCALAR_TYPE_DEFINITION,
    name: { kind: Kind.NAME, value: name },
    description: { kind: Kind.STRING, value: description },
  };
}
