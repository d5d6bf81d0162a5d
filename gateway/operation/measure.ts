// A measure: what a part of a document amounts to once every fragment is written out where it is spread.

export type Measure = {
  readonly fields: number;
  /** Fields, inline fragments and spreads: what a planner that expands fragments has to go through. */
  readonly selections: number;
  readonly aliases: number;
  /** Levels of fields. */
  readonly depth: number;
  /** Levels of braces and brackets: selection sets, those of fragments too, and lists and objects in values. */
  readonly nesting: number;
  /** Levels of `listFields`; they mean a list only below `__schema` and `__type`. */
  readonly lists: number;
  /** Levels of lists below `__schema` or `__type`. */
  readonly introspectionDepth: number;
  /** `__schema`, `__type` and all fields below them. */
  readonly introspectionFields: number;
};

/** Counts stop here, far above any limit: 50 levels of doubling fragments come to more than a number holds exactly. */
export const countedMax = 1_000_000_000_000;

export const nothing: Measure = {
  fields: 0,
  selections: 0,
  aliases: 0,
  depth: 0,
  nesting: 0,
  lists: 0,
  introspectionDepth: 0,
  introspectionFields: 0,
};

/** Two parts that stand side by side. */
export function beside(one: Measure, other: Measure): Measure {
  return {
    fields: sum(one.fields, other.fields),
    selections: sum(one.selections, other.selections),
    aliases: sum(one.aliases, other.aliases),
    depth: Math.max(one.depth, other.depth),
    nesting: Math.max(one.nesting, other.nesting),
    lists: Math.max(one.lists, other.lists),
    introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
    introspectionFields: sum(one.introspectionFields, other.introspectionFields),
  };
}

/** Fields of the introspection schema whose types lead back to themselves through a list. */
const listFields: ReadonlySet<string> = new Set([
  "types",
  "fields",
  "inputFields",
  "interfaces",
  "possibleTypes",
]);

/** A field over what it selects. */
export function fieldOver(inner: Measure, { name, aliased }: { name: string; aliased: boolean }): Measure {
  const introspects = name === "__schema" || name === "__type";
  const fields = sum(inner.fields, 1);
  return {
    fields,
    selections: sum(inner.selections, 1),
    aliases: sum(inner.aliases, aliased ? 1 : 0),
    depth: inner.depth + 1,
    nesting: inner.nesting,
    lists: inner.lists + (listFields.has(name) ? 1 : 0),
    introspectionDepth: introspects ? inner.lists : inner.introspectionDepth,
    introspectionFields: introspects ? fields : inner.introspectionFields,
  };
}

/** An inline fragment, or a spread, over what it holds. */
export function fragmentOver(inner: Measure): Measure {
  return { ...inner, selections: sum(inner.selections, 1) };
}

/** The same, one level of braces or brackets further in. */
export function within(inner: Measure): Measure {
  return { ...inner, nesting: inner.nesting + 1 };
}

/** The same, where values beside it nest this far. */
export function withValues(inner: Measure, nesting: number): Measure {
  return nesting > inner.nesting ? { ...inner, nesting } : inner;
}

function sum(one: number, other: number): number {
  return Math.min(one + other, countedMax);
}
