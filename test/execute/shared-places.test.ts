// Equal objects at one place become one object only where nothing can tell them apart.
import fc from "fast-check";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { compilePart } from "../../gateway/execute/federated/compile-part.ts";
import type { Distinct, Gathered } from "../../gateway/execute/federated/gather.ts";
import type { Json } from "../../gateway/execute/federated/own.ts";
import type { Step } from "../../gateway/execute/federated/schedule.ts";
import { sharedPlaces } from "../../gateway/execute/federated/shared-places.ts";
import type { Runtime } from "../../gateway/execute/runtime.ts";
import type { Fetch, Received } from "../../gateway/plan/fetch-tree.ts";
import { openWeft } from "../federation/support/ask-weft.ts";
import { byKey } from "../federation/support/mesh.ts";
import { fetchOf, field, keyed, stepOf } from "./support/fetches.ts";
import { project } from "./support/projecting.ts";

const names = (...all: readonly string[]): readonly Received[] => all.map((name) => ({ name }));
const nested = (name: string, ...fields: readonly Received[]): Received => ({ name, fields });
const product = ["l", "@", "p"];
const typeAt = (place: readonly string[]) => (place.at(-1) === "p" ? "P" : undefined);

const root = (...fields: readonly Received[]) => fetchOf({ receives: [nested("l", nested("p", ...fields))] });
const ofProduct = (given: Partial<Fetch> = {}) =>
  fetchOf({ at: product, entities: keyed("P", ["id"]), receives: names("name"), ...given });
const following = (step: Step, ...before: readonly number[]): Step => ({ ...step, after: before });
const shared = (...steps: readonly Step[]) => sharedPlaces(steps, typeAt).map((places) => [...places].join());

describe("equal objects become one", () => {
  it("where they were brought with nothing but what they are asked by", () => {
    const steps = [stepOf(root(...names("__typename", "id"))), following(stepOf(ofProduct()), 0)];
    expect(shared(...steps)).toEqual(["", "l.@.p"]);
  });

  it("also where a step between asks for others, and for all steps that follow", () => {
    const other = fetchOf({ at: ["l", "@", "q"], entities: keyed("Q", ["id"]), receives: names("id") });
    const steps = [root(...names("id")), other, ofProduct(), ofProduct({ subgraph: "two" })].map((fetch, i) =>
      following(stepOf(fetch), ...(i === 0 ? [] : [i - 1])),
    );
    expect(shared(...steps)).toEqual(["", "", "l.@.p", "l.@.p"]);
  });

  const first = stepOf(root(...names("id")));
  it.each<[string, readonly Step[]]>([
    [
      "hold a field that is no part of it",
      [stepOf(root(...names("id", "name"))), following(stepOf(ofProduct()), 0)],
    ],
    [
      "hold objects of their own",
      [stepOf(root(...names("id"), nested("q", ...names("id")))), following(stepOf(ofProduct()), 0)],
    ],
    [
      "are asked by an object inside them",
      [
        stepOf(root(nested("o", ...names("id")))),
        following(
          stepOf(
            ofProduct({
              entities: keyed("P", [], { needed: [field("__typename"), field("o", [field("id")])] }),
            }),
          ),
          0,
        ),
      ],
    ],
    ["may be brought again later", [first, stepOf(root(...names("id"))), following(stepOf(ofProduct()), 0)]],
    [
      "stand in a list that may be brought again later",
      [first, stepOf(fetchOf({ receives: [nested("l", ...names("x"))] })), following(stepOf(ofProduct()), 0)],
    ],
    [
      "are of a type that they have to say",
      [
        stepOf(fetchOf({ receives: [nested("l", nested("any", ...names("__typename", "id")))] })),
        following(stepOf(ofProduct({ at: ["l", "@", "any"] })), 0),
      ],
    ],
    [
      "may get arguments from above",
      [
        first,
        following({ ...stepOf(ofProduct()), parts: [{ fetch: ofProduct(), at: [product], apart: true }] }, 0),
      ],
    ],
    [
      "are changed",
      [stepOf({ ...root(...names("id")), operation: "mutation" }), following(stepOf(ofProduct()), 0)],
    ],
  ])("but not where they %s", (_, steps) => {
    expect(shared(...steps).join("")).toBe("");
  });
});

describe("a part", () => {
  const runtime = { schema: buildSchema("type Query { a: ID }") } as unknown as Runtime;
  const known = { typeAt, shared: new Set(["l.@.p"]) };
  const one = () => compilePart(runtime, { fetch: ofProduct(), at: [product], apart: false }, 0, known);

  it("makes equal objects one, joins onto it once, and the next part finds each once", () => {
    const data = JSON.parse(
      '{"l":[{"p":{"id":1}},{"p":{"id":2}},{"p":null},{"p":{"id":1}},{"p":{}},{"p":{}}]}',
    );
    const distinct: Distinct = new Map();
    const part = one();
    const [gathered] = part.gather(data, distinct) as readonly [Gathered];
    expect(gathered.texts).toEqual(['{"__typename":"P","id":1}', '{"__typename":"P","id":2}']);
    expect(gathered.targets.flat(2)).toHaveLength(2);
    expect(data.l[3].p).toBe(data.l[0].p);
    expect(data.l[5].p).not.toBe(data.l[4].p);
    part.join(gathered, [{ name: "one" }, { name: "two" }], new Set());
    expect(data.l.map(({ p }: Json) => (p as Json | null)?.name)).toEqual([
      "one",
      "two",
      undefined,
      "one",
      undefined,
      undefined,
    ]);
    expect(distinct.get("l.@.p")).toHaveLength(4);
    const [again] = one().gather({}, distinct) as readonly [Gathered];
    expect(again.targets).toEqual(gathered.targets);
  });

  it("knows the type of an object that does not say it, and believes none that says another", () => {
    const data = JSON.parse('{"l":[{"p":{"id":1,"__typename":"Q"}}]}');
    expect(one().gather(data)[0]?.texts).toEqual(['{"__typename":"P","id":1}']);
  });
});

it("what is written of one object that stands at many places is what it is written of many", () => {
  const schema = buildSchema(`
    type Query { l: [L] m: [L!] }
    type L { p: P q: P! }
    type P { id: ID! name: String n: Int! o: P }
  `);
  const p: fc.Arbitrary<unknown> = fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, 7, { id: "1", n: 1, name: "a" }, { id: "2", n: null }, { id: "é", n: 2, name: 5 }),
    fc.record({ id: fc.string(), n: fc.nat(), o: fc.constantFrom({ id: "3", n: 3 }, { id: null }, null) }),
  );
  const query = "{ l { p { id n o { id n } } q { id name n } } m { p { n } q { o { n } id } } }";
  fc.assert(
    fc.property(
      fc.array(p, { minLength: 1, maxLength: 4 }),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }),
      (pool, l, m) => {
        const objects = (pairs: readonly (readonly [number, number])[]) =>
          pairs.map(([i, j]) => ({ p: pool[i % pool.length], q: pool[j % pool.length] }));
        const data = { l: objects(l), m: objects(m) };
        const places = new Set(["l.p", "l.q", "m.p", "m.q"]);
        const copied = project(schema, query, data, {}, {}, places);
        const plain = project(schema, query, data);
        expect(copied.text.toString()).toBe(plain.text.toString());
        expect(copied.errors.map(({ path, message }) => [path, message])).toEqual(
          plain.errors.map(({ path, message }) => [path, message]),
        );
      },
    ),
    { seed: 20261121, numRuns: 1_000 },
  );
});

it("an error of a shared entity is told wherever the entity stands, and what is provided stays with its path", async () => {
  await using weft = await openWeft({
    reviews: {
      sdl: `type Query { reviews: [Review!]! } type Review { body: String by: User @provides(fields: "nick") of: Item }
        type User @key(fields: "id") { id: ID! nick: String @external } type Item @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          reviews: () =>
            [1, 2, 1].map((id, i) => ({ body: `b${i}`, by: { id: "u", nick: `nick ${i}` }, of: { id } })),
        },
      },
    },
    items: {
      sdl: `type Item @key(fields: "id") { id: ID! name: String price: Int! } type User @key(fields: "id") { id: ID! nick: String @shareable age: Int }`,
      resolvers: {
        Item: {
          __resolveReference: byKey(
            [
              { id: "1", name: "one", price: null },
              { id: "2", name: "two", price: 2 },
            ],
            "id",
          ),
        },
        User: { __resolveReference: byKey([{ id: "u", nick: "other", age: 9 }], "id") },
      },
    },
  });
  const whole = await weft.ask({ query: "{ reviews { body by { nick age } of { name } } }" });
  expect(whole).toMatchObject({
    data: {
      reviews: [
        { body: "b0", by: { nick: "nick 0", age: 9 }, of: { name: "one" } },
        { body: "b1", by: { nick: "nick 1", age: 9 }, of: { name: "two" } },
        { body: "b2", by: { nick: "nick 2", age: 9 }, of: { name: "one" } },
      ],
    },
  });
  expect(weft.asked("reviews")[0]?.query).toContain("of{id}");
  const { data, errors = [] } = await weft.ask({ query: "{ reviews { of { name price } } }" });
  expect(data).toEqual({ reviews: [{ of: null }, { of: { name: "two", price: 2 } }, { of: null }] });
  expect(errors.map(({ path }) => path?.join("."))).toEqual(["reviews.0.of.price", "reviews.2.of.price"]);
});
