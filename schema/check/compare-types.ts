// Types of one place in two versions: for what is answered, narrower is safe; for what is taken, wider is.
import { Kind, print, type TypeNode } from "graphql";

export type TypeStep =
  | "same"
  /** Fewer values: `Int` → `Int!`. */
  | "narrower"
  /** More values, of the same kind: `Int!` → `Int`. */
  | "wider"
  /** Another type. */
  | "other";

export function stepBetween(before: TypeNode, after: TypeNode): TypeStep {
  if (print(before) === print(after)) return "same";
  if (holds(after, before)) return "narrower";
  if (holds(before, after)) return "wider";
  return "other";
}

/** Is every value of the one a value of the other? */
function holds(one: TypeNode, other: TypeNode): boolean {
  if (one.kind === Kind.NON_NULL_TYPE)
    return holds(one.type, other.kind === Kind.NON_NULL_TYPE ? other.type : other);
  if (other.kind === Kind.NON_NULL_TYPE) return false;
  if (one.kind === Kind.LIST_TYPE) return other.kind === Kind.LIST_TYPE && holds(one.type, other.type);
  return other.kind === Kind.NAMED_TYPE && one.name.value === other.name.value;
}

/** Must a value be given? A default gives one. */
export function isRequired({
  type,
  defaultValue,
}: {
  readonly type: TypeNode;
  readonly defaultValue: string | undefined;
}): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
}
