// Lists of plain rows: those whose selection needs no resolver are completed by us, row by row, not by graphql-js.
//
//   before   flights: [Flight!]!   graphql-js completes each field of each row, about a microsecond each
//   after    flights:rows: Rows!   a leaf: the resolver's rows, completed by closures compiled from the selection
//
// Everything else (arguments, variables, merging, nulls and errors of the list itself) stays graphql-js's.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLNonNull,
  type GraphQLObjectType,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { generatedNames } from "../../schema/product/generated-names.ts";
import type { Entity, Product, Reference } from "../product.ts";
import type { Row } from "../sql/engine.ts";
import { completeRows } from "./complete-rows.ts";
import type { PortContext } from "./port-context.ts";
import { rowsName } from "./selection.ts";

export type RowFields = {
  /** The document with its lists of plain rows under their other name; itself where it has none. */
  readonly rewrite: (document: DocumentNode) => DocumentNode;
};

type ListField = { readonly type: string; readonly field: string; readonly entity: Entity };

/** Gives each generated list in the schema its other field, which neither validation nor introspection can see. */
export function addRowFields(schema: GraphQLSchema, product: Product): RowFields {
  const entities = new Map<GraphQLField<unknown, PortContext>, Entity>();
  for (const { type, field, entity } of listFields(product)) {
    const fields = (schema.getType(type) as GraphQLObjectType).getFields();
    const list = fields[field] as GraphQLField<unknown, PortContext>;
    entities.set(list, entity);
    Object.defineProperty(fields, rowsName(field), { value: rowField(list, entity) });
  }
  const rewritten = new WeakMap<DocumentNode, DocumentNode>();
  return {
    rewrite: (document) => {
      const known = rewritten.get(document);
      if (known) return known;
      const made = rewriteDocument(document, schema, (field) => entities.get(field), product);
      rewritten.set(document, made);
      return made;
    },
  };
}

/** The generated fields that list rows, without those that the team resolves itself. */
function listFields(product: Product): readonly ListField[] {
  const entities = [...product.entities.values()];
  const lists = entities.flatMap((entity): readonly ListField[] => [
    { type: "Query", field: entity.collection, entity },
    { type: generatedNames(entity.collection).aggregate, field: "nodes", entity },
  ]);
  const inverses = [...entities, ...product.neighbours.values()].flatMap((parent) =>
    [...parent.inverses.values()].map(({ name, source }) => ({
      type: parent.name,
      field: name,
      entity: source,
    })),
  );
  return [...lists, ...inverses].filter(({ type, field }) => !isExtended(product, type, field));
}

const rowsType = new GraphQLNonNull(new GraphQLScalarType({ name: "Rows" }));

function rowField(
  list: GraphQLField<unknown, PortContext>,
  entity: Entity,
): GraphQLField<unknown, PortContext> {
  return {
    ...list,
    name: rowsName(list.name),
    type: rowsType,
    resolve: async (source, args, context, info) => {
      const asked = { ...info, fieldName: list.name, returnType: list.type };
      const rows = (await list.resolve?.(source, args, context, asked)) as readonly Row[];
      return completeRows(rows, entity, asked);
    },
  };
}

function rewriteDocument(
  document: DocumentNode,
  schema: GraphQLSchema,
  entityOf: (field: GraphQLField<unknown, PortContext>) => Entity | undefined,
  product: Product,
): DocumentNode {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const plain = new Set<FieldNode>();
  const other = new Set<string>(); // by response key: selections that are merged must all be plain
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const field = types.getFieldDef();
        const entity = field && entityOf(field);
        if (!entity) return;
        if (isPlain(node.selectionSet, entity, { product, fragments })) plain.add(node);
        else other.add(responseKey(node));
      },
    }),
  );
  if (plain.size === 0) return document;
  return visit(document, {
    Field: (node) => {
      if (!plain.has(node) || other.has(responseKey(node))) return undefined;
      const name = { ...node.name, value: rowsName(node.name.value) };
      return { ...node, name, alias: node.alias ?? node.name };
    },
  });
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

type PlainContext = {
  readonly product: Product;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
};

/** Does the selection ask for nothing but columns, and keys of references, whatever the variables are? */
function isPlain(set: SelectionSetNode | undefined, entity: Entity, context: PlainContext): boolean {
  const { product } = context;
  return everyField(set, entity.name, context, (node) => {
    const name = node.name.value;
    if (name === "__typename") return true;
    if (isExtended(product, entity.name, name)) return false;
    const reference = entity.references.get(name);
    return reference
      ? isKeyOnly(node.selectionSet, reference, context)
      : entity.columns.get(name)?.published === true;
  });
}

function isKeyOnly(
  set: SelectionSetNode | undefined,
  { target, key }: Reference,
  context: PlainContext,
): boolean {
  const { product } = context;
  const own = product.entities.get(target);
  const scalarOf = (field: string) =>
    own ? own.columns.get(field)?.scalar : product.neighbours.get(target)?.key.get(field);
  return everyField(set, target, context, ({ name: { value } }) => {
    if (value === "__typename") return true;
    const part = key.find(({ field }) => field === value);
    return (
      part !== undefined && part.column.scalar === scalarOf(value) && !isExtended(product, target, value)
    );
  });
}

/** Do all fields of a selection on `type` pass? Fragments on anything but the type itself do not. */
function everyField(
  set: SelectionSetNode | undefined,
  type: string,
  context: PlainContext,
  passes: (node: FieldNode) => boolean,
): boolean {
  return (set?.selections ?? []).every((node) => {
    if (node.kind === Kind.FIELD) return passes(node);
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? context.fragments.get(node.name.value) : node;
    const condition = fragment?.typeCondition?.name.value ?? type;
    return condition === type && everyField(fragment?.selectionSet, type, context, passes);
  });
}

function isExtended({ extension }: Product, type: string, field: string): boolean {
  return Object.hasOwn(extension?.resolvers[type] ?? {}, field);
}
