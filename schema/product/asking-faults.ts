// What can be wrong with a question that GraphQL itself finds valid.
import { faultTable } from "./fault.ts";

type At = { readonly at: string };

export const asking = faultTable({
  NULL_COMPARED: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) => `${at} is null, and null compares with nothing.`,
    remedy: "Ask `_is_null: true` or `_is_null: false`, or leave the operator out.",
  },
  FIELD_OF_OWNER: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) =>
      `${at} is known to the owner of the collection alone, and the question reaches into other domains.`,
    remedy: "Ask with it in a question that stays within the domain.",
  },
  PATTERN_INCOMPLETE: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) => `${at} is a pattern that ends in the escape character \\.`,
    remedy: "Write \\\\ for a backslash itself.",
  },
  TEXT_MALFORMED: {
    status: 400,
    audience: "caller",
    text: ({ at, holds }: At & { holds: string }) => `${at} is a text that holds ${holds}.`,
    remedy: "Leave it out: texts are compared without it.",
  },
  WHERE_TOO_DEEP: {
    status: 400,
    audience: "caller",
    text: ({ at, whereDepthMax }: At & { whereDepthMax: number }) =>
      `${at} is nested more than ${whereDepthMax} levels deep.`,
    remedy: "Flatten `_and`, `_or` and `_not`.",
  },
  KEYS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ at, keys, keysMax }: At & { keys: number; keysMax: number }) =>
      `${at} has ${keys} keys, and at most ${keysMax} may be asked at once.`,
    remedy: "Ask in several requests of fewer keys.",
  },
  ORDER_KEYS: {
    status: 400,
    audience: "caller",
    text: ({ at, keys }: At & { keys: readonly string[] }) =>
      `${at} has ${keys.length === 0 ? "no key" : `${keys.length} keys (${keys.join(", ")})`}, and an object of an order has one.`,
    remedy: "Write one object for each key, in a list: the list's order is the order of sorting.",
  },
  ORDER_NOT_SELECTED: {
    status: 400,
    audience: "caller",
    text: ({ at, key }: At & { key: string }) => `${at} sorts by ${key}, which is not selected under \`by\`.`,
    remedy: "Select the key under `by`, or sort by an aggregate.",
  },
  NEGATIVE: {
    status: 400,
    audience: "caller",
    text: ({ at, value }: At & { value: number }) => `${at} is ${value}.`,
    remedy: "Give zero or more.",
  },
  COLUMN_NEEDED: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) => `${at} asks for distinct values without naming a column.`,
    remedy: "Add `column:`, or leave `distinct` out.",
  },
  GROUPS_WITHOUT_KEY: {
    status: 400,
    audience: "caller",
    text: ({ at }: At) => `${at} selects no key under \`by\`, and groups are made by what is selected there.`,
    remedy:
      "Select at least one field under `by`; for one aggregate over all rows ask the `_aggregate` field.",
  },
  TIME_ZONE_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ at, timeZone }: At & { timeZone: string }) =>
      `${at} is ${JSON.stringify(timeZone)}, which is no time zone.`,
    remedy: "Give a name of the IANA database, such as `UTC` or `America/New_York`.",
  },
});
