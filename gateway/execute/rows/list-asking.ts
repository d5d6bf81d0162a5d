// A list, asked of its owner page by page.
import { generatedNames } from "../../../schema/product/generated-names.ts";
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import type { OrderTerm } from "../../../schema/product/order.ts";
import type { ScalarValue } from "../../../schema/product/scalar.ts";
import { answersExactly } from "../../plan/capability.ts";
import { type Among, type Condition, conjunction, conjuncts, isAlways } from "../../plan/condition.ts";
import { primaryKey } from "../../plan/facts.ts";
import type { Running } from "../operator.ts";
import { askOwner, listOf } from "./ask-owner.ts";
import type { AskPage } from "./collect-pages.ts";
import type { FlatRow } from "./flat-row.ts";
import type { BoundKeys } from "./key-ranges.ts";
import { compileRowReader } from "./read-answered.ts";
import type { RowsRuntime } from "./rows-runtime.ts";
import { selectColumns } from "./select-columns.ts";
import { writeCondition } from "./write-condition.ts";
import { writeOrder } from "./write-order.ts";

export type ListQuestion = {
  readonly collection: MeshCollection;
  readonly columns: readonly string[];
  readonly where: Condition;
  readonly keysOf: (among: Among) => BoundKeys;
  readonly order: readonly OrderTerm[];
};

/** Can the owner be asked for a page, and does each row have its place in his list? */
export function isPaged({ limit, sort }: MeshCollection): boolean {
  return limit && sort === "exact";
}

/**
 * In the order of the primary key, a page begins after the last key of the one before it; in any other after so many
 * rows. Who does not take pages is asked for the whole list.
 */
export function listAsking(runtime: RowsRuntime, question: ListQuestion, running: Running): AskPage {
  const { facts } = runtime;
  const { collection, columns, where, keysOf, order } = question;
  const names = generatedNames(collection.name);
  const [key = "", second] = primaryKey(facts, collection);
  const isByKey = order.length === 0 && second === undefined && answersExactly("_gt", collection);
  const { selection, answered } = selectColumns(facts, collection, columns);
  const read = compileRowReader(answered);
  const field = { name: collection.name, selection };
  const orderBy = order.length === 0 ? undefined : { type: `[${names.orderBy}!]`, value: writeOrder(order) };
  return async ({ limit, offset, after }) => {
    const begun = isByKey ? after : undefined;
    const asked = begun ? conjunction([...conjuncts(where), afterKey(key, begun)]) : where;
    const whereInput = isAlways(asked)
      ? undefined
      : { type: names.boolExp, value: writeCondition(asked, { facts, collection, keysOf }) };
    const page = isPaged(collection) ? { limit, offset: begun ? 0 : offset } : undefined;
    const listed = await askOwner(
      runtime,
      collection,
      {
        ...field,
        arguments: {
          where: whereInput,
          order_by: orderBy,
          limit: page && { type: "Int", value: page.limit },
          offset: page?.offset ? { type: "Int", value: page.offset } : undefined,
        },
      },
      running,
    );
    return listOf(listed, collection, page?.limit).map(read);
  };
}

function afterKey(column: string, row: FlatRow): Condition {
  return { kind: "compare", column, operator: "_gt", value: row[column] as ScalarValue };
}
