// Random predicates, as plain data: they shrink, and are written as GraphQL and as SQL by files of their own.
import fc from "fast-check";
import type { Written } from "../support/oracle.ts";
import type { Column, Entity, Inverse, Reference } from "./model.ts";
import type { Values } from "./values.ts";

export type Where =
  | { readonly kind: "and" | "or"; readonly of: readonly Where[] }
  /** The entries of one object, as far as no two have one name. */
  | { readonly kind: "object"; readonly of: readonly Where[] }
  | { readonly kind: "not"; readonly of: Where }
  | { readonly kind: "test"; readonly column: Column; readonly operator: Operator; readonly value: Written }
  | { readonly kind: "nullReference"; readonly reference: Reference; readonly is: boolean }
  | { readonly kind: "related"; readonly by: Reference | Inverse; readonly where: Where };

export const signs = { _eq: "=", _neq: "<>", _gt: ">", _gte: ">=", _lt: "<", _lte: "<=" } as const;
export const patternWords = {
  _like: "like",
  _nlike: "not like",
  _ilike: "ilike",
  _nilike: "not ilike",
} as const;
export type Operator = keyof typeof signs | keyof typeof patternWords | "_in" | "_nin" | "_is_null";

const patterns = ["%", "%a%", "S%", "_", "%\\_%", "%\\\\%", "100\\%", "%#0001%", "%é%", ""];

/** Predicates on an entity that follow at most so many relationships in a row. */
export function predicates(values: Values): (entity: Entity, hops: number) => fc.Arbitrary<Where> {
  const made = new Map<string, fc.Arbitrary<Where>>();
  const node = (entity: Entity, hops: number, logic: number): fc.Arbitrary<Where> => {
    const name = `${entity.name} ${hops} ${logic}`;
    const known = made.get(name) ?? fresh(entity, hops, logic);
    made.set(name, known);
    return known;
  };
  const fresh = (entity: Entity, hops: number, logic: number): fc.Arbitrary<Where> => {
    const leaf = fc.oneof(...entity.columns.map((column) => test(column, values.of(entity, column))));
    const choices: fc.WeightedArbitrary<Where>[] = [{ weight: 4, arbitrary: leaf }];
    if (entity.references.length > 0)
      choices.push({
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("nullReference" as const),
          reference: fc.constantFrom(...entity.references),
          is: fc.boolean(),
        }),
      });
    if (hops > 0) {
      const related = [...entity.references, ...entity.inverses].map((by) => {
        const there = by.kind === "reference" ? by.target() : by.source();
        const inner = node(there, hops - 1, 1);
        const everything: Where = { kind: "object", of: [] };
        const where =
          by.kind === "reference"
            ? inner
            : fc.oneof({ weight: 6, arbitrary: inner }, { weight: 1, arbitrary: fc.constant(everything) });
        return where.map((each): Where => ({ kind: "related", by, where: each }));
      });
      choices.push({ weight: 7, arbitrary: fc.oneof(...related) });
    }
    if (logic > 0) {
      const inner = node(entity, hops, logic - 1);
      const several = fc.array(inner, { minLength: 1, maxLength: 3 });
      choices.push(
        {
          weight: 3,
          arbitrary: fc.record({
            kind: fc.constantFrom("and", "or", "object"),
            of: several,
          }) as fc.Arbitrary<Where>,
        },
        { weight: 2, arbitrary: inner.map((of): Where => ({ kind: "not", of })) },
      );
    }
    return fc.oneof({ withCrossShrink: true }, ...choices);
  };
  return (entity, hops) => {
    const constant = fc.constantFrom<Where>(
      { kind: "and", of: [] },
      { kind: "object", of: [] },
      { kind: "or", of: [] },
    );
    return fc.oneof({ weight: 1, arbitrary: constant }, { weight: 20, arbitrary: node(entity, hops, 2) });
  };
}

function test(column: Column, values: readonly Written[]): fc.Arbitrary<Where> {
  const value = fc.constantFrom(...values);
  const compared =
    column.scalar === "Boolean" ? (["_eq", "_neq"] as const) : (Object.keys(signs) as Operator[]);
  const made = (operators: readonly Operator[], operand: fc.Arbitrary<Written>): fc.Arbitrary<Where> =>
    fc.record({
      kind: fc.constant("test" as const),
      column: fc.constant(column),
      operator: fc.constantFrom(...operators),
      value: operand,
    });
  return fc.oneof(
    { weight: 5, arbitrary: made(compared, value) },
    { weight: 2, arbitrary: made(["_in", "_nin"], fc.array(value, { maxLength: 4 })) },
    { weight: 1, arbitrary: made(["_is_null"], fc.boolean()) },
    {
      weight: column.scalar === "String" ? 2 : 0,
      arbitrary: made(Object.keys(patternWords) as Operator[], fc.constantFrom(...patterns)),
    },
  );
}
