// Lookups: columns of other domains' rows, brought to the rows that refer to them.
import { strict as assert } from "node:assert";
import type { MeshCollection } from "../../schema/product/mesh.ts";
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { Aggregate, Value } from "../../schema/product/value.ts";
import { columnOfAggregate, distinctAggregates, scalarOfAggregate, typedAggregate } from "./aggregates.ts";
import { answersKeys } from "./capability.ts";
import { amongColumns } from "./condition.ts";
import { type Facts, isOwn, isOwnValue, type Relation, relationOf, scalarOf, shapeOf } from "./facts.ts";
import type { Lookup, RowsPlan } from "./rows-plan.ts";
import { filter, scanOf } from "./scan-of.ts";

/** The column that a value is taken from, seen from the collection's row: a bucket's is the column it is a bucket of. */
export function columnOf(
  facts: Facts,
  collection: MeshCollection,
  value: Value,
): { readonly column: string; readonly scalar: ScalarName } {
  const { path, aggregate } = read(value);
  if (!aggregate) return { column: path.join("."), scalar: scalarOf(shapeOf(facts, collection), path) };
  let at: MeshCollection | undefined = collection;
  for (const name of path) at = at && relationOf(facts, at, name)?.to;
  assert(at, `${path.join(".")} leads to a collection`);
  const column = [...path, columnOfAggregate(aggregate)].join(".");
  return { column, scalar: scalarOfAggregate(typedAggregate(shapeOf(facts, at), aggregate)) };
}

function read(value: Value): { readonly path: readonly string[]; readonly aggregate?: Aggregate } {
  switch (value.kind) {
    case "column":
    case "bucket":
      return { path: [value.column] };
    case "reference": {
      const { path, aggregate } = read(value.value);
      return { path: [value.reference, ...path], ...(aggregate && { aggregate }) };
    }
    case "aggregate":
      return { path: [value.inverse], aggregate: value.aggregate };
  }
}

/**
 * Rows of the collection with the columns of all values. What the owner's own rows hold, or lead to within his
 * subgraph, a scan can bring; for the rest there is one lookup for each relationship.
 *
 * @param path - from the rows to the collection, within their owner's subgraph: `customer.`
 */
export function lookUpValues(
  facts: Facts,
  collection: MeshCollection,
  input: RowsPlan,
  values: readonly Value[],
  path = "",
): RowsPlan {
  const references = new Map<string, Value[]>();
  const inverses = new Map<string, Aggregate[]>();
  for (const value of values)
    if (value.kind === "aggregate")
      inverses.set(value.inverse, [...(inverses.get(value.inverse) ?? []), value.aggregate]);
    else if (value.kind === "reference" && !isScanned(facts, collection, value))
      references.set(value.reference, [...(references.get(value.reference) ?? []), value.value]);
  let rows = input;
  for (const [name, inner] of references) {
    const { relation, to } = ends(facts, collection, name);
    rows = lookUpTarget(facts, relation, to, { rows, path }, inner);
  }
  for (const [name, aggregates] of inverses) {
    const { relation, to } = ends(facts, collection, name);
    rows = lookUpAggregates(facts, relation, to, rows, aggregates);
  }
  return rows;
}

/**
 * The same for rows of which no page is asked, those of groups and lookups. A path is looked up where it leaves the owner's
 * subgraph: orders have few different `customer.nation.code`, by which their owner can group them, and many `customer.id`.
 * Of a row that is missing an aggregate is null, and of one that is there a count may be 0: those are looked up row by row.
 */
export function lookUpBeyond(
  facts: Facts,
  collection: MeshCollection,
  input: RowsPlan,
  values: readonly Value[],
  path = "",
): RowsPlan {
  const within = new Map<string, Value[]>();
  const others: Value[] = [];
  for (const value of values) {
    const reference = value.kind === "reference" && !read(value).aggregate ? value : undefined;
    const relation = reference && relationOf(facts, collection, reference.reference);
    if (reference && relation && isOwn(collection, relation))
      within.set(reference.reference, [...(within.get(reference.reference) ?? []), reference.value]);
    else others.push(value);
  }
  let rows = lookUpValues(facts, collection, input, others, path);
  for (const [name, inner] of within)
    rows = lookUpBeyond(facts, ends(facts, collection, name).to, rows, inner, `${path}${name}.`);
  return rows;
}

/** Is it a column of a scan: a path within the owner's own, without an aggregate? */
function isScanned(facts: Facts, collection: MeshCollection, value: Value): boolean {
  return read(value).aggregate === undefined && isOwnValue(facts, collection, value);
}

function ends(
  facts: Facts,
  collection: MeshCollection,
  name: string,
): { readonly relation: Relation; readonly to: MeshCollection } {
  const relation = relationOf(facts, collection, name);
  assert(relation?.to, `${collection.entity}.${name} leads to a collection`);
  return { relation, to: relation.to };
}

function lookUpTarget(
  facts: Facts,
  relation: Relation,
  to: MeshCollection,
  input: { readonly rows: RowsPlan; readonly path: string },
  values: readonly Value[],
): Lookup {
  const columns = [...new Set(values.map((value) => columnOf(facts, to, value).column))];
  return {
    kind: "lookup",
    input: input.rows,
    on: relation.here.map((column) => `${input.path}${column}`),
    from: lookUpBeyond(facts, to, givenRows(facts, to, relation), values),
    key: relation.there,
    columns: columns
      .filter((column) => !relation.there.includes(column))
      .map((column) => ({ column, as: `${input.path}${relation.name}.${column}`, absent: null })),
  };
}

function lookUpAggregates(
  facts: Facts,
  relation: Relation,
  to: MeshCollection,
  input: RowsPlan,
  aggregates: readonly Aggregate[],
): Lookup {
  const asked = distinctAggregates(aggregates);
  const shape = shapeOf(facts, to);
  return {
    kind: "lookup",
    input,
    on: relation.here,
    from: {
      kind: "group",
      input: givenRows(facts, to, relation),
      keys: relation.there.map((column) => ({
        column,
        as: column,
        scalar: scalarOf(shape, column.split(".")),
      })),
      aggregates: asked.map((aggregate) => typedAggregate(shape, aggregate)),
      timeZone: "UTC",
    },
    key: relation.there,
    columns: asked.map((aggregate) => ({
      column: columnOfAggregate(aggregate),
      as: `${relation.name}.${columnOfAggregate(aggregate)}`,
      absent: aggregate.function === "count" ? 0 : null,
    })),
  };
}

/** The rows at a relationship's other end that have one of the keys which a lookup asks for: extra ones are found by none. */
function givenRows(facts: Facts, to: MeshCollection, { there }: Relation): RowsPlan {
  const given = amongColumns(there, { kind: "given" });
  if (answersKeys(facts, to, given) === "no") return filter(facts, to, scanOf(to), given);
  return { ...scanOf(to), where: given };
}
