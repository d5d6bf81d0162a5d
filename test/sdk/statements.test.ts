// How many statements an answer takes: one for each collection field, one for each type of `_entities`.
import { describe, expect } from "vitest";
import { it } from "./support/museum-test.ts";

const cases: readonly (readonly [sentence: string, query: string, statements: readonly string[]])[] = [
  ["a list", "{ specimens { id title } }", ["specimens"]],
  [
    "a list that filters and sorts by relationships",
    '{ specimens(where: { shelf: { keeper: { name: { _eq: "Ann" } } } }, order_by: { children_aggregate: { count: asc } }) { id } }',
    ["specimens"],
  ],
  ["two aliases of a list", "{ a: specimens { id } b: specimens { id } }", ["a", "b"]],
  ["_by_pk", "{ specimens_by_pk(id: 1) { id } }", ["specimens_by_pk"]],
  [
    "the keys of references",
    "{ specimens { shelf { room number } parent { id } maker { country serial } kindOf { code } } }",
    ["specimens"],
  ],
  [
    "the keys of references with __typename",
    "{ specimens { shelf { __typename room } parent { __typename id } maker { __typename } } }",
    ["specimens"],
  ],
  ["a reference of our own", "{ specimens { shelf { label } } }", ["specimens", "specimens.shelf"]],
  [
    "a path of references",
    "{ specimens { shelf { keeper { name } } parent { title } } }",
    ["specimens", "specimens.parent", "specimens.shelf", "specimens.shelf.keeper"],
  ],
  ["a to-many", "{ specimens { children { id } } }", ["specimens", "specimens.children"]],
  [
    "to-manies in to-manies",
    "{ keepers { shelves { specimens { children { id } } } } }",
    ["keepers", "keepers.shelves", "keepers.shelves.specimens", "keepers.shelves.specimens.children"],
  ],
  [
    "a to-many and the reference back",
    "{ shelves { specimens { shelf { room } } } }",
    ["shelves", "shelves.specimens"],
  ],
  [
    "aggregates under parents",
    "{ specimens { children_aggregate { aggregate { count sum { small } } } } }",
    ["specimens", "specimens.children_aggregate.aggregate"],
  ],
  [
    "aggregates and rows under parents",
    "{ shelves { specimens_aggregate { aggregate { count } nodes { title } } } }",
    ["shelves", "shelves.specimens_aggregate.aggregate", "shelves.specimens_aggregate.nodes"],
  ],
  [
    "an aggregate",
    "{ specimens_aggregate { aggregate { count avg { small } max { title } } } }",
    ["specimens_aggregate.aggregate"],
  ],
  ["an aggregate's rows alone", "{ specimens_aggregate { nodes { id } } }", ["specimens_aggregate.nodes"]],
  [
    "no aggregate at all",
    "{ specimens_aggregate { __typename aggregate { __typename sum { __typename } } } }",
    [],
  ],
  [
    "groups",
    "{ specimens_groups(having: { count: { _gt: 1 } }) { by { shelf { keeper { name } } } aggregate { count } } }",
    ["specimens_groups"],
  ],
  [
    "a list without rows",
    "{ specimens(where: { _or: [] }) { children { id } shelf { label } } }",
    ["specimens"],
  ],
];

describe("one statement for each collection field", () => {
  it.for(cases)("%s", async ([, query, statements], { port }) => {
    expect(await port.statements(query)).toEqual(statements);
  });
});

describe("one statement for each type of _entities", () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on Specimen { title shelf { room } children { id } }
    ... on Shelf { label }
    ... on Maker { country works { id } }
    ... on Kind { code }
  } }`;

  it("however many there are of it", async ({ port }) => {
    const r = [
      ...Array.from({ length: 50 }, (_, id) => ({ __typename: "Specimen", id: id % 20 })),
      ...["A", "B", "C", "?"].map((room) => ({ __typename: "Shelf", room, number: 1 })),
    ];
    expect(await port.statements(query, { r })).toEqual(["_entities", "_entities", "_entities.children"]);
  });

  it("and none for the keys of neighbours", async ({ port }) => {
    const r = ["FR", "DE"].map((country) => ({ __typename: "Kind", code: country }));
    expect(await port.statements(query, { r })).toEqual([]);
  });

  it("and one for a neighbour's to-many", async ({ port }) => {
    const r = ["FR", "DE"].map((country) => ({ __typename: "Maker", country, serial: "1" }));
    expect(await port.statements(query, { r })).toEqual(["_entities.works"]);
  });
});

describe("many statements of one question", () => {
  it("wait without a word in the log", async ({ port }) => {
    const warnings: string[] = [];
    const hear = ({ name }: Error) => warnings.push(name);
    process.on("warning", hear);
    const lists = Array.from({ length: 30 }, (_, i) => `a${i}: specimens { id }`);
    expect(await port.statements(`{ ${lists.join(" ")} }`)).toHaveLength(30);
    process.off("warning", hear);
    expect(warnings).toEqual([]);
  });
});

describe("a statement that ran", () => {
  it("is reported with its text, its rows and its time", async ({ port }) => {
    await port.ask("{ specimens(limit: 3) { id } }");
    expect(port.events.at(-1)).toEqual({
      kind: "statement.ran",
      at: "specimens",
      sql: expect.stringMatching(/^select .* from "specimens" as "t0" where true order by .* limit/),
      rows: 3,
      tookMs: expect.any(Number),
    });
  });

  it("reads the columns that were selected, and those of the keys", async ({ port }) => {
    await port.ask("{ specimens { title } }");
    const event = port.events.at(-1);
    expect(event?.kind === "statement.ran" && event.sql.split(" from ")[0]).toBe(
      'select "t0"."id" as "c0", "t0"."the title" as "c1"',
    );
  });
});
