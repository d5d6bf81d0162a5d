// No rule changes an answer, whichever of them are applied, in whatever order, and whatever the owners declare.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnOfAggregate } from "../../gateway/plan/aggregates.ts";
import type { Asked } from "../../gateway/plan/asked.ts";
import { demandColumns } from "../../gateway/plan/demand-columns.ts";
import { collectionNamed, type Facts, primaryKey } from "../../gateway/plan/facts.ts";
import { layOutAggregate, layOutGroups, layOutList } from "../../gateway/plan/layout.ts";
import type { Rule } from "../../gateway/plan/rule.ts";
import { applyRules, rules } from "../../gateway/plan/rules.ts";
import { Fault } from "../../schema/product/fault.ts";
import { valueName } from "../../schema/product/value.ts";
import { only, run } from "../execute/rows/support/running.ts";
import { type RandomAsked, randomAsked, randomCapabilities } from "./support/random-asked.ts";
import { openStrictPorts, type StrictPorts } from "./support/strict-ports.ts";
import { factsWith } from "./support/workshop-mesh.ts";

let ports: StrictPorts;
beforeAll(async () => {
  ports = await openStrictPorts();
});
afterAll(() => ports[Symbol.asyncDispose]());

const all = factsWith();
/** `npm run test:long` asks many more. */
const runs = process.env.WEFT_TEST_LONG === undefined ? 300 : 10_000;
const options = { timeout: 60_000 + 500 * runs };

const names = rules.map(({ name }) => name);

describe("a random question has the same answer", () => {
  it.each([
    ["by all rules", fc.constant(names)],
    ["with one rule off", fc.constantFrom(...names.map((off) => names.filter((name) => name !== off)))],
    ["by some of the rules", fc.subarray(names)],
    ["by the rules in another order", fc.shuffledSubarray(names, { minLength: names.length })],
  ])("%s", options, async (_, chosen) => {
    await fc.assert(
      fc.asyncProperty(randomAsked(all), chosen, (asked, some) => answersAlike(asked, all, some)),
      { seed: 20261121, numRuns: runs / 4 },
    );
  });

  it.each([
    ["by all rules", fc.constant(names)],
    ["by some of the rules", fc.subarray(names)],
  ])("of owners who can do less, %s", options, async (_, chosen) => {
    await fc.assert(
      fc.asyncProperty(randomAsked(all), randomCapabilities(all), chosen, (asked, declared, some) =>
        answersAlike(asked, factsWith(declared), some),
      ),
      { seed: 20261122, numRuns: runs / 2 },
    );
  });
});

async function answersAlike(question: RandomAsked, facts: Facts, chosen: readonly string[]): Promise<void> {
  const asked = askedOf(question, facts);
  const wanted = wantedColumns(asked, facts);
  const some = chosen.map((name) => rules.find((rule) => rule.name === name) as Rule);
  const ruled = demandColumns(facts, applyRules(layOut(asked, facts), facts, some), wanted);
  const plain = demandColumns(all, layOut(askedOf(question, all), all), wanted);
  const [found, expected] = await Promise.all([
    run(ruled, ports.runtime(facts)).catch(tooManyKeys),
    run(plain, ports.runtime(all)),
  ]);
  if (!found) return;
  expect(only(found, ...wanted).map(rounded)).toEqual(only(expected, ...wanted).map(rounded));
}

/** An answer is whole, or the fault that says why there is none: a long key set that nobody but an owner could decide. */
function tooManyKeys(failure: unknown): undefined {
  if (!(failure instanceof Fault) || failure.code !== "KEY_SET_NOT_BOUND") throw failure;
}

function askedOf(question: RandomAsked, facts: Facts): Asked {
  return { ...question, collection: collectionNamed(facts, question.collection) };
}

function layOut(asked: Asked, facts: Facts) {
  switch (asked.kind) {
    case "list":
      return layOutList(facts, asked);
    case "aggregate":
      return layOutAggregate(facts, asked);
    case "groups":
      return layOutGroups(facts, asked);
  }
}

function wantedColumns(asked: Asked, facts: Facts): readonly string[] {
  switch (asked.kind) {
    case "list":
      return primaryKey(facts, asked.collection);
    case "aggregate":
      return asked.aggregates.map(columnOfAggregate);
    case "groups":
      return [...asked.keys.map(valueName), ...asked.aggregates.map(columnOfAggregate)];
  }
}

/** Aggregates of floats are equal within a relative error of 1e-9. */
function rounded(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      column.endsWith(")") && typeof value === "number" ? Number(value.toPrecision(9)) : value,
    ]),
  );
}
