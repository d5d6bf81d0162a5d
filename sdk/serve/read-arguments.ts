// Reads the arguments of collection fields, and which columns a selection needs.
import type { OrderTerm } from "../../schema/product/order.ts";
import { always, type Predicate } from "../../schema/product/predicate.ts";
import { type Page, readPage } from "../../schema/product/read-page.ts";
import { readPredicate } from "../../schema/product/read-predicate.ts";
import { readOrder } from "../../schema/product/read-value.ts";
import { type Column, type Entity, publishedColumns } from "../product.ts";
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
