// The page of a list or of groups, and the time zone of its calendar buckets, as they stand in a field's arguments.
import { asking } from "./asking-faults.ts";

type Input = Readonly<Record<string, unknown>>;

/** Rows from `offset` on, at most `limit` of them; without a limit all. */
export type Page = { readonly limit?: number | undefined; readonly offset: number };

/** `at` names the field in faults. @throws asking.NEGATIVE */
export function readPage({ limit, offset }: Input, at: string): Page {
  return { limit: readWhole(limit, `${at}.limit`), offset: readWhole(offset, `${at}.offset`) ?? 0 };
}

function readWhole(value: unknown, at: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if ((value as number) < 0) throw asking.NEGATIVE({ at, value: value as number });
  return value as number;
}

/** As the IANA database spells it. @throws asking.TIME_ZONE_UNKNOWN */
export function readTimeZone({ timeZone }: Input, at: string): string {
  const name = (timeZone ?? "UTC") as string;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw asking.TIME_ZONE_UNKNOWN({ at: `${at}.timeZone`, timeZone: name });
  }
}
