// What a step asks for: representations of the objects at its places, each different one once.
import fc from "fast-check";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { compilePart } from "../../gateway/execute/federated/compile-part.ts";
import type { Gathered } from "../../gateway/execute/federated/gather.ts";
import { compileRepresentation } from "../../gateway/execute/federated/representation.ts";
import type { Runtime } from "../../gateway/execute/runtime.ts";
import type { Fetch, Needed } from "../../gateway/plan/fetch-tree.ts";
import { fetchOf, field, keyed, on } from "./support/fetches.ts";

type Json = Record<string, unknown>;

const runtime = { schema: buildSchema("type Query { a: T } type T { id: ID }") } as unknown as Runtime;
const part = (given: Partial<Fetch>, ...at: readonly string[]) =>
  compilePart(runtime, { fetch: fetchOf(given), at: at.map((place) => place.split(".")), apart: false }, 0);
const asked = (gathered: readonly Gathered[]) =>
  gathered.map(({ texts }) => texts.map((text) => JSON.parse(text)));
const own = (text: string) => JSON.parse(text) as Json;

describe("a representation", () => {
  const id = on(["T"], field("__typename"), field("id"));
  const price = on(["T"], field("price"));
  it.each<[string, readonly Needed[], string, string | undefined]>([
    [
      "holds what is needed and no more",
      [id],
      '{"__typename":"T","id":"1","more":2}',
      '{"__typename":"T","id":"1"}',
    ],
    ["keeps a null, of a key too", [id], '{"__typename":"T","id":null}', '{"__typename":"T","id":null}'],
    [
      "adds up the conditions that apply",
      [id, price],
      '{"__typename":"T","id":"1","price":9}',
      '{"__typename":"T","id":"1","price":9}',
    ],
    [
      "leaves out a condition whose part is lacking",
      [id, price],
      '{"__typename":"T","id":"1"}',
      '{"__typename":"T","id":"1"}',
    ],
    ["is empty where no condition applies", [id], '{"__typename":"Other","id":"1"}', "{}"],
    ["is not made where a field lacks", [field("id")], '{"other":1}', undefined],
    ["takes nested objects", [field("o", [field("x")])], '{"o":{"x":1,"y":2}}', '{"o":{"x":1}}'],
    [
      "takes lists of lists item by item, and null for what lacks a part",
      [field("o", [field("x")])],
      '{"o":[[{"x":1,"y":2}],null,[{"y":2}],[]]}',
      '{"o":[[{"x":1}],null,[null],[]]}',
    ],
    [
      "merges conditions inside one another's objects and lists",
      [on(["T"], field("o", [field("x")])), on(["T"], field("o", [field("y")]))],
      '{"__typename":"T","o":[{"x":1,"y":2},{"x":3,"y":4}]}',
      '{"o":[{"x":1,"y":2},{"x":3,"y":4}]}',
    ],
    [
      "has names that objects inherit only where they are there",
      [field("constructor")],
      '{"id":1}',
      undefined,
    ],
    [
      "takes __proto__ as any other name",
      [field("__proto__")],
      '{"__proto__":{"x":1}}',
      '{"__proto__":{"x":1}}',
    ],
  ])("%s", (_, needed, source, representation) => {
    const made = compileRepresentation(needed)(own(source));
    expect(made && JSON.stringify(made)).toBe(representation);
  });
});

describe("a part of entities", () => {
  const entities = keyed("T", ["id"]);

  it("asks for each different representation once, for all objects that it stands for", () => {
    const data = own(
      '{"l":[{"__typename":"T","id":"1"},{"__typename":"T","id":"2"},{"__typename":"T","id":"1"}],"o":{"__typename":"T","id":"2"}}',
    );
    const [gathered] = part({ entities }, "l.@", "o").gather(data);
    expect(asked([gathered as Gathered])).toEqual([
      [
        { __typename: "T", id: "1" },
        { __typename: "T", id: "2" },
      ],
    ]);
    const list = data.l as Json[];
    const targets = gathered?.targets.map((groups) => groups.flat()) ?? [];
    expect(targets.map(({ length }) => length)).toEqual([2, 2]);
    expect(targets[0]?.[1]).toBe(list[2]);
    expect(targets[1]?.[1]).toBe(data.o);
  });

  it.each([
    ["nothing stands at the place", '{"other":1}'],
    ["null stands at the place", '{"l":null}'],
    ["there is null on the way", '{"l":[null]}'],
    ["the list is empty", '{"l":[]}'],
    ["no type condition applies", '{"l":[{"__typename":"Other","id":"1"}]}'],
    ["the object does not say its type", '{"l":[{"id":"1"}]}'],
    ["the key is lacking", '{"l":[{"__typename":"T"}]}'],
    ["a text stands where an object should", '{"l":["T"]}'],
  ])("asks for nothing where %s", (_, data) => {
    expect(part({ entities }, "l.@").gather(own(data))).toEqual([]);
  });

  it("walks only as many lists as the place has, each of them", () => {
    const data = own('{"l":[[{"__typename":"T","id":"1"}],[],[{"__typename":"T","id":"2"}]]}');
    expect(asked(part({ entities }, "l.@.@").gather(data))).toEqual([
      [
        { __typename: "T", id: "1" },
        { __typename: "T", id: "2" },
      ],
    ]);
  });

  it("sends representations as the planner rewrites them, and leaves the answer as it is", () => {
    const inputRewrites = [
      { kind: "set", path: [{ kind: "on", types: ["T"] }], field: "__typename", value: "I" },
    ] as const;
    const data = own('{"o":{"__typename":"T","id":"1"}}');
    expect(asked(part({ entities: { ...entities, inputRewrites } }, "o").gather(data))).toEqual([
      [{ __typename: "I", id: "1" }],
    ]);
    expect(data).toEqual({ o: { __typename: "T", id: "1" } });
  });

  it("asks once for each set of arguments from above", () => {
    const context = [{ variable: "v", up: 1, path: [{ kind: "field", name: "lang" }] }] as const;
    const user = (id: string) => `{"__typename":"T","id":"${id}"}`;
    const data = own(
      `{"l":[{"lang":"de","u":${user("1")}},{"lang":"fr","u":${user("1")}},{"lang":"de","u":${user("2")}},{"lang":"it","u":null}]}`,
    );
    const gathered = part({ entities: { ...entities, context } }, "l.@.u").gather(data);
    expect(gathered.map(({ context: values, sent }) => [values, sent.map(({ id }) => id)])).toEqual([
      [{ v: "de" }, ["1", "2"]],
      [{ v: "fr" }, ["1"]],
    ]);
  });

  it("joins an entity onto every object that it stands for", () => {
    const data = own('{"l":[{"__typename":"T","id":"1"},{"__typename":"T","id":"1"}]}');
    const operator = part({ entities, receives: [{ name: "name" }] }, "l.@");
    const [gathered] = operator.gather(data);
    expect(operator.join(gathered as Gathered, [{ name: "one", unasked: 1 }], new Set())).toBeUndefined();
    expect(data.l).toEqual([
      { __typename: "T", id: "1", name: "one" },
      { __typename: "T", id: "1", name: "one" },
    ]);
  });
});

describe("a part of root fields", () => {
  it("asks once, whatever is there, and joins what was answered", () => {
    const operator = part({ receives: [{ name: "top" }] }, "");
    const data: Json = {};
    const atRoot = compilePart(
      runtime,
      { fetch: fetchOf({ receives: [{ name: "top" }] }), at: [[]], apart: false },
      3,
    );
    const [gathered] = atRoot.gather(data);
    expect(gathered).toMatchObject({ part: 3, sent: [], texts: [] });
    atRoot.join(gathered as Gathered, { top: 1, unasked: 2 }, new Set());
    expect(data).toEqual({ top: 1 });
    expect(operator.gather({})).toEqual([]);
  });
});

describe("what stands for an object", () => {
  const needed = [
    on(["T", "U"], field("__typename"), field("id")),
    on(["U"], field("o", [field("x"), on(["A"], field("y"))])),
  ];
  const scalar = fc.constantFrom<unknown>(null, 1, "1", "", 0, true, [1], ["1"], { x: 1 }, undefined);
  const nested = fc.oneof(
    scalar,
    fc.record({ x: scalar, y: scalar, __typename: fc.constantFrom("A", "B", undefined) }),
    fc.array(fc.record({ x: scalar }), { maxLength: 2 }),
  );
  const object = fc.record({
    __typename: fc.constantFrom("T", "U", "Other", undefined),
    id: scalar,
    o: nested,
    more: scalar,
  });

  it("is the representation that it would have by itself, and that of no other is the same", () => {
    const represent = compileRepresentation(needed);
    fc.assert(
      fc.property(fc.array(object, { maxLength: 12 }), (objects) => {
        const list = JSON.parse(JSON.stringify(objects)) as Json[];
        const entities = keyed("T", [], { needed });
        const wanted = new Map<string, Json[]>();
        for (const each of list) {
          const made = represent(each);
          if (made?.__typename)
            wanted.set(JSON.stringify(made), [...(wanted.get(JSON.stringify(made)) ?? []), each]);
        }
        const [gathered] = part({ entities }, "l.@").gather({ l: list });
        expect(gathered?.texts ?? []).toEqual([...wanted.keys()]);
        expect(gathered?.sent ?? []).toEqual([...wanted.keys()].map((text) => JSON.parse(text)));
        const found =
          gathered?.targets.map((targets) => targets.flat().map((target) => list.indexOf(target))) ?? [];
        expect(found).toEqual([...wanted.values()].map((all) => all.map((each) => list.indexOf(each))));
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
  });
});
