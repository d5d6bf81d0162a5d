// What a measure has to be: the operators of the standard's quality rules.
export type Expectation =
  | {
      readonly operator:
        | "mustBe"
        | "mustNotBe"
        | "mustBeGreaterThan"
        | "mustBeGreaterOrEqualTo"
        | "mustBeLessThan"
        | "mustBeLessOrEqualTo";
      readonly bound: number;
    }
  | { readonly operator: "mustBeBetween" | "mustNotBeBetween"; readonly bounds: readonly [number, number] };

const ofOne = [
  "mustBe",
  "mustNotBe",
  "mustBeGreaterThan",
  "mustBeGreaterOrEqualTo",
  "mustBeLessThan",
  "mustBeLessOrEqualTo",
] as const;
const ofTwo = ["mustBeBetween", "mustNotBeBetween"] as const;

/** The expectation of a quality entry; undefined where it has none of numbers. */
export function readExpectation(entry: Readonly<Record<string, unknown>>): Expectation | undefined {
  for (const operator of ofOne) {
    const bound = entry[operator];
    if (typeof bound === "number") return { operator, bound };
  }
  for (const operator of ofTwo) {
    const [low, high] = [entry[operator]].flat();
    if (typeof low === "number" && typeof high === "number") return { operator, bounds: [low, high] };
  }
  return undefined;
}

/** Both ends belong to what is between. */
export function holds(expectation: Expectation, value: number): boolean {
  switch (expectation.operator) {
    case "mustBe":
      return value === expectation.bound;
    case "mustNotBe":
      return value !== expectation.bound;
    case "mustBeGreaterThan":
      return value > expectation.bound;
    case "mustBeGreaterOrEqualTo":
      return value >= expectation.bound;
    case "mustBeLessThan":
      return value < expectation.bound;
    case "mustBeLessOrEqualTo":
      return value <= expectation.bound;
    case "mustBeBetween":
      return expectation.bounds[0] <= value && value <= expectation.bounds[1];
    case "mustNotBeBetween":
      return value < expectation.bounds[0] || value > expectation.bounds[1];
  }
}

/**
 * Does it hold for every value from `least` on, or for none? Undefined where the rest decides. So a measure that is known
 * to be at least so much may be enough.
 */
export function holdsFrom(expectation: Expectation, least: number): boolean | undefined {
  switch (expectation.operator) {
    case "mustBe":
    case "mustBeLessOrEqualTo":
      return least > expectation.bound ? false : undefined;
    case "mustBeLessThan":
      return least >= expectation.bound ? false : undefined;
    case "mustNotBe":
    case "mustBeGreaterThan":
      return least > expectation.bound ? true : undefined;
    case "mustBeGreaterOrEqualTo":
      return least >= expectation.bound ? true : undefined;
    case "mustBeBetween":
      return least > expectation.bounds[1] ? false : undefined;
    case "mustNotBeBetween":
      return least > expectation.bounds[1] ? true : undefined;
  }
}

/** In words, behind "it is": `at most 5 %`. */
export function expectationText(expectation: Expectation, unit: "rows" | "percent"): string {
  const amount = (value: number) => (unit === "percent" ? `${value} %` : String(value));
  switch (expectation.operator) {
    case "mustBe":
      return amount(expectation.bound);
    case "mustNotBe":
      return `not ${amount(expectation.bound)}`;
    case "mustBeGreaterThan":
      return `more than ${amount(expectation.bound)}`;
    case "mustBeGreaterOrEqualTo":
      return `at least ${amount(expectation.bound)}`;
    case "mustBeLessThan":
      return `less than ${amount(expectation.bound)}`;
    case "mustBeLessOrEqualTo":
      return `at most ${amount(expectation.bound)}`;
    case "mustBeBetween":
      return `from ${amount(expectation.bounds[0])} to ${amount(expectation.bounds[1])}`;
    case "mustNotBeBetween":
      return `not from ${amount(expectation.bounds[0])} to ${amount(expectation.bounds[1])}`;
  }
}
