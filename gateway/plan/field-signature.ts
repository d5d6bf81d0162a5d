// The signature of a field: what it asks for, under which response name.
import { type FieldNode, print } from "graphql";

/** `usd:price(in:"USD")`. Fields of one signature at one place are one field. */
export function fieldSignature({ alias, name, arguments: given = [] }: FieldNode): string {
  return `${(alias ?? name).value}:${name.value}(${given.map(print).sort().join()})`;
}

export function responseNameOf(signature: string): string {
  return signature.slice(0, signature.indexOf(":"));
}
