// Relationships: a to-one @reference with the columns that hold its key, and the to-many that inverts one.
import { generatedNames } from "../product/generated-names.ts";
import type { MeshInverse, MeshReference } from "../product/mesh.ts";
import { composing, type Place } from "./composing-faults.ts";
import { readArguments, referenceArguments } from "./directive-arguments.ts";
import type { EntityPart } from "./read-ownership.ts";
import type { Subgraph, SubgraphField, SubgraphType } from "./read-subgraph.ts";

/** @throws composing.DIRECTIVE_ARGUMENTS, composing.REFERENCE_TARGET, composing.REFERENCE_KEY */
export function readReference({ subgraph, type }: EntityPart, field: SubgraphField): MeshReference {
  const place = { subgraph: subgraph.name, type: type.name, field: field.name };
  const { key = [] } = readArguments(referenceArguments, field.reference, "@reference", place);
  const target = targetOf(field, subgraph, place);
  const problem = keyProblem(key, subgraph, type, target);
  if (problem !== undefined) throw composing.REFERENCE_KEY({ ...place, problem });
  return { name: field.name, subgraph: subgraph.name, target: target.name, required: field.required, key };
}

/** @throws composing.DIRECTIVE_ARGUMENTS, composing.REFERENCE_TARGET, composing.REFERENCE_INVERSE */
export function readInverse({ subgraph, type }: EntityPart, field: SubgraphField): MeshInverse {
  const place = { subgraph: subgraph.name, type: type.name, field: field.name };
  const { inverseOf = "(none)" } = readArguments(referenceArguments, field.reference, "@reference", place);
  const source = targetOf(field, subgraph, place);
  const inverted = source.fields.get(inverseOf);
  if (!inverted?.reference || inverted.list || inverted.type !== type.name)
    throw composing.REFERENCE_INVERSE({ ...place, source: source.name, reference: inverseOf });
  return { name: field.name, subgraph: subgraph.name, source: source.name, reference: inverseOf };
}

function targetOf(field: SubgraphField, subgraph: Subgraph, place: Place): SubgraphType {
  const target = subgraph.types.get(field.type);
  if (!target || target.keys.length === 0) throw composing.REFERENCE_TARGET({ ...place, target: field.type });
  return target;
}

function keyProblem(
  key: readonly string[],
  subgraph: Subgraph,
  type: SubgraphType,
  target: SubgraphType,
): string | undefined {
  if (key.length === 0) return "names no key";
  const own = ownColumns(subgraph, type);
  const unknown = key.find((column) => !own.has(column));
  if (unknown !== undefined) return `names ${unknown}, which is no column of ${type.name}`;
  if (target.keys.some(({ length }) => length === key.length)) return undefined;
  const found = target.keys.map((fields) => fields.join(" ")).join(" or by ");
  return `names ${key.length} columns, and ${target.name} is found by ${found}`;
}

/** An entity's own columns here: its leaf fields, and what the `_column` enum of one of its collections names. */
function ownColumns(subgraph: Subgraph, type: SubgraphType): ReadonlySet<string> {
  const fields = [...type.fields.values()].filter((field) => !field.list && subgraph.leaves.has(field.type));
  const collections = [...(subgraph.query?.fields.values() ?? [])].filter(
    ({ collection }) => collection?.entity === type.name,
  );
  const named = collections.flatMap(({ name }) => subgraph.leaves.get(generatedNames(name).column) ?? []);
  return new Set([...fields.map(({ name }) => name), ...named]);
}
