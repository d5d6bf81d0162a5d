// Where an entity is remembered, and on which products' changes it depends.
import type { AskedEntities } from "../../cache/joins/entities.ts";
import type { PrimaryKey } from "../../cache/store/names.ts";
import type { Mesh } from "../../schema/product/mesh.ts";
import type { EntitiesAsked } from "../execute/recall.ts";

export type EntityPlace = Pick<AskedEntities, "product" | "entity" | "keys" | "representations" | "reaches">;

/**
 * An entity of the subgraph's own, asked by its primary key for nothing but columns, lives until its own event. What is asked
 * by another key, reaches further, or is added to another's entity depends on all products of the subgraph besides.
 *
 * @param products - those of the subgraph, at least one
 */
export function entityPlace(
  { entities }: Mesh,
  products: readonly string[],
  { fetch, sent, texts }: EntitiesAsked,
): EntityPlace {
  const entity = String(sent[0]?.__typename);
  const known = entities.get(entity);
  const primary = known?.keys[0] ?? [];
  const keys = sent.map((each) => (each.__typename === entity ? keyOf(each, primary) : undefined));
  if (known?.product && known.owner === fetch.subgraph && keys.every((key) => key !== undefined)) {
    const { columns, product } = known;
    const isColumn = (name: string) => {
      if (name === "__typename" || primary.includes(name)) return true;
      const column = columns.get(name);
      return column?.subgraph === fetch.subgraph && !column.takesArguments;
    };
    const hasColumnsAlone = fetch.receives.every(({ name, of, fields }) => !fields && isColumn(of ?? name));
    return {
      product: product.id,
      entity,
      keys,
      representations: sent.map((each, i) => (hasKeyAlone(each, primary) ? undefined : texts[i])),
      reaches: hasColumnsAlone ? [] : products,
    };
  }
  // No event names it: its hash is its representation, its life that of the counters.
  const found = texts.map((representation) => ({ representation }));
  return { product: products[0] as string, entity, keys: found, reaches: products };
}

/** Beside the name of its type. */
function hasKeyAlone(representation: Readonly<Record<string, unknown>>, primary: readonly string[]): boolean {
  return Object.keys(representation).length === primary.length + 1;
}

/** Undefined where the representation does not have all of it. */
function keyOf(
  representation: Readonly<Record<string, unknown>>,
  primary: readonly string[],
): PrimaryKey | undefined {
  const key: Record<string, string | number | boolean> = {};
  for (const name of primary) {
    const value = representation[name];
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      return undefined;
    key[name] = value;
  }
  return primary.length > 0 ? key : undefined;
}
