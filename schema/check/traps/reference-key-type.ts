// A @reference by columns of another type than the target's key: no row is ever found.
import { generatedNames } from "../../product/generated-names.ts";
import { scalarNames } from "../../product/scalar.ts";
import { namedType } from "../coordinates.ts";
import { collectionsIn } from "../generated-parts.ts";
import { keyFields } from "../key-fields.ts";
import type { Port, PortField, PortType } from "../port.ts";
import type { Trap, TrapFinding } from "../trap.ts";

export const referenceKeyType: Trap = {
  code: "REFERENCE_KEY_TYPE",
  find: ({ mine, others }) =>
    [...mine.types.values()].flatMap((type) =>
      [...type.fields.values()]
        .filter(({ reference }) => reference?.key !== undefined)
        .flatMap((field) => mismatches(type, field, mine, others)),
    ),
};

function mismatches(
  type: PortType,
  { name, type: leadsTo, reference }: PortField,
  mine: Port,
  others: readonly Port[],
): readonly TrapFinding[] {
  const target = namedType(leadsTo);
  const columns = [reference?.key ?? []].flat().map(String);
  const owner = [...others, mine].find((port) => port.types.get(target)?.dataProduct) ?? mine;
  const there = owner.types.get(target);
  const key = there?.keys.map(keyFields).find(({ length }) => length === columns.length) ?? [];
  return columns.flatMap((column, i) => {
    const field = key[i] ?? "";
    const own = columnType(mine, type, name, column, field);
    const theirs = there?.fields.get(field);
    if (own === undefined || !theirs || alike(own, namedType(theirs.type))) return [];
    const expected = namedType(theirs.type);
    return [
      {
        coordinate: `${type.name}.${name}`,
        text: `${type.name}.${name} leads to ${target} by ${column}, which is ${own}, and ${target}.${field} is ${expected}: no row is found.`,
        fix: `Make ${column} ${expected}, or refer by a column that is.`,
        with: [{ subgraph: owner.subgraph, coordinate: `${target}.${field}` }],
      },
    ];
  });
}

/** A column that is no field is known by the test that `where` has for the reference's key. */
function columnType(
  port: Port,
  type: PortType,
  reference: string,
  column: string,
  keyField: string,
): string | undefined {
  const own = type.fields.get(column);
  if (own && !own.reference && own.name !== reference) return namedType(own.type);
  for (const { name, entity } of collectionsIn(port)) {
    if (entity !== type.name) continue;
    const names = generatedNames(name);
    const test = port.types.get(names.keyExp(reference))?.fields.get(keyField);
    const scalar = test && scalarNames.find((each) => names.comparisonExp(each) === namedType(test.type));
    if (scalar) return scalar;
  }
  return undefined;
}

/** An ID is text. */
function alike(one: string, other: string): boolean {
  const plain = (name: string) => (name === "ID" ? "String" : name);
  return plain(one) === plain(other);
}
