// Questions whose filters stand in variables: whether they reach across domains is known with the values.
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  isInputObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { Fault } from "../../schema/product/fault.ts";
import type { PermittedOperation } from "../policy/permit.ts";
import type { CollectionField } from "./collection-fields.ts";
import type { Facts } from "./facts.ts";
import { isOwnQuestion } from "./own-questions.ts";
import { type Reading, readAsked } from "./read-asked.ts";

/** A field that asks a collection with a variable in its arguments. */
export type VariableField = {
  readonly at: CollectionField;
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
};

/** Those of an operation that may turn out to reach across domains: none where no variable holds an object. */
export function variableFields(
  schema: GraphQLSchema,
  fields: ReadonlyMap<string, CollectionField>,
  { document, definition }: PermittedOperation,
): readonly VariableField[] {
  if (fields.size === 0 || !(definition.variableDefinitions ?? []).some((each) => holdsObjects(schema, each)))
    return [];
  const found: VariableField[] = [];
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: (node) => {
        const field = info.getFieldDef();
        const at = fields.get(`${info.getParentType()?.name}.${node.name.value}`);
        if (at && field && hasVariable(node)) found.push({ at, field, node });
      },
    }),
  );
  return found;
}

function holdsObjects(
  schema: GraphQLSchema,
  { type }: NonNullable<PermittedOperation["definition"]["variableDefinitions"]>[number],
): boolean {
  let named = type;
  while (named.kind !== Kind.NAMED_TYPE) named = named.type;
  return isInputObjectType(schema.getType(named.name.value));
}

function hasVariable({ arguments: given = [] }: FieldNode): boolean {
  let has = false;
  for (const argument of given)
    visit(argument, {
      Variable: () => {
        has = true;
      },
    });
  return has;
}

/** Does one of the fields reach across domains, with these values? What is wrong with one that does not is its owner's to say. */
export function isAcross(facts: Facts, fields: readonly VariableField[], reading: Reading): boolean {
  return fields.some(({ at, field, node }) => {
    try {
      return !isOwnQuestion(facts, readAsked(facts, at, field, [node], reading));
    } catch (failure) {
      if (failure instanceof Fault) return false;
      throw failure;
    }
  });
}
