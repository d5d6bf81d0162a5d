// A list: asked of federation as it stands where its owner answers it whole, else by the keys of its page.
import type { GraphQLError } from "graphql";
import { isObject } from "../../../schema/product/is-object.ts";
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import { amongColumns, conjunction } from "../../plan/condition.ts";
import { collectionNamed } from "../../plan/facts.ts";
import type { ListPlan } from "../../plan/field-plan.ts";
import type { Scan } from "../../plan/rows-plan.ts";
import { boundVariable, rootName } from "../../plan/template.ts";
import type { Json } from "../federated/own.ts";
import type { Making } from "../federated/step-outcome.ts";
import type { Running } from "../operator.ts";
import { compileKeySets } from "../rows/bind-key-sets.ts";
import { divide } from "../rows/divide.ts";
import type { FlatRow, FlatRows } from "../rows/flat-row.ts";
import { inTurns } from "../rows/in-turns.ts";
import { boundKeys, partsOf } from "../rows/key-ranges.ts";
import type { Key } from "../rows/keys.ts";
import { compileRowKey, type RowKey } from "../rows/row-key.ts";
import type { Asks } from "../rows/rows-runtime.ts";
import { scalarOfColumn } from "../rows/scalar-of-column.ts";
import { writeCondition } from "../rows/write-condition.ts";
import { writeOrder } from "../rows/write-order.ts";
import type { Answering, PreparedTemplate } from "./across-runtime.ts";
import { askTemplate } from "./ask-template.ts";
import { columnReader, fetchedName } from "./fetched-names.ts";
import { followErrors } from "./follow-errors.ts";

/** Objects in the order of the list, under the name that they were fetched under, with the errors of what they lack. */
export type Listed = PreparedTemplate & {
  readonly name: string;
  readonly list: unknown;
  readonly errors: readonly GraphQLError[];
  readonly unknown: Making["unknown"];
};

type Variables = Readonly<Record<string, unknown>>;

/** @throws as `askTemplate`, and what asking for rows throws */
export async function askList(plan: ListPlan, answering: Answering): Promise<Listed> {
  const { asks, running } = answering;
  const direct = plan.rows.kind === "scan" ? await directVariables(plan.rows, asks, running) : undefined;
  if (direct) return fetchList(plan, direct, answering);
  return hydrate(plan, await asks.rows(plan.rows)(running), answering);
}

/** The arguments of a list whose owner answers it whole; undefined where a key set is longer than he takes. */
async function directVariables(scan: Scan, asks: Asks, running: Running): Promise<Variables | undefined> {
  const { facts } = asks;
  const { where, order, page } = scan;
  const collection = collectionNamed(facts, scan.collection);
  const { testsIn, boundOf } = await compileKeySets(where, collection, asks)(running);
  const { sent, kept } = divide(where, testsIn, { keysMax: collection.keysMax, mayCut: () => false });
  const isLong = page.limit !== undefined && page.limit > collection.rowsMax;
  if (kept.length > 0 || isLong) return undefined;
  return {
    where: writeCondition(conjunction(sent), { facts, collection, keysOf: boundOf }),
    order_by: writeOrder(order),
    limit: page.limit ?? null,
    offset: page.offset || null,
  };
}

/** The objects of rows, by their keys, in as many questions as the owner's `keysMax` needs. */
async function hydrate(plan: ListPlan, rows: FlatRows, answering: Answering): Promise<Listed> {
  const { facts, limits } = answering.asks;
  const { key } = plan;
  const collection = collectionNamed(facts, plan.collection);
  const columns = key.map((column) => ({ column, scalar: scalarOfColumn(facts, plan.rows, column) }));
  const scalars = columns.map(({ scalar }) => scalar);
  const keyOf = compileRowKey(columns);
  const byKey = new Map<RowKey | undefined, Json>();
  const keys = boundKeys(
    scalars,
    rows.map((row) => keyAt(row, key)),
  );
  const parts = rows.length === 0 ? [keys] : partsOf(keys, collection.keysMax);
  const fetched = await inTurns(parts, limits.chunksAtOnceMax, async (part) => {
    const where = writeCondition(amongColumns(key, { kind: "given" }), {
      facts,
      collection,
      keysOf: () => part,
    });
    const listed = await fetchList(plan, { where }, answering);
    const read = columnReader(plan.template.columns, listed.aliases);
    for (const object of [listed.list].flat()) if (isObject(object)) byKey.set(keyOf(read(object)), object);
    return { listed, told: followErrors(listed.errors, { [listed.name]: listed.list }) };
  });
  const [{ listed }] = fetched as readonly [(typeof fetched)[number]];
  const found = rows.flatMap((row) => byKey.get(keyOf(row)) ?? []);
  const isLost = fetched.some(({ listed: { list } }) => list === null || list === undefined);
  const list = isLost ? null : found;
  return {
    ...listed,
    list,
    errors: fetched.flatMap(({ told }) => told({ [listed.name]: list })),
    unknown: new Set(fetched.flatMap(({ listed: { unknown } }) => [...unknown])),
  };
}

function keyAt(row: FlatRow, key: readonly string[]): Key {
  const values = key.map((column) => row[column] as ScalarValue);
  return values.length === 1 ? (values[0] as ScalarValue) : values;
}

async function fetchList({ template }: ListPlan, given: Variables, answering: Answering): Promise<Listed> {
  const root = ["where", "order_by", "limit", "offset"].map((name) => [
    boundVariable(rootName, name),
    given[name] ?? null,
  ]);
  const { objects, aliases, making } = await askTemplate(template, Object.fromEntries(root), answering);
  const name = fetchedName(template.field, aliases);
  return { objects, aliases, name, list: making.data[name], errors: making.errors, unknown: making.unknown };
}
