// Rows by their keys: `_by_pk`, references, and `_entities` as a gateway asks them.
import { describe, expect } from "vitest";
import { it } from "./support/museum-test.ts";

const entities = (selection: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`;
const specimen = (id: unknown) => ({ __typename: "Specimen", id });

describe("_by_pk", () => {
  it("finds one row or null", async ({ port }) => {
    const answered = await port.ask(
      `{ a: specimens_by_pk(id: 5) { title } b: specimens_by_pk(id: 0) { title }
         c: keepers_by_pk(id: "k1") { name } d: keepers_by_pk(id: 1) { name } }`,
    );
    expect(answered).toEqual({ a: { title: "😀" }, b: null, c: { name: "Ann" }, d: null });
  });

  it("takes all parts of a composite key", async ({ port }) => {
    const answered = await port.ask(
      `{ a: shelves_by_pk(room: "é", number: 1) { label } b: shelves_by_pk(number: 2, room: "A") { label }
         c: shelves_by_pk(room: "A", number: 3) { label } }`,
    );
    expect(answered).toEqual({ a: { label: "birds" }, b: { label: "fossils" }, c: null });
    expect(await port.codes('{ shelves_by_pk(room: "A") { label } }')).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});

describe("a reference", () => {
  it("is null where the key is, and where more than the key is asked of a dangling one", async ({ port }) => {
    const { specimens } = await port.ask(
      "{ specimens(where: { id: { _in: [1, 6, 7, 8, 9, 15] } }) { id shelf { label } parent { title } } }",
    );
    expect(specimens).toEqual([
      { id: 1, shelf: { label: "minerals" }, parent: null },
      { id: 6, shelf: { label: "birds" }, parent: null },
      { id: 7, shelf: null, parent: { title: "apple" } },
      { id: 8, shelf: null, parent: { title: "apple" } },
      { id: 9, shelf: null, parent: { title: "100%" } },
      { id: 15, shelf: null, parent: { title: "ärger" } },
    ]);
  });

  it("is its key where no more is asked, __typename or not", async ({ port }) => {
    const { specimens } = await port.ask(`{
      specimens(where: { id: { _in: [7, 9] } }) { a: shelf { room } b: shelf { __typename room number } maker { country } }
    }`);
    expect(specimens).toEqual([
      { a: { room: "Z" }, b: { __typename: "Shelf", room: "Z", number: 9 }, maker: null },
      { a: null, b: null, maker: { country: "US" } },
    ]);
  });

  it("to a neighbour is null where any part of the key is", async ({ port }) => {
    const { specimens } = await port.ask(
      "{ specimens(where: { id: { _in: [4, 5, 6] } }) { maker { __typename country serial } kindOf { code } } }",
    );
    expect(specimens).toEqual([
      { maker: { __typename: "Maker", country: "DE", serial: "9007199254740993" }, kindOf: { code: "bone" } },
      { maker: null, kindOf: { code: "Kind" } },
      { maker: null, kindOf: null },
    ]);
  });
});

describe("_entities", () => {
  it("come in the order asked, as often as asked, null where unknown", async ({ port, oracle }) => {
    const asked = [16, 3, 999, 1, 3, -1, 16, 2];
    const { _entities } = await port.ask(entities("... on Specimen { id title }"), {
      r: asked.map(specimen),
    });
    const titles = new Map(
      (await oracle.rows('select id, "the title" from specimens')).map(([id, title]) => [id, title]),
    );
    expect(_entities).toEqual(asked.map((id) => (titles.has(id) ? { id, title: titles.get(id) } : null)));
  });

  it("of several types, composite keys among them, come in one request", async ({ port }) => {
    const r = [
      { __typename: "Shelf", room: "B", number: 2 },
      specimen(4),
      { __typename: "Maker", country: "XX", serial: "12" },
      { __typename: "Shelf", number: 1, room: "é" },
      { __typename: "Keeper", id: "k9" },
      { __typename: "Kind", code: "none" },
      { __typename: "Keeper", id: "k2" },
    ];
    const { _entities } = await port.ask(
      entities(`__typename ... on Shelf { label } ... on Specimen { title } ... on Keeper { name }
        ... on Maker { country serial } ... on Kind { code examples { id } }`),
      { r },
    );
    expect(_entities).toEqual([
      { __typename: "Shelf", label: "birds" },
      { __typename: "Specimen", title: "～" },
      { __typename: "Maker", country: "XX", serial: "12" },
      { __typename: "Shelf", label: "birds" },
      null,
      { __typename: "Kind", code: "none", examples: [] },
      { __typename: "Keeper", name: "Bob" },
    ]);
  });

  it("read keys in any spelling of theirs", async ({ port }) => {
    const r = [
      { __typename: "Maker", country: "FR", serial: 1 },
      { __typename: "Maker", country: "FR", serial: "0001" },
      { __typename: "Keeper", id: "k1" },
    ];
    const { _entities } = await port.ask(entities("... on Maker { works { id } } ... on Keeper { name }"), {
      r,
    });
    expect(_entities).toEqual([
      { works: [{ id: 1 }, { id: 3 }] },
      { works: [{ id: 1 }, { id: 3 }] },
      { name: "Ann" },
    ]);
  });

  it.for([
    ["of the wrong type", specimen("x")],
    ["with a fraction", specimen(1.5)],
    ["null", specimen(null)],
    ["absent", { __typename: "Specimen" }],
    ["incomplete", { __typename: "Shelf", room: "A" }],
    ["an object", specimen({ _eq: 1 })],
    ["a list", specimen([1])],
    ["beyond 64 bits", { __typename: "Maker", country: "FR", serial: "9223372036854775808" }],
  ] as const)("refuse a key that is %s, and answer the others", async ([, bad], { port }) => {
    const selection = "... on Specimen { title } ... on Shelf { label } ... on Maker { country }";
    const { data, errors } = await port.answer(entities(selection), { r: [specimen(1), bad, specimen(5)] });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
    expect(data._entities).toEqual([{ title: "apple" }, null, { title: "😀" }]);
  });

  it("survive a type that is not there beside a key that is wrong", async ({ port }) => {
    const r = [specimen("x"), { __typename: "Nothing", id: 1 }];
    expect(await port.codes(entities("... on Specimen { id }"), { r })).toHaveLength(1);
    expect((await port.ask(entities("... on Specimen { id }"), { r: [specimen(1)] }))._entities).toHaveLength(
      1,
    );
  });

  it("keep apart what fragments on different types select under one name", async ({ port }) => {
    const r = [
      specimen(1),
      { __typename: "Shelf", room: "A", number: 2 },
      { __typename: "Maker", country: "FR", serial: "1" },
    ];
    const { _entities } = await port.ask(
      entities(`
        ... on Specimen { list: children(limit: 1) { next: children { id } } count: children_aggregate { aggregate { count } } }
        ... on Shelf { list: specimens { next: children(offset: 1) { id } } count: specimens_aggregate { aggregate { count } } }
        ... on Maker { list: works(order_by: { id: desc }) { next: children { id } } count: works_aggregate { aggregate { count } } }`),
      { r },
    );
    const count = (n: number) => ({ aggregate: { count: n } });
    expect(_entities).toEqual([
      { list: [{ next: [{ id: 4 }, { id: 5 }] }], count: count(3) },
      { list: [{ next: [{ id: 8 }] }, { next: [] }, { next: [] }], count: count(3) },
      {
        list: [{ next: [{ id: 7 }, { id: 8 }] }, { next: [{ id: 2 }, { id: 3 }, { id: 16 }] }],
        count: count(2),
      },
    ]);
  });
});
