// A page of rows in the order of keys that another owner has in order.
import { amongColumns, conjunction, conjuncts } from "../../plan/condition.ts";
import { collectionNamed } from "../../plan/facts.ts";
import type { Led, Scan } from "../../plan/rows-plan.ts";
import type { Operator, Running } from "../operator.ts";
import type { FlatRow, FlatRows } from "./flat-row.ts";
import { distinctKeys } from "./keys.ts";
import { compileRowKey, type KeyColumn } from "./row-key.ts";
import type { Asks } from "./rows-runtime.ts";
import { scalarOfColumn } from "./scalar-of-column.ts";

/** So many times the page is asked for, at least `keysMin` keys; each try after the first asks for so many times more. */
const growth = 4;
const keysMin = 100;
/** Where so few of the keys have rows, the rows are the side to begin from. */
const triesMax = 3;

/** @throws as its inputs */
export function compileLed(plan: Led, asks: Asks): Operator<FlatRows> {
  const { page } = plan;
  const { facts } = asks;
  const otherwise = asks.rows(plan.otherwise);
  const scalars = plan.on.map((column) => scalarOfColumn(facts, plan.rows, column));
  const columnsOf = (columns: readonly string[]) =>
    columns.map((column, i): KeyColumn => ({ column, scalar: scalars[i] as KeyColumn["scalar"] }));
  const [there, here] = [columnsOf(plan.key), columnsOf(plan.on)];
  const [keyOf, keyOfRow] = [compileRowKey(there), compileRowKey(here)];
  const scan: Scan = {
    ...plan.rows,
    where: conjunction([...conjuncts(plan.rows.where), amongColumns(plan.on, { kind: "given" })]),
  };
  const end = page.offset + page.limit;
  const keysMax = collectionNamed(facts, plan.rows.collection).keysMax;

  const rowsOf = async (keys: FlatRows, running: Running): Promise<FlatRows> => {
    const given = distinctKeys(keys, there, asks.limits);
    if (given.length === 0) return [];
    const rows = new Map(
      (await asks.rows(scan, plan.rows)({ ...running, given })).map((row) => [keyOfRow(row), row]),
    );
    return keys.flatMap((key): readonly FlatRow[] => {
      const row = keyOf(key) === undefined ? undefined : rows.get(keyOf(key));
      return row ? [row] : [];
    });
  };

  return async (running) => {
    const found: FlatRow[] = [];
    let limit = Math.max(keysMin, growth * end);
    let offset = 0;
    for (let tries = 0; tries < triesMax && found.length < end && limit <= keysMax; tries++) {
      const keys = await asks.rows({ ...plan.keys, page: { limit, offset } }, plan.keys)(running);
      const led = keys.filter((key) => key[plan.by] !== null);
      found.push(...(await rowsOf(led, running)));
      if (led.length < limit) break;
      offset += limit;
      limit *= growth;
    }
    return found.length < end ? otherwise(running) : found.slice(page.offset, end);
  };
}
