// Is an answer the oracle's? Exactly so, but for Floats: they may differ by 1e-9 of themselves.

/** Where the two differ first, in words; undefined where they are the same. */
export function difference(answer: unknown, expected: unknown, at = "answer"): string | undefined {
  if (typeof answer === "number" && typeof expected === "number")
    return sameNumber(answer, expected) ? undefined : `${at} is ${answer}, and ${expected} for the oracle`;
  if (Array.isArray(answer) && Array.isArray(expected)) {
    const first = expected.flatMap((each, i) => difference(answer[i], each, `${at}[${i}]`) ?? [])[0];
    if (first !== undefined || answer.length === expected.length) return first;
    return `${at} has ${answer.length} entries, and ${expected.length} for the oracle`;
  }
  if (isObject(answer) && isObject(expected)) {
    const [names, others] = [Object.keys(answer), Object.keys(expected)];
    if (names.join() !== others.join()) return `${at} has ${names}, and ${others} for the oracle`;
    return names.flatMap((name) => difference(answer[name], expected[name], `${at}.${name}`) ?? [])[0];
  }
  return answer === expected
    ? undefined
    : `${at} is ${JSON.stringify(answer)}, and ${JSON.stringify(expected)} for the oracle`;
}

/** Whole numbers of Int's range are exact. */
function sameNumber(one: number, other: number): boolean {
  const exact = [one, other].every((each) => Number.isInteger(each) && Math.abs(each) < 2 ** 31);
  if (exact) return one === other;
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
