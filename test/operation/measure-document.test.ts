// Measuring: what is counted without writing fragments out is what one would count by doing so.
import * as fc from "fast-check";
import { type DocumentNode, getIntrospectionQuery, Kind, parse, type SelectionSetNode } from "graphql";
import { describe, expect, it } from "vitest";
import { countOverlaps } from "../../gateway/operation/count-overlaps.ts";
import { measureDocument } from "../../gateway/operation/measure-document.ts";
import { limits } from "./support/limits.ts";
import { doubling, many } from "./support/write.ts";

const measure = (text: string) => measureDocument(parse(text), limits);

type Written = {
  readonly response: string;
  readonly aliased: boolean;
  readonly arguments: number;
  readonly inner: readonly Written[];
};

/** Fields with every fragment written out: the slow and obvious way. */
function writtenOut(document: DocumentNode, { selections }: SelectionSetNode): readonly Written[] {
  return selections.flatMap((selection): readonly Written[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return writtenOut(document, selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const found = document.definitions.find(
        (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
      );
      return found?.kind === Kind.FRAGMENT_DEFINITION ? writtenOut(document, found.selectionSet) : [];
    }
    return [
      {
        response: (selection.alias ?? selection.name).value,
        aliased: selection.alias !== undefined,
        arguments: selection.arguments?.length ?? 0,
        inner: selection.selectionSet ? writtenOut(document, selection.selectionSet) : [],
      },
    ];
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const fieldsOf = (written: readonly Written[]): number =>
  sum(written.map(({ inner }) => 1 + fieldsOf(inner)));
const aliasesOf = (written: readonly Written[]): number =>
  sum(written.map(({ aliased, inner }) => (aliased ? 1 : 0) + aliasesOf(inner)));
const depthOf = (written: readonly Written[]): number =>
  Math.max(0, ...written.map(({ inner }) => 1 + depthOf(inner)));

/** Pairs of fields that meet, by writing all of them next to each other. */
function pairsOf(written: readonly Written[]): number {
  const names = [...new Set(written.map(({ response }) => response))];
  return sum(
    names.map((name) => {
      const group = written.filter(({ response }) => response === name);
      const met = sum(group.map((field, before) => before * (1 + field.arguments)));
      return met + pairsOf(group.flatMap(({ inner }) => inner));
    }),
  );
}

/** Texts of selections that may spread the fragments numbered `from` and up: so there are no cycles. */
function selectionsFrom(from: number, fragments: number): fc.Arbitrary<string> {
  const { selections } = fc.letrec<{ selection: string; selections: string }>((tie) => ({
    selection: fc.oneof(
      { maxDepth: 3, depthIdentifier: "selection" },
      fc.constantFrom("x", "y", "x: y", "z: x(i: 1)", "y(i: 1, j: 2)"),
      ...(from < fragments ? [fc.integer({ min: from, max: fragments - 1 }).map((i) => `...F${i}`)] : []),
      tie("selections").map((inner) => `... on T ${inner}`),
      fc.tuple(fc.constantFrom("a", "b", "a: b"), tie("selections")).map((parts) => parts.join(" ")),
    ),
    selections: fc
      .array(tie("selection"), { minLength: 1, maxLength: 3, depthIdentifier: "selection" })
      .map((list) => `{ ${list.join(" ")} }`),
  }));
  return selections;
}

const fragmentsMax = 4;

/** A document of one operation that reaches every fragment. */
const documents = fc
  .tuple(
    selectionsFrom(0, fragmentsMax),
    ...Array.from({ length: fragmentsMax }, (_, i) => selectionsFrom(i + 1, fragmentsMax)),
  )
  .map(([operation, ...fragments]) => {
    const spread = many(fragmentsMax, (i) => `...F${i}`);
    const defined = fragments.map((selections, i) => `fragment F${i} on T ${selections}`);
    return [`{ ... ${operation} ${spread} }`, ...defined].join(" ");
  });

function operationOf(document: DocumentNode): SelectionSetNode {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("The operation comes first.");
  return operation.selectionSet;
}

describe("a measure", () => {
  it("is what writing out every fragment comes to", () => {
    fc.assert(
      fc.property(documents, (text) => {
        const document = parse(text);
        const written = writtenOut(document, operationOf(document));
        expect(measureDocument(document, limits)).toMatchObject({
          fields: fieldsOf(written),
          aliases: aliasesOf(written),
          depth: depthOf(written),
          operations: 1,
          fragments: fragmentsMax,
        });
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it("of overlaps is the number of pairs that meet", () => {
    fc.assert(
      fc.property(selectionsFrom(0, 0), (text) => {
        const document = parse(text);
        const written = writtenOut(document, operationOf(document));
        const names = new Set(written.map(({ response }) => response));
        expect(countOverlaps(document, 1_000_000)).toMatchObject({
          overlaps: pairsOf(written),
          rootFields: names.size,
        });
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it("of overlaps looks at no more than the selections that there are", () => {
    fc.assert(
      fc.property(documents, (text) => {
        const document = parse(text);
        const { selections } = measureDocument(document, limits);
        expect(countOverlaps(document, 1_000_000).visited).toBeLessThanOrEqual(selections);
      }),
    );
  });

  it("counts inline fragments and spreads among the selections", () => {
    expect(measure("{ a { ...F ... { s } } } fragment F on Query { s s }")).toMatchObject({
      fields: 4,
      selections: 6,
      depth: 2,
      nesting: 3,
    });
  });

  it("counts what stands below `__schema` and `__type` alone as introspection", () => {
    const text = `{ fields { types { s } } s: __type(name: "T") { ...T } } fragment T on __Type { name fields { name } }`;
    expect(measure(text)).toMatchObject({
      lists: 2,
      introspectionDepth: 1,
      introspectionFields: 4,
      fields: 7,
    });
  });

  it("of the standard introspection query is within its limits twice over", () => {
    const { introspectionFields, introspectionDepth, depth } = measure(getIntrospectionQuery());
    expect(introspectionFields).toBeLessThan(limits.introspectionFieldsMax / 2);
    expect(introspectionDepth).toBe(limits.introspectionDepthMax);
    expect(depth).toBeLessThan(limits.depthMax / 2);
  });
});

describe("the cost of measuring", () => {
  it("is one look at each node, however often it is spread", () => {
    // A level is 1 fragment, 2 fields and 2 spreads; the operation is 1 spread, the last fragment 1 and its field.
    for (const levels of [10, 20, 30, 40, 80]) expect(measure(doubling(levels)).visited).toBe(5 * levels + 3);
  });

  it("grows with the values and directives as they are written", () => {
    const costs = (count: number) =>
      measure(`{ n(l: [${many(count, () => "1")}]) ${many(count, (i) => `s${i}: s @d(i: 1)`)} }`).visited;
    expect(costs(2_000) - costs(1_000)).toBe(costs(1_000) - costs(0));
  });

  it("of overlaps ends as soon as there are too many", () => {
    const document = parse(`{ ${"s ".repeat(15_000)} }`);
    expect(countOverlaps(document, 1_000).visited).toBeLessThan(50);
  });
});
