// What variables name of the schema: fields of input objects, values of enums. Never what they hold.
import {
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from "graphql";
import { isObject } from "../../schema/product/is-object.ts";

/** A variable whose values name something. */
export type VariableInput = { readonly variable: string; readonly type: GraphQLInputType };

type Note = (coordinate: string, named: { readonly deprecationReason?: string | null | undefined }) => void;

export function variableInputs(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): readonly VariableInput[] {
  return variableDefinitions.flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node);
    return isInputType(type) && isNaming(type) ? [{ variable: variable.name.value, type }] : [];
  });
}

/**
 * Calls `note` for what the values name, as often as it turns up. Looks at the first `valuesMax` objects and values of enums
 * alone; what does not fit its type is passed over.
 */
export function noteInputs(
  inputs: readonly VariableInput[],
  variables: Readonly<Record<string, unknown>>,
  note: Note,
  valuesMax = 1_000,
): void {
  let left = valuesMax;
  const look = (value: unknown, type: GraphQLInputType): void => {
    if (value === null || value === undefined || left <= 0) return;
    if (isNonNullType(type)) look(value, type.ofType);
    else if (isListType(type)) lookAtItems(value, type.ofType);
    else {
      left--;
      if (isEnumType(type)) lookAtEnum(value, type);
      else if (isInputObjectType(type) && isObject(value)) lookAtFields(value, type);
    }
  };
  const lookAtItems = (value: unknown, type: GraphQLInputType): void => {
    // One value stands for a list of one.
    for (const item of Array.isArray(value) ? value : [value]) {
      if (left <= 0) return;
      look(item, type);
    }
  };
  const lookAtEnum = (value: unknown, type: GraphQLEnumType): void => {
    const named = typeof value === "string" ? type.getValue(value) : undefined;
    if (named) note(`${type.name}.${named.name}`, named);
  };
  const lookAtFields = (value: Readonly<Record<string, unknown>>, type: GraphQLInputObjectType): void => {
    const fields = type.getFields();
    for (const name of Object.keys(value)) {
      const field: GraphQLInputField | undefined = fields[name];
      if (!field) continue;
      note(`${type.name}.${name}`, field);
      if (isNaming(field.type)) look(value[name], field.type);
    }
  };
  for (const { variable, type } of inputs)
    if (Object.hasOwn(variables, variable)) look(variables[variable], type);
}

function isNaming(type: GraphQLInputType): boolean {
  const named: GraphQLNamedInputType = getNamedType(type);
  return !isLeafType(named) || isEnumType(named);
}
