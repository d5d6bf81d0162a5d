// Leaf values as the schema allows them on the way out.
import { type GraphQLLeafType, isEnumType } from "graphql";

/** The value to answer with; undefined where it is none of the type. Never called with null. */
export type CompleteLeaf = (value: unknown) => unknown;

const scalars: Readonly<Record<string, CompleteLeaf>> = {
  String: (value) => (typeof value === "string" ? value : undefined),
  Boolean: (value) => (typeof value === "boolean" ? value : undefined),
  Int: (value) =>
    Number.isInteger(value) && (value as number) <= 2147483647 && (value as number) >= -2147483648
      ? value
      : undefined,
  Float: (value) => (typeof value === "number" ? value : undefined),
  ID: (value) => {
    if (typeof value === "string") return value;
    return Number.isInteger(value) ? String(value) : undefined;
  },
};

/** Scalars of the mesh's own are as their owners write them. */
export function compileLeaf(type: GraphQLLeafType): CompleteLeaf {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => (names.has(value) ? value : undefined);
  }
  return (Object.hasOwn(scalars, type.name) && scalars[type.name]) || ((value) => value);
}
