// What is left of a list beneath an object once its owner has answered: filtered, sorted and cut to its page here.
import type { FieldNode } from "graphql";
import { isObject } from "../../../schema/product/is-object.ts";
import type { NestedPlan } from "../../plan/field-plan.ts";
import type { Json } from "../federated/own.ts";
import type { Running } from "../operator.ts";
import type { FlatRow } from "../rows/flat-row.ts";
import type { Asks } from "../rows/rows-runtime.ts";
import { columnReader, fetchedName } from "./fetched-names.ts";

type Aliases = Readonly<Record<string, string>>;
type Left = NonNullable<NestedPlan["left"]>;

/**
 * Replaces each list by its page. All lists of one field are worked on at once; rows keep their objects by a column of
 * their own, which no plan names.
 */
export async function arrangeNested(
  data: Json,
  left: Left,
  { aliases, asks, running }: { readonly aliases: Aliases; readonly asks: Asks; readonly running: Running },
): Promise<void> {
  const lists = left.places.flatMap((place) => listsAt(data, place, aliases));
  const read = columnReader(left.columns, aliases);
  const objects = lists.flatMap(({ holder, name }, list) =>
    (holder[name] as readonly unknown[]).filter(isObject).map((object) => ({ list, object })),
  );
  const here = objects.map(({ object }, place): FlatRow => ({ ...read(object), [placeColumn]: place }));
  const arranged = await asks.rows(left.rows)({ ...running, here });
  const pages: Json[][] = lists.map(() => []);
  for (const row of arranged) {
    const { list, object } = objects[row[placeColumn] as number] as (typeof objects)[number];
    pages[list]?.push(object);
  }
  const { offset, limit } = left.page;
  const end = limit === undefined ? undefined : offset + limit;
  lists.forEach(({ holder, name }, i) => {
    holder[name] = (pages[i] as Json[]).slice(offset, end);
  });
}

const placeColumn = "#";

type Held = { readonly holder: Json; readonly name: string };

/** The lists that stand at a place, each in the object that holds it. */
function listsAt(data: Json, place: readonly FieldNode[], aliases: Aliases): readonly Held[] {
  const names = place.map((node) => fetchedName(node, aliases));
  const last = names.at(-1) as string;
  let holders: readonly unknown[] = [data];
  for (const name of names.slice(0, -1))
    holders = holders.flatMap((holder) =>
      isObject(holder) ? [holder[name]].flat(Number.POSITIVE_INFINITY) : [],
    );
  const unique = new Set(holders.filter(isObject));
  return [...unique]
    .filter((holder) => Array.isArray(holder[last]))
    .map((holder) => ({ holder, name: last }));
}
