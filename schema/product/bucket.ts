// The start of the bucket that a date or a time lies in: on its own clock, or a point in time on that of a zone.
import type { Bucket, ScalarName, ScalarValue } from "./scalar.ts";
import { compileZoneOffset } from "./zone-offset.ts";

/**
 * Gives a Date's text, or for an hour that of the column's own scalar. `timeZone` (IANA) matters to a DateTime alone.
 * @throws RangeError where there is no such zone
 */
export function compileBucket(
  scalar: ScalarName,
  bucket: Bucket,
  timeZone = "UTC",
): (value: ScalarValue) => string {
  if (scalar !== "DateTime" || timeZone === "UTC") {
    const end = scalar === "DateTime" ? ":00:00Z" : ":00:00";
    if (bucket === "hour") return (value) => String(value).slice(0, 13) + end;
    return (value) => startOf(bucket, String(value));
  }
  const offsetOf = compileZoneOffset(timeZone);
  if (bucket === "hour") return (value) => struck(secondOf(value), offsetOf);
  return (value) => {
    const second = secondOf(value);
    return startOf(bucket, clockText(second + offsetOf(second)));
  };
}

/** As `compileBucket`, for one value. */
export function bucketStart(
  scalar: ScalarName,
  bucket: Bucket,
  value: ScalarValue,
  timeZone = "UTC",
): string {
  return compileBucket(scalar, bucket, timeZone)(value);
}

/** `text` begins with a day. */
function startOf(bucket: Exclude<Bucket, "hour">, text: string): string {
  switch (bucket) {
    case "year":
      return `${text.slice(0, 4)}-01-01`;
    case "quarter": {
      const month = Number(text.slice(5, 7));
      return `${text.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
    }
    case "month":
      return `${text.slice(0, 7)}-01`;
    case "week":
      return mondayOf(text.slice(0, 10));
    case "day":
      return text.slice(0, 10);
  }
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Seconds since 1970, without the fraction. */
function secondOf(value: ScalarValue): number {
  return Date.parse(`${String(value).slice(0, 19)}Z`) / 1_000;
}

function clockText(second: number): string {
  return new Date(second * 1_000).toISOString().slice(0, 19);
}

/** The point in time at which that clock struck the hour: an hour that a clock shows twice is two. */
function struck(second: number, offsetOf: (second: number) => number): string {
  const shown = second + offsetOf(second);
  return `${clockText(second - (((shown % 3_600) + 3_600) % 3_600))}Z`;
}
