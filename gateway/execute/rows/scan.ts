// The scan: rows of a collection, asked of its owner in as many questions as its keys and rows need.
import { strict as assert } from "node:assert";
import { answersKeys } from "../../plan/capability.ts";
import { type Among, conjunction } from "../../plan/condition.ts";
import { collectionNamed, primaryKey } from "../../plan/facts.ts";
import type { Scan } from "../../plan/rows-plan.ts";
import type { Operator } from "../operator.ts";
import { compileKeySets } from "./bind-key-sets.ts";
import { collectPages } from "./collect-pages.ts";
import { compileKept } from "./compile-kept.ts";
import { divide } from "./divide.ts";
import type { FlatRows } from "./flat-row.ts";
import { inTurns } from "./in-turns.ts";
import { partsOf } from "./key-ranges.ts";
import { isPaged, listAsking } from "./list-asking.ts";
import { mergeOrder } from "./merge-order.ts";
import { noteOf } from "./note-division.ts";
import { openRowsBudget } from "./rows-budget.ts";
import type { Asks } from "./rows-runtime.ts";
import { sortRows } from "./sort.ts";

/**
 * Rows in the plan's order, its page alone, with at least the plan's columns.
 * @throws executing.COLLECTION_ROWS_MAX, executing.KEY_SET_MAX, executing.KEY_SET_NOT_BOUND, fetching.*, and a
 * GraphQLError of the owner's
 */
export function compileScan(plan: Scan, asks: Asks): Operator<FlatRows> {
  const { facts, limits } = asks;
  const { page } = plan;
  const collection = collectionNamed(facts, plan.collection);
  const { keysMax } = collection;
  const keySets = compileKeySets(plan.where, collection, asks);
  const merging = mergeOrder(facts, collection, plan.order);
  const mayCut = (among: Among) =>
    merging !== undefined && answersKeys(facts, collection, among) === "exactly";
  const end = page.limit === undefined ? undefined : page.offset + page.limit;

  return async (running) => {
    if (page.limit === 0) return [];
    const sets = await keySets(running);
    const { sent, cut, kept } = divide(plan.where, sets.testsIn, { keysMax, mayCut });
    const residual = kept.length > 0 ? compileKept(facts, collection, kept, sets) : undefined;
    const parts = cut ? partsOf(sets.boundOf(cut), keysMax) : [undefined];
    asks.note?.(noteOf(parts, kept));
    const isMerged = parts.length > 1 || !isPaged(collection);
    assert(!isMerged || merging, `${collection.name} is asked for whole in an order that rows have`);
    const isPushed = !isMerged && !residual;
    const columns = [
      ...primaryKey(facts, collection),
      ...plan.columns,
      ...(residual?.columns ?? []),
      ...((isMerged && merging) || []).map(({ column }) => column),
    ];
    const question = {
      collection,
      columns: [...new Set(columns)],
      where: conjunction(cut ? [...sent, cut] : sent),
      order: isMerged && (end === undefined || !isPaged(collection)) ? [] : plan.order,
    };
    const wanted = {
      limit: isPushed ? page.limit : isPaged(collection) ? end : undefined,
      offset: isPushed ? page.offset : 0,
      holds: residual?.holds,
    };
    const budget = openRowsBudget(collection.name, limits.rowsMax);
    // Who takes no pages answers all rows at once.
    const pageRowsMax = isPaged(collection) ? collection.rowsMax : Number.POSITIVE_INFINITY;
    const lists = await inTurns(parts, limits.chunksAtOnceMax, (part) => {
      const keysOf: typeof sets.boundOf = (among) => (part && among === cut ? part : sets.boundOf(among));
      const askPage = listAsking(asks, { ...question, keysOf }, running);
      return collectPages(askPage, wanted, { pageRowsMax, budget });
    });
    const rows = lists.length === 1 ? (lists[0] as FlatRows) : lists.flat();
    if (isMerged) return sortRows(rows, merging ?? [], page);
    return isPushed ? rows : rows.slice(page.offset);
  };
}
