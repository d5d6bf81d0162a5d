// Sums, means and variances of Floats, one value or one part after another, in whichever order they come.
import type { ScalarValue } from "./scalar.ts";

/** With what each addition loses kept beside it (Neumaier 1974). */
export class FloatSum {
  #sum = 0;
  #lost = 0;

  add(value: ScalarValue): void {
    const added = Number(value);
    const sum = this.#sum + added;
    this.#lost += Math.abs(this.#sum) >= Math.abs(added) ? this.#sum - sum + added : added - sum + this.#sum;
    this.#sum = sum;
  }

  /** Not finite where the sum is not, or was not on the way to it. */
  value(): number {
    return this.#sum + this.#lost;
  }

  mean(count: number): number {
    return this.value() / count;
  }
}

/** Count, mean and squared distance from the mean (Welford 1962), merged as Chan, Golub and LeVeque (1979) do. */
export class FloatMoments {
  #count = 0;
  #mean = 0;
  #squares = 0;
  /** Of the only part, as it came. */
  #variance: number | undefined;

  add(value: ScalarValue): void {
    const added = Number(value);
    this.#count++;
    const before = added - this.#mean;
    this.#mean += before / this.#count;
    this.#squares += before * (added - this.#mean);
  }

  /** `count` is at least one. */
  addPart(count: number, mean: number, variance: number): void {
    const together = this.#count + count;
    const apart = mean - this.#mean;
    const share = count / together;
    this.#variance = this.#count === 0 ? variance : undefined;
    this.#squares += variance * count + apart * apart * this.#count * share;
    this.#mean += apart * share;
    this.#count = together;
  }

  /** Population variance of what was added. */
  variance(): number {
    return this.#variance ?? this.#squares / this.#count;
  }
}
