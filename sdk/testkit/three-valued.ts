// The meaning of `where`, worked out in memory: SQL's three values on columns, two on references.
import { strict as assert } from "node:assert";
import type { ScalarName, ScalarValue } from "../../schema/product/scalar.ts";
import { compareValues } from "./compare-values.ts";
import type { SampleRow } from "./sample-row.ts";
import type { Subject } from "./subject.ts";

export type Where = { readonly [name: string]: unknown };

/** TRUE, FALSE, or undefined for UNKNOWN. */
export type Truth = boolean | undefined;

/** Is the row among those that the port must answer? */
export function holds(where: Where, row: SampleRow, subject: Subject): boolean {
  return truthOf(where, row, subject, "") === true;
}

function truthOf(where: Where, row: SampleRow, subject: Subject, prefix: string): Truth {
  const truths = (list: unknown) =>
    (list as readonly Where[]).map((part) => truthOf(part, row, subject, prefix));
  return all(
    Object.entries(where).map(([name, value]): Truth => {
      if (name === "_and") return all(truths(value));
      if (name === "_or") return not(all(truths(value).map(not)));
      if (name === "_not") return not(truthOf(value as Where, row, subject, prefix));
      const column = subject.columns.find((each) => each.name === `${prefix}${name}`);
      if (!column) return truthOfReference(name, value as Where, row, subject);
      const tests = Object.entries(value as Where);
      const found = row.values[column.name] ?? null;
      return all(tests.map(([operator, operand]) => truthOfTest(column.scalar, operator, found, operand)));
    }),
  );
}

/** EXISTS: never UNKNOWN. */
function truthOfReference(name: string, value: Where, row: SampleRow, subject: Subject): Truth {
  const reference = subject.references.find((each) => each.name === name);
  assert(reference, `${name} is a column or a reference`);
  const isNull = reference.key.some((column) => row.values[column.name] === null);
  const { _is_null: asked, ...where } = value;
  const exists = () => !isNull && truthOf(where, row, subject, `${name}.`) === true;
  if (asked === undefined) return exists();
  return Object.keys(where).length === 0 ? isNull === asked : isNull === asked && exists();
}

export function truthOfTest(
  scalar: ScalarName,
  operator: string,
  found: ScalarValue | null,
  operand: unknown,
): Truth {
  if (operator === "_is_null") return (found === null) === operand;
  if (operator === "_in" || operator === "_nin") {
    const among = truthOfMember(scalar, found, operand as readonly ScalarValue[]);
    return operator === "_in" ? among : not(among);
  }
  if (found === null) return undefined;
  const sign = () => compareValues(scalar, found, operand as ScalarValue);
  switch (operator) {
    case "_eq":
      return sign() === 0;
    case "_neq":
      return sign() !== 0;
    case "_gt":
      return sign() > 0;
    case "_gte":
      return sign() >= 0;
    case "_lt":
      return sign() < 0;
    case "_lte":
      return sign() <= 0;
    case "_like":
      return patternOf(String(operand), "").test(String(found));
    case "_nlike":
      return !patternOf(String(operand), "").test(String(found));
    case "_ilike":
      return patternOf(String(operand), "i").test(String(found));
    case "_nilike":
      return !patternOf(String(operand), "i").test(String(found));
  }
  return assert.fail(`${operator} is an operator`);
}

/** `x IN ()` is FALSE of a null too: there is nothing to compare with. */
function truthOfMember(scalar: ScalarName, found: ScalarValue | null, values: readonly ScalarValue[]): Truth {
  if (values.length === 0) return false;
  if (found === null) return undefined;
  return values.some((value) => compareValues(scalar, found, value) === 0);
}

function patternOf(pattern: string, flags: "" | "i"): RegExp {
  const parts = [...pattern.matchAll(/\\(.)|([\s\S])/gsu)].map(([, escaped, plain]) => {
    if (escaped === undefined && plain === "%") return "[\\s\\S]*";
    if (escaped === undefined && plain === "_") return "[\\s\\S]";
    return (escaped ?? plain ?? "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, `${flags}u`);
}

function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function not(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
