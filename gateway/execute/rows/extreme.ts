// The least or greatest of values.
import type { ScalarName, ScalarValue } from "../../../schema/product/scalar.ts";
import type { Fold } from "./fold-groups.ts";
import { type Ordering, orderingOf, type Sortable } from "./ordering.ts";

export class Extreme implements Fold {
  readonly #ordering: Ordering;
  readonly #sign: number;
  #value: ScalarValue | undefined;
  #sortable: Sortable | undefined;
  #isFinite = true;

  constructor(ordering: Ordering, fn: "min" | "max") {
    this.#ordering = ordering;
    this.#sign = fn === "min" ? 1 : -1;
  }

  add(value: ScalarValue): void {
    const sortable = this.#ordering.of(value);
    if (typeof sortable === "number" && !Number.isFinite(sortable)) this.#isFinite = false;
    if (this.#sortable !== undefined && this.#sign * this.#ordering.compare(sortable, this.#sortable) >= 0)
      return;
    this.#value = value;
    this.#sortable = sortable;
  }

  /** As it was spelt; undefined where there is none, or one is not finite. */
  value(): ScalarValue | undefined {
    return this.#isFinite ? this.#value : undefined;
  }
}

/** Begins an extreme of values of one scalar. */
export function extremesOf(scalar: ScalarName, fn: "min" | "max"): () => Extreme {
  const ordering = orderingOf(scalar);
  return () => new Extreme(ordering, fn);
}
