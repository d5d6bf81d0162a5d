// A subgraph that answers `_entities` in another order, too short, too long or with strangers: nobody gets another's fields.
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWeft, type Weft } from "../support/ask-weft.ts";
import type { Row } from "../support/mesh.ts";

const answers = process.env.WEFT_TEST_LONG === undefined ? 1_000 : 10_000;
const options = { timeout: 20_000 + 20 * answers };
const label = (id: number) => `label of ${id}`;

let weft: Weft;
/** What becomes of the next lists of entities. */
let twist: (entities: readonly unknown[]) => unknown = (entities) => entities;

beforeAll(async () => {
  weft = await openWeft({
    honest: {
      sdl: `type Query { things(ids: [Int!]!): [Thing]! } type Thing @key(fields: "id kind") { id: Int! kind: String! }`,
      resolvers: {
        Query: { things: (_, { ids }) => ids.map((id: number) => ({ id, kind: id % 2 ? "odd" : "even" })) },
      },
    },
    dishonest: {
      sdl: `type Thing @key(fields: "id kind") { id: Int! kind: String! label: String sure: String! inner: Inner }
        type Inner { label: String }`,
      resolvers: {
        Thing: {
          __resolveReference: ({ id, kind }) => ({ id, kind }),
          label: ({ id }) => label(id),
          sure: ({ id }) => label(id),
          inner: ({ id }) => ({ label: label(id) }),
        },
      },
      distort: (answer) =>
        answer.data?._entities ? { data: { _entities: twist(answer.data._entities) } } : answer,
    },
  });
});
afterAll(() => weft?.[Symbol.asyncDispose]());

type Twist = {
  readonly order: readonly number[];
  readonly kind: "permuted" | "short" | "long" | "replaced" | "cut";
};

const twisted = ({ order, kind }: Twist) => {
  const at = (list: readonly unknown[], i: number) => list[(order[i % order.length] as number) % list.length];
  return (list: readonly unknown[]): unknown => {
    switch (kind) {
      case "permuted":
        return list
          .map((one, i) => ({ one, rank: order[i % order.length] as number }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);
      case "short":
        return list.slice((order[0] as number) % (list.length + 1));
      case "cut":
        return list.slice(0, (order[0] as number) % (list.length + 1));
      case "long":
        return [at(list, 0), ...list];
      case "replaced":
        return list.map((_, i) => at(list, i));
    }
  };
};

const ids = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
const twists: fc.Arbitrary<Twist> = fc.record({
  order: fc.array(fc.nat(50), { minLength: 8, maxLength: 8 }),
  kind: fc.constantFrom("permuted", "short", "long", "replaced", "cut"),
});
const query = "query ($ids: [Int!]!) { things(ids: $ids) { id label inner { label } } }";

it("an honest answer is joined whole", async () => {
  twist = (entities) => entities;
  const { data, errors } = await weft.ask({ query, variables: { ids: [3, 1, 3] } });
  expect(errors).toBeUndefined();
  expect(data.things).toEqual([3, 1, 3].map((id) => ({ id, label: label(id), inner: { label: label(id) } })));
});

it("a dishonest one is joined right or is null with an error, never wrong", options, async () => {
  await fc.assert(
    fc.asyncProperty(ids, twists, async (asked, how) => {
      twist = twisted(how);
      const { data, errors } = await weft.ask({ query, variables: { ids: asked } });
      const things: readonly (Row | null)[] = data.things;
      things.forEach((thing, i) => {
        const id = asked[i] as number;
        expect([null, undefined, label(id)]).toContain(thing?.label);
        expect([null, undefined, label(id)]).toContain(thing?.inner?.label);
        expect([id, undefined]).toContain(thing?.id);
      });
      const whole = things.every((thing) => thing?.label && thing.inner);
      if (!whole) expect(errors?.length).toBeGreaterThan(0);
    }),
    { seed: 20260102, numRuns: answers },
  );
});

it.each<[string, (entities: readonly unknown[]) => unknown]>([
  ["no list", () => ({})],
  ["null", () => null],
  ["a text", () => "entities"],
  ["numbers", (entities) => entities.map((_, i) => i)],
  ["lists", (entities) => entities.map((entity) => [entity])],
  [
    "entities of another type",
    (entities) => entities.map((entity) => ({ ...(entity as Row), __typename: "Inner" })),
  ],
])("%s for entities is null and an error", async (_, how) => {
  twist = how;
  const { data, errors } = await weft.ask({ query, variables: { ids: [1, 2] } });
  expect(data.things.map((thing: Row | null) => [thing?.label ?? null, thing?.inner ?? null])).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(errors?.length).toBeGreaterThan(0);
});

it("a key that the caller's aliases hide is compared all the same", async () => {
  twist = (entities) => [...entities].reverse();
  const { data, errors } = await weft.ask({
    query: "query ($ids: [Int!]!) { things(ids: $ids) { id: label kind: sure } }",
    variables: { ids: [1, 2] },
  });
  for (const [i, id] of [1, 2].entries()) {
    const { id: first, kind: second } = data.things[i] ?? {};
    expect([null, undefined, label(id)]).toContain(first);
    expect([null, undefined, label(id)]).toContain(second);
    if (first !== label(id) || second !== label(id)) expect(errors?.length ?? 0).toBeGreaterThan(0);
  }
});
