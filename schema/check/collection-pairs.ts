// The collections that two versions of a port both have, with what they declare and what stands for what they leave out.
import { collectionArguments } from "../compose/directive-arguments.ts";
import type { DirectiveArguments } from "../compose/read-directive.ts";
import { type Operator, operators } from "../product/predicate.ts";
import { fieldPairs, type Pair } from "./pairs.ts";
import type { Versions } from "./rule.ts";

export type DeclaredCollection = {
  readonly entity: string;
  readonly dialect: string;
  /** Operators answered exactly. */
  readonly filter: ReadonlySet<string>;
  readonly inexact: ReadonlySet<string>;
  readonly sort: "exact" | "none";
  readonly limit: boolean;
  readonly aggregate: string | undefined;
  readonly groups: string | undefined;
  readonly byPk: string | undefined;
  readonly keysMax: number;
  readonly rowsMax: number;
};

/** Without those whose arguments are wrong: composition tells of them. */
export function collectionPairs({ before, after }: Versions): readonly Pair<DeclaredCollection>[] {
  return fieldPairs(before, after, "output").flatMap(({ coordinate, before: field, after: fieldNow }) => {
    const was = declaredCollection(field.collection);
    const is = declaredCollection(fieldNow.collection);
    return was && is ? [{ coordinate, before: was, after: is }] : [];
  });
}

/** Without `filter` a collection answers all operators of its dialect, but those that are inexact. */
export function declaredCollection(args: DirectiveArguments | undefined): DeclaredCollection | undefined {
  const read = args && collectionArguments.safeParse(args);
  if (!read?.success) return undefined;
  const { filter, inexact, ...declared } = read.data;
  const all: readonly Operator[] = operators.filter((operator) => !inexact.includes(operator));
  return { ...declared, filter: new Set(filter ?? all), inexact: new Set(inexact) };
}
