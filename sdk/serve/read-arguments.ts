// Reads the arguments of collection fields, and which columns and aggregates a selection needs.
import { asking } from "../../schema/product/asking-faults.ts";
import type { OrderTerm } from "../../schema/product/order.ts";
import { always, type Predicate } from "../../schema/product/predicate.ts";
import { readPredicate } from "../../schema/product/read-predicate.ts";
import { readOrder } from "../../schema/product/read-value.ts";
import { type Aggregate, type AggregateFunction, aggregateName } from "../../schema/product/value.ts";
import { type Column, type Entity, publishedColumns } from "../product.ts";
import type { Page } from "../sql/asked.ts";
import type { Selected } from "./selection.ts";

export type Arguments = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>>;

export type ListArguments = {
  readonly where: Predicate;
  readonly order: readonly OrderTerm[];
  readonly page: Page;
};

/** @throws the faults of `asking` */
export function readListArguments(args: Arguments, entity: Entity, at: string): ListArguments {
  return {
    where: readWhere(args, entity, at),
    order: readOrder((args.order_by ?? []) as readonly Input[], entity.shape, `${at}.order_by`),
    page: readPage(args, at),
  };
}

/** @throws asking.NULL_COMPARED, asking.PATTERN_INCOMPLETE, asking.WHERE_TOO_DEEP, asking.KEYS_MAX */
export function readWhere({ where }: Arguments, entity: Entity, at: string): Predicate {
  return where ? readPredicate(where as Input, entity.shape, `${at}.where`, entity.keysMax) : always;
}

/** @throws asking.NEGATIVE */
export function readPage({ limit, offset }: Arguments, at: string): Page {
  return { limit: readCount(limit, `${at}.limit`), offset: readCount(offset, `${at}.offset`) ?? 0 };
}

function readCount(value: unknown, at: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if ((value as number) < 0) throw asking.NEGATIVE({ at, value: value as number });
  return value as number;
}

/** @throws asking.TIME_ZONE_UNKNOWN */
export function readTimeZone({ timeZone }: Arguments, at: string): string {
  const name = (timeZone ?? "UTC") as string;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw asking.TIME_ZONE_UNKNOWN({ at: `${at}.timeZone`, timeZone: name });
  }
}

/** The own columns that a selection on the entity needs: the key's always, all of them for a field of the team's own. */
export function neededColumns(entity: Entity, selected: readonly Selected[]): readonly Column[] {
  const needed = selected.flatMap(({ name }): readonly (Column | undefined)[] => {
    const column = entity.columns.get(name);
    if (column?.published) return [column];
    const reference = entity.references.get(name);
    if (reference) return reference.key.map((part) => part.column);
    const inverse = entity.inverses.get(name) ?? entity.inverses.get(name.replace(/_aggregate$/, ""));
    if (inverse) return inverse.reference.key.map(({ field }) => entity.columns.get(field));
    return name === "__typename" ? [] : publishedColumns(entity);
  });
  return [...new Set([...entity.key, ...needed.filter((column) => column !== undefined)])];
}

/** The aggregates selected beneath `aggregate`, each once. @throws asking.COLUMN_NEEDED */
export function neededAggregates(selected: readonly Selected[], at: string): readonly Aggregate[] {
  const aggregates = selected.flatMap((field): readonly Aggregate[] => {
    if (field.name === "count") return [readCountArguments(field.arguments(), at)];
    return field.fields
      .filter(({ name }) => name !== "__typename")
      .map(({ name }) => ({ function: field.name as AggregateFunction, column: name }));
  });
  return [...new Map(aggregates.map((aggregate) => [aggregateName(aggregate), aggregate])).values()];
}

/** @throws asking.COLUMN_NEEDED */
export function readCountArguments({ column, distinct }: Arguments, at: string): Aggregate {
  if (column === undefined || column === null) {
    if (distinct) throw asking.COLUMN_NEEDED({ at: `${at}.count` });
    return { function: "count", distinct: false };
  }
  return { function: "count", column: column as string, distinct: distinct === true };
}
