// Divides a condition whose key sets are longer than its owner takes: what he is asked, and what is decided here.
import { type Among, type Condition, conjuncts } from "../../plan/condition.ts";

export type Division = {
  /** Asked of the owner. */
  readonly sent: readonly Condition[];
  /** Asked of the owner in parts: a row has one key, so no row is in two of them. */
  readonly cut: Among | undefined;
  /** Decided here, on rows that the owner brings. */
  readonly kept: readonly Condition[];
};

/**
 * All of it must hold. A long key set can only be cut where it stands by itself: under `or` and `not` a part of the keys
 * says something else. Nor where its owner answers it inexactly: a row
 * would come with several parts. Of several the shortest is cut, and the others are decided here.
 */
export function divide(
  where: Condition,
  testsIn: (condition: Condition) => number,
  { keysMax, mayCut }: { readonly keysMax: number; readonly mayCut: (among: Among) => boolean },
): Division {
  const all = conjuncts(where);
  const long = all.filter((each) => testsIn(each) > keysMax);
  const [cut] = long
    .filter((each): each is Among => each.kind === "among" && mayCut(each))
    .sort((one, other) => testsIn(one) - testsIn(other));
  return {
    sent: long.length === 0 ? [where] : all.filter((each) => !long.includes(each)),
    cut,
    kept: long.filter((each) => each !== cut),
  };
}
