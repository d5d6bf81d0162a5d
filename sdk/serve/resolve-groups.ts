// `_groups`: one statement, grouped by what is selected under `by`.
import { asking } from "../../schema/product/asking-faults.ts";
import { always } from "../../schema/product/predicate.ts";
import { readAggregates } from "../../schema/product/read-aggregates.ts";
import { readPage, readTimeZone } from "../../schema/product/read-page.ts";
import { readHaving } from "../../schema/product/read-predicate.ts";
import { readGroupKeys, readGroupOrder } from "../../schema/product/read-value.ts";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Entity } from "../product.ts";
import type { Row } from "../sql/engine.ts";
import { groupKeyName, groupsStatement } from "../sql/groups-statement.ts";
import type { Port, Resolver } from "./port.ts";
import { placeOf } from "./port-context.ts";
import { type Arguments, readWhere } from "./read-arguments.ts";
import { returnedType, selectedFields } from "./selection.ts";

export function groupsResolver(port: Port, entity: Entity): Resolver<unknown> {
  return async (_, args, context, info) => {
    const at = placeOf(info);
    const selected = selectedFields(info, returnedType(info));
    const beneath = (name: string) =>
      selected.filter((field) => field.name === name).flatMap(({ fields }) => fields);
    const keys = readGroupKeys(beneath("by"), entity.shape);
    if (keys.length === 0) throw asking.GROUPS_WITHOUT_KEY({ at });
    const order = (args.order_by ?? []) as readonly Arguments[];
    const statement = groupsStatement(
      { ...port, entity, at },
      {
        keys,
        aggregates: readAggregates(beneath("aggregate"), at),
        where: readWhere(args, entity, at),
        having: args.having ? readHaving(args.having as Arguments, `${at}.having`, entity.keysMax) : always,
        order: readGroupOrder(order, entity.shape, keys, `${at}.order_by`),
        page: readPage(args, at),
        timeZone: readTimeZone(args, at),
      },
    );
    const paths = keys.map((key) => groupKeyName(key).split("."));
    const rows = await context.run(statement);
    return rows.map((row) => ({ ...nested(row, paths), aggregate: row }));
  };
}

/** References under `by` are objects, also where no key of them is selected. */
export function byResolvers(entity: Entity): Record<string, Resolver<Nested>> {
  return Object.fromEntries([...entity.references.keys()].map((name) => [name, (by) => by[name] ?? {}]));
}

type Nested = { [name: string]: Nested | ScalarValue | null };

/** `{ by: { destination: { iata } } }` of the column `by.destination.iata`. A reference is an object whatever its key is. */
function nested(row: Row, paths: readonly (readonly string[])[]): Nested {
  const group: Nested = {};
  for (const path of paths) {
    let inner = group;
    for (const step of path.slice(0, -1)) {
      inner[step] ??= {};
      inner = inner[step] as Nested;
    }
    inner[path.at(-1) as string] = row[path.join(".")] ?? null;
  }
  return group;
}
