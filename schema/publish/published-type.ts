// A type of the published schema before it is written, and its nodes.
import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NameNode,
  parseType,
  type StringValueNode,
} from "graphql";

export type PublishedField = {
  readonly name: string;
  /** As SDL has it: `airports_by!`. */
  readonly type: string;
  readonly description?: string;
  /** The composed schema's named type of the field, in whose place `type` comes. */
  readonly replaces?: string;
  /** Does it lead to another subgraph's rows? */
  readonly leadsOut?: boolean;
};

export type PublishedType =
  | {
      readonly kind: "input" | "type";
      readonly name: string;
      readonly description: string;
      readonly fields: readonly PublishedField[];
      /** Where the composed schema has the type: does it get what leads out? */
      readonly extends: boolean;
      /** Where the composed schema has not the type but this one: its fields, after the first of `fields`. */
      readonly as?: string;
    }
  | {
      readonly kind: "enum";
      readonly name: string;
      readonly description: string;
      readonly values: readonly string[];
    };

export const definitionKinds = {
  input: Kind.INPUT_OBJECT_TYPE_DEFINITION,
  type: Kind.OBJECT_TYPE_DEFINITION,
  enum: Kind.ENUM_TYPE_DEFINITION,
} as const satisfies Record<PublishedType["kind"], Kind>;

export function definitionOf(type: PublishedType): DefinitionNode {
  const head = { name: nameNode(type.name), description: descriptionNode(type.description) };
  switch (type.kind) {
    case "input":
      return { kind: Kind.INPUT_OBJECT_TYPE_DEFINITION, ...head, fields: type.fields.map(inputField) };
    case "type":
      return { kind: Kind.OBJECT_TYPE_DEFINITION, ...head, fields: type.fields.map(outputField) };
    case "enum":
      return {
        kind: Kind.ENUM_TYPE_DEFINITION,
        ...head,
        values: type.values.map((value) => ({ kind: Kind.ENUM_VALUE_DEFINITION, name: nameNode(value) })),
      };
  }
}

export function inputField(field: PublishedField): InputValueDefinitionNode {
  return { kind: Kind.INPUT_VALUE_DEFINITION, ...fieldParts(field) };
}

export function outputField(field: PublishedField): FieldDefinitionNode {
  return { kind: Kind.FIELD_DEFINITION, ...fieldParts(field) };
}

function fieldParts({ name, type, description }: PublishedField) {
  return {
    name: nameNode(name),
    type: parseType(type, { noLocation: true }),
    ...(description !== undefined && { description: descriptionNode(description) }),
  };
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

function descriptionNode(value: string): StringValueNode {
  return { kind: Kind.STRING, value, block: true };
}
