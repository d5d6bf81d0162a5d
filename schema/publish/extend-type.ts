// A type of the composed schema with what leads from it into other domains.
import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
} from "graphql";
import { inputField, outputField, type PublishedField, type PublishedType } from "./published-type.ts";

/** The node itself where nothing is to be added to it. */
export function extendType(node: DefinitionNode, type: PublishedType | undefined): DefinitionNode {
  if (!type || type.kind === "enum" || !type.extends) return node;
  const leading = type.fields.filter(({ leadsOut }) => leadsOut);
  if (type.kind === "input" && node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    const fields = merge(node.fields ?? [], leading, inputField);
    return fields ? { ...node, fields } : node;
  }
  if (type.kind === "type" && node.kind === Kind.OBJECT_TYPE_DEFINITION) {
    const fields = merge(node.fields ?? [], leading, outputField);
    return fields ? { ...node, fields } : node;
  }
  return node;
}

/**
 * The fields of a type with those that lead out among them; undefined where it stays as it is. A reference that the
 * port's own type does not have is not added: the port could not be asked by it.
 */
function merge<T extends FieldDefinitionNode | InputValueDefinitionNode>(
  given: readonly T[],
  leading: readonly PublishedField[],
  make: (field: PublishedField) => T,
): readonly T[] | undefined {
  const byName = new Map(leading.map((field) => [field.name, field]));
  const known = new Set(given.map(({ name }) => name.value));
  const kept = given.map((node) => {
    const field = byName.get(node.name.value);
    if (!field || field.replaces !== namedType(node.type)) return node;
    const { type, description } = make(field);
    return { ...node, type, ...(description && { description }) };
  });
  const added = leading.filter(({ name, replaces }) => replaces === undefined && !known.has(name)).map(make);
  return added.length > 0 || kept.some((node, i) => node !== given[i]) ? [...kept, ...added] : undefined;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
