// The start of the bucket that a date or a time lies in: on its own clock, or a point in time on that of a zone.
import type { Bucket, ScalarName, ScalarValue } from "../../schema/product/scalar.ts";

/** A Date's text, or for an hour that of the column's own scalar. `timeZone` (IANA) matters to a DateTime alone. */
export function bucketStart(
  scalar: ScalarName,
  bucket: Bucket,
  value: ScalarValue,
  timeZone = "UTC",
): string {
  const inZone = scalar === "DateTime" && timeZone !== "UTC";
  const text = inZone ? localText(String(value), timeZone) : String(value);
  const [year = 0, month = 1, day = 1] = text.slice(0, 10).split("-").map(Number);
  switch (bucket) {
    case "year":
      return dayText(year, 1, 1);
    case "quarter":
      return dayText(year, month - ((month - 1) % 3), 1);
    case "month":
      return dayText(year, month, 1);
    case "week":
      return dayText(year, month, day - ((weekday(year, month, day) + 6) % 7));
    case "day":
      return dayText(year, month, day);
    case "hour":
      if (inZone) return struck(String(value), text);
      return `${text.slice(0, 13)}:00:00${scalar === "DateTime" ? "Z" : ""}`;
  }
}

/** `2001-04-01T00:59:59`: what a clock in the zone shows. */
function localText(utc: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const shown = Object.fromEntries(
    format.formatToParts(new Date(utc)).map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = shown;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** The point in time at which that clock struck the hour: an hour that a clock shows twice is two. */
function struck(utc: string, local: string): string {
  const [minutes = 0, seconds = 0] = local.slice(14, 19).split(":").map(Number);
  const sinceMs = (minutes * 60 + seconds) * 1_000;
  const wholeMs = Math.floor(Date.parse(utc) / 1_000) * 1_000;
  return new Date(wholeMs - sinceMs).toISOString().replace(".000Z", "Z");
}

function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** 0 = Sunday. */
function weekday(year: number, month: number, day: number): number {
  return dateOf(year, month, day).getUTCDay();
}

function dayText(year: number, month: number, day: number): string {
  return dateOf(year, month, day).toISOString().slice(0, 10);
}
