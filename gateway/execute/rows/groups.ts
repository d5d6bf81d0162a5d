// The groups: asked of the owner of a collection; where its keys are too many for one question, put together from parts.
import type { Page } from "../../../schema/product/read-page.ts";
import { type Aggregate, distinctValues, type Value, valueName } from "../../../schema/product/value.ts";
import {
  columnOfAggregate,
  distinctAggregates,
  partialAggregates,
  scalarOfAggregate,
  typedAggregate,
} from "../../plan/aggregates.ts";
import { answersKeys } from "../../plan/capability.ts";
import { type Among, always, conjunction, isAlways } from "../../plan/condition.ts";
import { collectionNamed, shapeOf } from "../../plan/facts.ts";
import type { GroupKey, Groups, SortTerm } from "../../plan/rows-plan.ts";
import { valueAt } from "../../plan/value-at.ts";
import type { Operator, Running } from "../operator.ts";
import { compileKeySets, type KeySets } from "./bind-key-sets.ts";
import { collectPages } from "./collect-pages.ts";
import { compileKept } from "./compile-kept.ts";
import { type Division, divide } from "./divide.ts";
import { compileCondition } from "./evaluate-condition.ts";
import { filterRows } from "./filter.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";
import { type GroupsQuestion, groupsAsking } from "./groups-asking.ts";
import { inTurns } from "./in-turns.ts";
import { partsOf } from "./key-ranges.ts";
import { noteOf } from "./note-division.ts";
import { regroupRows } from "./regroup.ts";
import { openRowsBudget } from "./rows-budget.ts";
import type { Asks } from "./rows-runtime.ts";
import { scalarOfValue } from "./scalar-of-value.ts";
import { sortRows } from "./sort.ts";

/** What is asked of each part of the question, and how much of its answer is wanted. */
type Asked = Pick<GroupsQuestion, "keys" | "aggregates" | "having" | "order"> & { readonly page: Page };

/**
 * Groups in the plan's order, its page alone.
 * @throws executing.COLLECTION_ROWS_MAX, executing.KEY_SET_MAX, executing.KEY_SET_NOT_BOUND,
 * executing.GROUP_COUNT_TOO_LARGE, fetching.*, and a GraphQLError of the owner's
 */
export function compileGroups(plan: Groups, asks: Asks): Operator<FlatRows> {
  const { facts, limits } = asks;
  const { where, page, timeZone } = plan;
  const collection = collectionNamed(facts, plan.collection);
  const { keysMax } = collection;
  const shape = shapeOf(facts, collection);
  const keySets = compileKeySets(where, collection, asks);
  const mayCut = (among: Among) => answersKeys(facts, collection, among) === "exactly";
  const aggregates = distinctAggregates([
    ...plan.aggregates,
    ...plan.order.flatMap((term) => (term.on === "aggregate" ? [term.aggregate] : [])),
  ]);
  const scalars = Object.fromEntries(
    aggregates.map((each) => [columnOfAggregate(each), scalarOfAggregate(typedAggregate(shape, each))]),
  );
  const keyColumns = plan.keys.map((key): GroupKey => {
    return { column: valueName(key), as: valueName(key), scalar: scalarOfValue(shape, key) };
  });
  const sorted = sortTerms(plan, keyColumns, scalars);
  const end = page.limit === undefined ? undefined : page.offset + page.limit;

  const askParts = async (
    { sent, cut, kept }: Division,
    sets: KeySets,
    { page: wanted, ...asked }: Asked,
    holds: ((row: FlatRow) => boolean) | undefined,
    running: Running,
  ): Promise<FlatRows> => {
    const parts = cut ? partsOf(sets.boundOf(cut), keysMax) : [undefined];
    asks.note?.(noteOf(parts, kept));
    const budget = openRowsBudget(collection.name, limits.rowsMax);
    const lists = await inTurns(parts, limits.chunksAtOnceMax, (part) => {
      const keysOf: KeySets["boundOf"] = (among) => (part && among === cut ? part : sets.boundOf(among));
      const condition = conjunction(cut ? [...sent, cut] : sent);
      const question = { ...asked, collection, where: condition, keysOf, timeZone };
      const askPage = groupsAsking(asks, question, running);
      // An aggregate of all rows is one row, which is no page of anything.
      const pageRowsMax = asked.keys.length === 0 ? Number.POSITIVE_INFINITY : collection.rowsMax;
      return collectPages(askPage, { ...wanted, limit: wanted.limit, holds }, { pageRowsMax, budget });
    });
    return lists.length === 1 ? (lists[0] as FlatRows) : lists.flat();
  };

  return async (running) => {
    if (page.limit === 0) return [];
    const sets = await keySets(running);
    const division = divide(where, sets.testsIn, { keysMax, mayCut });
    const { cut, kept } = division;
    const residual = kept.length > 0 ? compileKept(facts, collection, kept, sets) : undefined;
    const whole = { keys: plan.keys, aggregates, having: plan.having, order: plan.order };
    if (!cut && !residual) return askParts(division, sets, { ...whole, page }, undefined, running);

    const names = new Set(keyColumns.map(({ column }) => column));
    const decidedBy = [...(cut?.columns ?? []), ...(residual?.columns ?? [])];
    if (decidedBy.every((column) => names.has(column))) {
      const first = { ...whole, page: { limit: end, offset: 0 } };
      return sortRows(await askParts(division, sets, first, residual?.holds, running), sorted, page);
    }
    const inPieces: Asked = {
      keys: distinctValues([
        ...plan.keys,
        ...(residual?.columns ?? []).map(valueAt),
        ...aggregates.flatMap((each) => (isDistinct(each) ? [valueAt(each.column)] : [])),
      ]),
      aggregates: distinctAggregates(aggregates.flatMap(partialAggregates)),
      having: always,
      order: [],
      page: { offset: 0 },
    };
    const pieces = await askParts(division, sets, inPieces, residual?.holds, running);
    const groups = regroupRows(pieces, {
      keys: keyColumns,
      aggregates: aggregates.map((each) => typedAggregate(shape, each)),
      timeZone,
    });
    const having = compileCondition(plan.having, {
      scalars,
      keyColumns: () => [],
      keysOf: () => new Set(),
    });
    return sortRows(isAlways(plan.having) ? groups : filterRows(groups, having), sorted, page);
  };
}

/** All keys are the last tie-break. */
function sortTerms(
  { keys, order }: Groups,
  keyColumns: readonly GroupKey[],
  aggregateScalars: Readonly<Record<string, SortTerm["scalar"]>>,
): readonly SortTerm[] {
  const keyTerm = (key: Value): SortTerm => {
    const name = valueName(key);
    const { column, scalar } = keyColumns.find((each) => each.column === name) as GroupKey;
    return { column, scalar, direction: "asc" };
  };
  const terms = order.map((term): SortTerm => {
    if (term.on === "key") return { ...keyTerm(term.key), direction: term.direction };
    const column = columnOfAggregate(term.aggregate);
    return { column, scalar: aggregateScalars[column] as SortTerm["scalar"], direction: term.direction };
  });
  return [...terms, ...keys.map(keyTerm)];
}

function isDistinct(
  aggregate: Aggregate,
): aggregate is Extract<Aggregate, { readonly function: "count" }> & { readonly column: string } {
  return aggregate.function === "count" && aggregate.distinct && aggregate.column !== undefined;
}
