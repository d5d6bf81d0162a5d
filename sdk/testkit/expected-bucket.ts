// The start of the bucket that a date or a time lies in, on its own clock or on UTC.
import type { Bucket, ScalarName, ScalarValue } from "../../schema/product/scalar.ts";

/** A Date's text, or for an hour that of the column's own scalar. */
export function bucketStart(scalar: ScalarName, bucket: Bucket, value: ScalarValue): string {
  const text = String(value);
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
      return `${text.slice(0, 13)}:00:00${scalar === "DateTime" ? "Z" : ""}`;
  }
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
