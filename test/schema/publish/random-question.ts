// A random question to one collection of a schema: any input its `where`, `order_by` and `having` take, any keys.
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { Tape } from "../../federation/random/tape.ts";

const literals: Readonly<Record<string, string>> = {
  Int: "7",
  BigInt: '"8"',
  Float: "0.5",
  Decimal: '"1.25"',
  Boolean: "true",
  Date: '"2001-01-31"',
  DateTime: '"2001-01-31T13:05:00Z"',
  LocalDateTime: '"2001-01-31T13:05:00"',
};

export function randomQuestion(tape: Tape, schema: GraphQLSchema): string {
  const input = (type: GraphQLInputType, depth: number): string => {
    if (isNonNullType(type)) return input(type.ofType, depth);
    if (isListType(type))
      return `[${Array.from({ length: tape.pick(3) }, () => input(type.ofType, depth)).join(", ")}]`;
    if (isEnumType(type)) return tape.among(type.getValues()).name;
    if (!isInputObjectType(type)) return literals[type.name] ?? '"text"';
    const fields = Object.values(type.getFields());
    const chosen = depth === 0 ? [] : Array.from({ length: tape.pick(4) }, () => tape.among(fields));
    const entries = [...new Set(chosen)].map((field) => `${field.name}: ${input(field.type, depth - 1)}`);
    return `{ ${entries.join(", ")} }`;
  };
  const selection = (type: GraphQLNamedType, depth: number): string => {
    if (!isObjectType(type)) return "";
    const fields = Object.values(type.getFields()).filter(
      ({ type: of }) => depth > 0 || !isObjectType(getNamedType(of)),
    );
    const count = fields.length === 0 ? 0 : 1 + tape.pick(3);
    const chosen = Array.from({ length: count }, () => field(tape.among(fields), depth - 1));
    return `{ __typename ${chosen.join(" ")} }`;
  };
  let aliases = 0;
  const field = (
    {
      name,
      args,
      type,
    }: ReturnType<NonNullable<ReturnType<GraphQLSchema["getQueryType"]>>["getFields"]>[string],
    depth: number,
  ): string => {
    const given = args.filter((arg) => isNonNullType(arg.type) || tape.chance(2));
    const texts = given.map((arg) => `${arg.name}: ${input(arg.type, 5)}`);
    const values = texts.length > 0 ? `(${texts.join(", ")})` : "";
    return `x${aliases++}: ${name}${values} ${selection(getNamedType(type), depth)}`;
  };
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  return `{ ${field(tape.among(roots), 5)} }`;
}
