// Schema coordinates: what they name in a port, and who has a type.
import { Kind, type TypeNode } from "graphql";
import type { Port, PortField, PortType } from "./port.ts";

export const argumentOf = (field: string, argument: string) => `${field}(${argument}:)`;

/** The innermost type: `Airport` of `[Airport!]!`. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** Coordinates of the output fields that answer with a type. */
export function fieldsAnswering(port: Port, type: string): readonly string[] {
  return outputFields(port)
    .filter(({ field }) => namedType(field.type) === type)
    .map(({ coordinate }) => coordinate);
}

/** Coordinates of the arguments and input fields that take a type. */
export function placesTaking(port: Port, type: string): readonly string[] {
  const args = outputFields(port).flatMap(({ coordinate, field }) =>
    [...field.args.values()]
      .filter((argument) => namedType(argument.type) === type)
      .map(({ name }) => argumentOf(coordinate, name)),
  );
  const inputs = [...port.types.values()]
    .filter(({ kind }) => kind === "input")
    .flatMap(({ name, fields }) =>
      [...fields.values()]
        .filter((field) => namedType(field.type) === type)
        .map((field) => `${name}.${field.name}`),
    );
  return [...args, ...inputs];
}

/** The coordinates of a type's own parts: fields, values. */
export function partsOf(type: PortType): readonly string[] {
  return [...type.fields.keys(), ...type.values.keys()].map((part) => `${type.name}.${part}`);
}

export type OutputField = { readonly coordinate: string; readonly type: PortType; readonly field: PortField };

/** Fields of objects and interfaces. */
export function outputFields(port: Port): readonly OutputField[] {
  return [...port.types.values()]
    .filter(({ kind }) => kind === "object" || kind === "interface")
    .flatMap((type) =>
      [...type.fields.values()].map((field) => ({ coordinate: `${type.name}.${field.name}`, type, field })),
    );
}
