// Quality rules of version 3.0 of the Open Data Contract Standard, said in the words of 3.1.
import { isObject } from "../product/is-object.ts";

/** What a metric was called when the key was `rule`. */
const metrics: Readonly<Record<string, string>> = {
  rowCount: "rowCount",
  nullCheck: "nullValues",
  nullValues: "nullValues",
  missingValues: "missingValues",
  validValues: "invalidValues",
  invalidValues: "invalidValues",
  duplicateCount: "duplicateValues",
  duplicateValues: "duplicateValues",
  uniqueCheck: "duplicateValues",
};

/** The document with each `rule` of a library as the `metric` of now; all else as it is. */
export function inPresentWords(value: unknown): unknown {
  if (!isObject(value) || !Array.isArray(value.schema)) return value;
  return { ...value, schema: value.schema.map(elementNow) };
}

function elementNow(element: unknown): unknown {
  if (!isObject(element)) return element;
  const { quality, properties } = element;
  return {
    ...element,
    ...(Array.isArray(quality) && { quality: quality.map(ruleNow) }),
    ...(Array.isArray(properties) && { properties: properties.map(elementNow) }),
  };
}

function ruleNow(entry: unknown): unknown {
  if (!isObject(entry) || typeof entry.rule !== "string" || entry.metric !== undefined) return entry;
  if (entry.type !== undefined && entry.type !== "library") return entry;
  const { validValues, arguments: given, ...rest } = entry;
  const asked = {
    ...(isObject(given) ? given : {}),
    ...(validValues !== undefined && { validValues }),
  };
  const hasOperator = Object.keys(rest).some((key) => /^must/.test(key));
  return {
    ...rest,
    metric: metrics[entry.rule] ?? entry.rule,
    ...(Object.keys(asked).length > 0 && { arguments: asked }),
    // Those that were a yes or no: no value may be so.
    ...(!hasOperator && { mustBe: 0 }),
  };
}
