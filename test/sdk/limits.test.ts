// Limits: an answer is whole or a typed error, at the root, under parents and among keys.
import { describe, expect, test } from "vitest";
import { deferred } from "../http/deferred.ts";
import { type AskedPort, askedPort } from "./support/asking.ts";
import { museum } from "./support/museum.ts";
import { museumPort } from "./support/museum-port.ts";

const it = test.extend<{ port: AskedPort }>({
  port: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using port = await museumPort({ rowsMax: 5, keysMax: 4 });
      await use(port);
    },
    { scope: "file" },
  ],
});

describe("statementTimeoutMs", () => {
  test("holds for what is still asked when the answer has gone", async () => {
    const product = museum();
    const engine = await product.openEngine(product);
    const left = deferred<unknown>();
    await using port = await askedPort(product, {
      engine: async () => ({
        ...engine,
        run: async ({ at }, { signal }) => {
          if (at === "bad") throw new Error("no");
          signal.addEventListener("abort", () => left.resolve(signal.reason));
          return left.promise as never;
        },
      }),
    });
    const { data } = await port.answer("{ slow: specimens { id } bad: specimens { id } }");
    expect(data).toBeNull();
    expect(await left.promise).toMatchObject({ message: "it was answered" });
  });
});

describe("rowsMax", () => {
  it.for([
    ["a list", "{ specimens { id } }", "specimens"],
    ["a list with a limit beyond it", "{ specimens(limit: 6) { id } }", "specimens"],
    ["nodes", "{ specimens_aggregate { nodes { id } } }", "specimens_aggregate.nodes"],
    ["groups", "{ specimens_groups { by { id } } }", "specimens_groups"],
    ["groups that are fewer than the rows", "{ specimens_groups { by { tag } } }", "specimens_groups"],
    [
      "a to-many, all parents together",
      '{ shelves(where: { room: { _eq: "A" } }) { specimens { id } } }',
      "shelves.specimens",
    ],
    [
      "nodes of a to-many",
      '{ shelves(where: { room: { _eq: "A" } }) { specimens_aggregate { nodes { id } } } }',
      "shelves.specimens_aggregate.nodes",
    ],
  ] as const)("is exceeded by %s", async ([, query, at], { port }) => {
    const { data, errors } = await port.answer(query);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(["ROWS_MAX"]));
    expect(errors?.[0]?.extensions).toMatchObject({ at, rowsMax: 5 });
    expect(data).toBeNull();
  });

  it.for([
    ["a list of exactly as many", "{ specimens(limit: 5) { id } }"],
    ["the last page", "{ specimens(offset: 11, limit: 100) { id } }"],
    ["an aggregate over more rows", "{ specimens_aggregate { aggregate { count } } }"],
    ["a few groups over more rows", "{ specimens_groups { by { flag } } }"],
    ["a to-many with a limit for each parent", "{ shelves(limit: 3) { specimens(limit: 1) { id } } }"],
  ] as const)("is kept by %s", async ([, query], { port }) => {
    await port.ask(query);
  });
});

describe("keysMax", () => {
  it.for([
    ["specimens.where.id._in", "{ specimens(where: { id: { _in: [1, 2, 3, 4, 5] } }) { id } }"],
    ["specimens.where.id._nin", "{ specimens(where: { id: { _nin: [1, 1, 1, 1, 1] } }) { id } }"],
    [
      "specimens.where.shelf.room._in",
      '{ specimens(where: { _or: [{ shelf: { room: { _in: ["1", "2", "3", "4", "5"] } } }] }) { id } }',
    ],
    [
      "specimens_groups.having.count._in",
      "{ specimens_groups(having: { count: { _in: [1, 2, 3, 4, 5] } }) { by { flag } } }",
    ],
  ] as const)("is exceeded at %s", async ([at, query], { port }) => {
    const { errors } = await port.answer(query);
    expect(errors?.[0]?.extensions).toEqual({ code: "KEYS_MAX", at, keys: 5, keysMax: 4 });
  });

  const query =
    "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Specimen { id } ... on Shelf { label } } }";
  const specimens = (...ids: number[]) => ids.map((id) => ({ __typename: "Specimen", id }));

  it("is exceeded by representations of one type", async ({ port }) => {
    const { data, errors } = await port.answer(query, { r: specimens(1, 2, 3, 4, 5) });
    expect(errors).toHaveLength(5);
    expect(errors?.[0]?.extensions).toEqual({ code: "KEYS_MAX", at: "_entities", keys: 5, keysMax: 4 });
    expect(data._entities).toEqual([null, null, null, null, null]);
  });

  it("is kept by representations of two types, and by repetition", async ({ port }) => {
    const r = [...specimens(1, 2, 3, 4, 4, 3, 2, 1), { __typename: "Shelf", room: "A", number: 1 }];
    expect((await port.ask(query, { r }))._entities).toHaveLength(9);
  });

  it("does not end the process where another representation is of no type", async ({ port }) => {
    const r = [...specimens(1, 2, 3, 4, 5), { __typename: "Nothing" }];
    expect(await port.codes(query, { r })).toHaveLength(1);
    expect((await port.ask(query, { r: specimens(1) }))._entities).toEqual([{ id: 1 }]);
  });

  it("is exceeded by a neighbour's entities that are parents", async ({ port }) => {
    const works =
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Kind { examples { id } } } }";
    const r = ["1", "2", "3", "4", "5"].map((code) => ({ __typename: "Kind", code }));
    const { errors } = await port.answer(works, { r });
    expect(errors?.[0]?.extensions).toEqual({
      code: "KEYS_MAX",
      at: "_entities.examples",
      keys: 5,
      keysMax: 4,
    });
    expect((await port.ask(works, { r: r.slice(0, 4) }))._entities).toHaveLength(4);
  });
});

describe("rows of our own that are more than keysMax", () => {
  const it = test.extend<{ port: AskedPort; whole: AskedPort }>({
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    port: async ({}, use) => {
      await using port = await museumPort({ keysMax: 4 });
      await use(port);
    },
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    whole: async ({}, use) => {
      await using port = await museumPort();
      await use(port);
    },
  });

  it("are asked in batches: to-manies, their aggregates and nodes, references", async ({ port, whole }) => {
    const query = `{ specimens { id children(order_by: { small: desc }) { id }
      children_aggregate { aggregate { count sum { small } } nodes { title } }
      parent { title } shelf { label } } }`;
    expect(await port.ask(query)).toEqual(await whole.ask(query));
    expect(await port.statements("{ specimens { children { id } } }")).toEqual([
      "specimens",
      ...Array(4).fill("specimens.children"),
    ]);
    expect(await port.statements("{ specimens(limit: 4) { children { id } parent { title } } }")).toEqual([
      "specimens",
      "specimens.children",
      "specimens.parent",
    ]);
  });

  test("have no more rows together than one statement may answer", async () => {
    await using port = await museumPort({ keysMax: 1, rowsMax: 5 });
    const { data, errors } = await port.answer("{ specimens(limit: 3) { children { id } } }");
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toEqual({ code: "ROWS_MAX", at: "specimens.children", rowsMax: 5 });
  });
});
