// What was given where something else is wanted, as an error repeats it.

const givenMax = 100;

/** Shortened where it is long; of a list or an object no more than that: it may be nested too deeply to be written. */
export function givenText(given: unknown): string {
  if (Array.isArray(given)) return "a list";
  if (typeof given === "object" && given !== null) return "an object";
  return JSON.stringify(given).slice(0, givenMax);
}
