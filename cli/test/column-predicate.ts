// Predicates on one column of a contract, said in the dialect of the mesh.
import type { DeclaredColumn, DeclaredEntity } from "../../schema/contract/declared-product.ts";
import { EnumValue, type Literal } from "./write-literal.ts";

export type Predicate = { readonly [key: string]: Literal };

/** It cannot be said: why, as the end of "… cannot be asked: ". */
export class Unsayable extends Error {}

/** A null in the column. @throws Unsayable */
export function isNull(entity: DeclaredEntity, column: DeclaredColumn): Predicate {
  if (column.published) return { [column.name]: { _is_null: true } };
  const { name, parts } = holderOf(entity, column);
  if (parts > 1) throw new Unsayable(`${column.name} is one of several columns of the key of ${name}`);
  return { [name]: { _is_null: true } };
}

/** The column has a value, and passes. @throws Unsayable */
export function passes(entity: DeclaredEntity, column: DeclaredColumn, tests: Predicate): Predicate {
  if (column.published) return { [column.name]: tests };
  const { name, field } = holderOf(entity, column);
  return { [name]: { [field]: tests } };
}

/** What the column is called under `by`, with what is beneath it. @throws Unsayable */
export function grouped(entity: DeclaredEntity, column: DeclaredColumn): string {
  if (column.published) return column.name;
  const { name, field } = holderOf(entity, column);
  return `${name} { ${field} }`;
}

/** A value of the contract as the column's type is written on the wire. @throws Unsayable */
export function columnLiteral({ name, type, values }: DeclaredColumn, value: unknown): Literal {
  if (value === null || typeof value === "object")
    throw new Unsayable(`${name} has a value that is no scalar`);
  if (values.length > 0) {
    if (!values.includes(String(value))) throw new Unsayable(`${String(value)} is no value of ${type}`);
    return new EnumValue(String(value));
  }
  if (type === "Boolean" && typeof value === "boolean") return value;
  if (type === "Int" || type === "Float") {
    if (typeof value !== "number") throw new Unsayable(`${JSON.stringify(value)} is no ${type}`);
    return value;
  }
  return String(value);
}

/** The reference by whose key an unpublished column can be asked. */
function holderOf(
  { references }: DeclaredEntity,
  column: DeclaredColumn,
): { readonly name: string; readonly field: string; readonly parts: number } {
  for (const { name, key } of references.values()) {
    const part = key.find((each) => each.column === column.name);
    if (part) return { name, field: part.field, parts: key.length };
  }
  throw new Unsayable(`${column.name} is no field of the port, and no reference is found by it`);
}
