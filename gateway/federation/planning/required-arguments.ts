// Repair of the planner: a field that a `@requires` asks for with arguments becomes a field of its own.
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import { possibleTypes } from "./possible-types.ts";
import { readSupergraph, type SupergraphFacts } from "./supergraph-facts.ts";
import { linkedFeatures } from "./supergraph-features.ts";

/** What stands behind a field that was made: the field of the subgraph, and the arguments it is asked with. */
export type RequiredField = { readonly name: string; readonly arguments: readonly ArgumentNode[] };

export type WithRequiredFields = {
  readonly supergraph: DocumentNode;
  /** By the name of the field that was made. */
  readonly required: ReadonlyMap<string, RequiredField>;
};

/**
 * The planner puts a required field under its own name, whatever its arguments, beside the client's:
 *
 *     author @requires(fields: "comments(limit: 3) { authorId }")
 *     client:  { author { id } comments(limit: 1) { id } }
 *     before:  { comments(limit: 3) { authorId } comments(limit: 1) { id } }                    no valid request
 *     after:   { weft_required_0_comments: comments(limit: 3) { authorId } comments(limit: 1) { id } }
 *
 * So the planner is given a supergraph where `weft_required_0_comments` is a field without arguments, of the same
 * subgraphs, hidden from the API schema, and what it requires. Two `@requires` with different arguments are two such
 * fields. Fetches are then written with the real field under this response name (`askRequired`), and representations
 * with the value under the real name again (`to-fetch-tree.ts`).
 */
export function withRequiredFields(supergraph: DocumentNode): WithRequiredFields {
  const required = new Map<string, RequiredField>();
  const untouched = { supergraph, required };
  if (linkedFeatures(supergraph).length === 0) return untouched;
  const facts = readSupergraph(supergraph);
  const names = new Map<string, string>();
  /** Names of fields to make, by type and name of the real one. */
  const wanted = new Map<string, Set<string>>();
  const { named } = possibleTypes(facts);
  const rewrite = (type: string, fields: string) =>
    rewriteRequired(facts, type, fields, (holder, node) => {
      const real = node.name.value;
      const key = `${real} ${(node.arguments ?? []).map(print).sort().join()}`;
      const name = names.get(key) ?? `weft_required_${names.size}_${real}`;
      names.set(key, name);
      required.set(name, { name: real, arguments: node.arguments ?? [] });
      for (const each of named(holder)) {
        const place = `${each}.${real}`;
        wanted.set(place, (wanted.get(place) ?? new Set()).add(name));
      }
      return name;
    });

  const rewritten = visit(supergraph, {
    ObjectTypeDefinition: (type) => rewriteFields(type, rewrite),
    InterfaceTypeDefinition: (type) => rewriteFields(type, rewrite),
  });
  if (required.size === 0) return untouched;
  const hidden = linkedFeatures(supergraph).find(({ feature }) => feature === "inaccessible")?.as;
  const addFields = <Type extends Fields>(type: Type): Type => ({
    ...type,
    fields: (type.fields ?? []).flatMap((field) => [
      field,
      ...[...(wanted.get(`${type.name.value}.${field.name.value}`) ?? [])].map((name) =>
        madeField(field, name, hidden ?? "inaccessible"),
      ),
    ]),
  });
  const widened = visit(rewritten, {
    ObjectTypeDefinition: addFields,
    InterfaceTypeDefinition: addFields,
  });
  return { supergraph: hidden === undefined ? linkInaccessible(widened) : widened, required };
}

/** The selection as the subgraph knows it: the real field, with its arguments, under the name that was made. */
export function askRequired<Node extends SelectionSetNode>(
  selection: Node,
  required: WithRequiredFields["required"],
): Node {
  if (required.size === 0) return selection;
  return visit(selection, {
    Field: (field): FieldNode | undefined => {
      const real = required.get(field.name.value);
      if (!real) return undefined;
      const alias = field.alias ?? field.name;
      return { ...field, alias, name: { kind: Kind.NAME, value: real.name }, arguments: real.arguments };
    },
  });
}

type Fields = {
  readonly name: { readonly value: string };
  readonly fields?: readonly FieldDefinitionNode[] | undefined;
};

function rewriteFields<Type extends Fields>(
  type: Type,
  rewrite: (type: string, fields: string) => string,
): Type {
  const fields = (type.fields ?? []).map((field) => ({
    ...field,
    directives: (field.directives ?? []).map((directive) => ({
      ...directive,
      arguments: (directive.arguments ?? []).map((argument) =>
        directive.name.value === "join__field" &&
        argument.name.value === "requires" &&
        argument.value.kind === Kind.STRING
          ? {
              ...argument,
              value: { ...argument.value, value: rewrite(type.name.value, argument.value.value) },
            }
          : argument,
      ),
    })),
  }));
  return { ...type, fields };
}

/** A field set with every field that takes arguments under the name that `rename` gives it. */
function rewriteRequired(
  { types }: SupergraphFacts,
  type: string,
  fields: string,
  rename: (type: string, field: FieldNode) => string,
): string {
  const walk = (holder: string, { selections }: SelectionSetNode): SelectionNode[] =>
    selections.map((selection) => rewriteSelection(holder, selection));
  const within = (holder: string, selectionSet: SelectionSetNode): SelectionSetNode => ({
    ...selectionSet,
    selections: walk(holder, selectionSet),
  });
  const rewriteSelection = (holder: string, selection: SelectionNode): SelectionNode => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inside = selection.typeCondition?.name.value ?? holder;
      return { ...selection, selectionSet: within(inside, selection.selectionSet) };
    }
    const facts = types.get(holder)?.fields.get(selection.name.value);
    if (!facts) return selection;
    const { selectionSet } = selection;
    const deeper = selectionSet
      ? { ...selection, selectionSet: within(facts.type, selectionSet) }
      : selection;
    if (!facts.takesArguments) return deeper;
    return { ...deeper, name: { kind: Kind.NAME, value: rename(holder, selection) }, arguments: [] };
  };
  const definition = parse(`{${fields}}`, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return fields;
  const selections = walk(type, definition.selectionSet);
  return stripIgnoredCharacters(print({ kind: Kind.SELECTION_SET, selections })).slice(1, -1);
}

function madeField(field: FieldDefinitionNode, name: string, hidden: string): FieldDefinitionNode {
  const { description, ...rest } = field;
  return {
    ...rest,
    name: { kind: Kind.NAME, value: name },
    arguments: [],
    directives: [
      ...(field.directives ?? []).filter((directive) => directive.name.value === "join__field"),
      { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: hidden } },
    ],
  };
}

function linkInaccessible(supergraph: DocumentNode): DocumentNode {
  const { definitions } = parse(
    `schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY) { query: Query }
     directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR
       | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
    { noLocation: true },
  );
  const [schema, directive] = definitions;
  if (schema?.kind !== Kind.SCHEMA_DEFINITION || !directive) return supergraph;
  return {
    ...supergraph,
    definitions: [
      ...supergraph.definitions.map((definition) =>
        definition.kind === Kind.SCHEMA_DEFINITION
          ? { ...definition, directives: [...(definition.directives ?? []), ...(schema.directives ?? [])] }
          : definition,
      ),
      directive,
    ],
  };
}
