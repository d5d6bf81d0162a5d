// Deprecation: what may be used no longer, since when, until when and what to use instead, in the text of `@deprecated(reason:)`.

/** Dates are days such as `2027-06-30`, in UTC. */
export type Deprecation = {
  /** The schema coordinate of what takes its place, such as `Airport.town`. */
  readonly replacement?: string;
  readonly since?: string;
  /** From this day on it may be gone. */
  readonly ends?: string;
  /** All else that is to be said; may be empty. */
  readonly reason: string;
};

/**
 * Reads the sentences that a reason begins with, each of which may be left out; everything else is the reason:
 *
 *     Use `Airport.town`. Since 2026-11-21. Ends 2027-06-30. The city is often another one.
 */
export function readDeprecation(text: string): Deprecation {
  const { replacement, since, ends, rest = "" } = form.exec(text)?.groups ?? {};
  const isReadable = [since, ends].every((day) => day === undefined || isDay(day));
  if (!isReadable) return { reason: text.trim() };
  return {
    ...(replacement !== undefined && { replacement }),
    ...(since !== undefined && { since }),
    ...(ends !== undefined && { ends }),
    reason: rest.trim(),
  };
}

/** The text that `readDeprecation` reads as this. */
export function writeDeprecation({ replacement, since, ends, reason }: Deprecation): string {
  const sentences = [
    replacement !== undefined && `Use \`${replacement}\`.`,
    since !== undefined && `Since ${since}.`,
    ends !== undefined && `Ends ${ends}.`,
    reason.trim(),
  ];
  return sentences.filter((sentence) => sentence !== false && sentence !== "").join(" ");
}

/** Is it a day of the calendar, such as `2027-06-30`? */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Is it written as a schema coordinate: `Airport`, `Airport.town`, `Query.flights(where:)`? */
export function isCoordinate(text: string): boolean {
  return coordinate.test(text);
}

const coordinate = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*(?:\([A-Za-z_]\w*:\))?)?$/;

const form =
  /^\s*(?:Use `(?<replacement>[^`\s]+)`\.(?:\s+|$))?(?:Since (?<since>\d{4}-\d{2}-\d{2})\.(?:\s+|$))?(?:Ends (?<ends>\d{4}-\d{2}-\d{2})\.(?:\s+|$))?(?<rest>.*)$/s;
