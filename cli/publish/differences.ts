// What differs between the products of two revisions.
import type { Placed } from "../../schema/registry/registry.ts";

/** added has no `before`, removed no `after`. */
export type Difference = { readonly name: string; readonly before?: Placed; readonly after?: Placed };

type Products = Readonly<Record<string, Placed>>;

/** By name. */
export function differences(before: Products, after: Products): readonly Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [placedIn(before, name), placedIn(after, name)];
    if (was?.version === is?.version && was?.url === is?.url) return [];
    return [{ name, ...(was && { before: was }), ...(is && { after: is }) }];
  });
}

export function showDifference({ name, before, after }: Difference): string {
  if (!before) return `  + ${name} ${after?.version} at ${after?.url}`;
  if (!after) return `  - ${name} ${before.version}`;
  return before.version === after.version
    ? `  ~ ${name} ${after.version}: ${before.url} → ${after.url}`
    : `  ~ ${name}: ${before.version} → ${after.version}`;
}

function placedIn(products: Products, name: string): Placed | undefined {
  return Object.hasOwn(products, name) ? products[name] : undefined;
}
