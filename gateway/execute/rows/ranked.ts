// A page of rows in the order of their keys: which keys have a part in it is known before any row is asked for.
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import { amongColumns, type Condition, conjunction, conjuncts } from "../../plan/condition.ts";
import type { Ranked, Scan, SortTerm } from "../../plan/rows-plan.ts";
import type { Operator, Running } from "../operator.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";
import { inTurns } from "./in-turns.ts";
import type { Key } from "./keys.ts";
import { compileRowKey, type RowKey } from "./row-key.ts";
import { compileRowOrder } from "./row-order.ts";
import type { Asks } from "./rows-runtime.ts";
import { scalarOfColumn } from "./scalar-of-column.ts";
import { sortRows } from "./sort.ts";

/** Classes with no more rows together are asked for at once, and put in order here. */
const fewRows = 10_000;

/** Keys that are equal in all terms, and how many rows they have. */
type Class = { readonly keys: readonly FlatRow[]; readonly rows: number };

/** Neighbouring classes, and the rows before the first of them. */
type Batch = { readonly classes: readonly Class[]; readonly before: number; readonly rows: number };

/** @throws as its inputs */
export function compileRanked(plan: Ranked, asks: Asks): Operator<FlatRows> {
  const { page, on } = plan;
  const keys = asks.rows(plan.keys);
  const keyOf = compileRowKey(
    on.map((column) => ({ column, scalar: scalarOfColumn(asks.facts, plan.keys, column) })),
  );
  const end = page.offset + page.limit;
  return async (running) => {
    const classes = classesOf(await keys(running), plan.order);
    const batches = batchesOf(classes).filter(
      ({ before, rows }) => before < end && before + rows > page.offset,
    );
    const lists = await inTurns(batches, asks.limits.chunksAtOnceMax, (batch) => {
      const wanted = { offset: Math.max(0, page.offset - batch.before), limit: end - batch.before };
      return askBatch(plan, batch, wanted, keyOf, asks, running);
    });
    return lists.flat().slice(0, page.limit);
  };
}

function classesOf(keys: FlatRows, order: readonly SortTerm[]): readonly Class[] {
  const sorted = sortRows(keys, order, { offset: 0 });
  const compare = compileRowOrder(sorted, order);
  const classes: { keys: FlatRow[]; rows: number }[] = [];
  sorted.forEach((key, i) => {
    const rows = Number(key["count(*)"]);
    const last = classes.at(-1);
    if (!last || compare(i - 1, i) !== 0) classes.push({ keys: [key], rows });
    else {
      last.keys.push(key);
      last.rows += rows;
    }
  });
  return classes;
}

function batchesOf(classes: readonly Class[]): readonly Batch[] {
  const batches: { classes: Class[]; before: number; rows: number }[] = [];
  let before = 0;
  for (const each of classes) {
    const last = batches.at(-1);
    if (last && last.rows + each.rows <= fewRows) {
      last.classes.push(each);
      last.rows += each.rows;
    } else batches.push({ classes: [each], before, rows: each.rows });
    before += each.rows;
  }
  return batches;
}

/** The rows of a batch in order, from the first wanted to the last. A class of its own is in order as its owner sorts it. */
async function askBatch(
  plan: Ranked,
  { classes }: Batch,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  keyOf: (row: FlatRow) => RowKey | undefined,
  asks: Asks,
  running: Running,
): Promise<FlatRows> {
  const isOne = classes.length === 1;
  const scan: Scan = {
    ...plan.rows,
    where: conjunction([...conjuncts(plan.rows.where), ofClasses(plan, classes, keyOf)]),
    page: isOne ? { offset, limit: limit - offset } : { offset: 0 },
  };
  const given = classes
    .flatMap(({ keys }) => keys)
    .filter((key) => keyOf(key) !== undefined)
    .map((key) => keyIn(key, plan.on));
  const rows = await asks.rows(scan, plan.rows)({ ...running, given });
  if (isOne) return rows;
  const places = new Map(
    classes.flatMap(({ keys }, place) => keys.map((key) => [keyOf(key), place] as const)),
  );
  const inPlaces: FlatRow[][] = classes.map(() => []);
  for (const row of rows) inPlaces[places.get(keyOf(row)) ?? 0]?.push(row);
  return inPlaces.flat().slice(offset, limit);
}

/** Rows with one of the keys; the null key is asked for by its reference. */
function ofClasses(
  { reference, on }: Ranked,
  classes: readonly Class[],
  keyOf: (row: FlatRow) => RowKey | undefined,
): Condition {
  const among = amongColumns(on, { kind: "given" });
  const hasNull = classes.some(({ keys }) => keys.some((key) => keyOf(key) === undefined));
  return hasNull ? { kind: "or", of: [among, { kind: "null", column: reference, is: true }] } : among;
}

function keyIn(row: FlatRow, on: readonly string[]): Key {
  const values = on.map((column) => row[column] as ScalarValue);
  return values.length === 1 ? (values[0] as ScalarValue) : values;
}
