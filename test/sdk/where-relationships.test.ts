// `where` through relationships: every nested object means EXISTS, TRUE or FALSE and never UNKNOWN.
import { describe, expect } from "vitest";
import { ids, it } from "./support/museum-test.ts";

const shelf = (test: string) =>
  `exists (from shelves h where h.room = s.shelf_room and h.no = s.shelf_no and (${test}))`;
const children = (test: string) => `exists (from specimens c where c.parent = s.id and (${test}))`;
const makerKey = "maker_country is not null and maker_serial is not null";

const cases: readonly (readonly [sentence: string, where: string, sql: string])[] = [
  [
    "finds by a column of the target",
    '{ shelf: { label: { _eq: "birds" } } }',
    shelf(`"the ""label""" = 'birds'`),
  ],
  [
    "negates outside the relationship for null, dangling and unknown alike",
    '{ _not: { shelf: { label: { _eq: "birds" } } } }',
    `not ${shelf(`"the ""label""" = 'birds'`)}`,
  ],
  [
    "negates inside the relationship with three values",
    '{ shelf: { _not: { label: { _eq: "birds" } } } }',
    shelf(`not ("the ""label""" = 'birds')`),
  ],
  [
    "finds by a null of the target",
    "{ shelf: { label: { _is_null: true } } }",
    shelf(`"the ""label""" is null`),
  ],
  [
    "leaves null and dangling references out of a null of the target",
    "{ _not: { shelf: { label: { _is_null: true } } } }",
    `not ${shelf(`"the ""label""" is null`)}`,
  ],
  [
    "follows two references",
    '{ shelf: { keeper: { name: { _eq: "Ann" } } } }',
    shelf("exists (from keepers k where k.id = h.keeper and k.name = 'Ann')"),
  ],
  [
    "negates between two references",
    '{ shelf: { _not: { keeper: { name: { _eq: "Ann" } } } } }',
    shelf("not exists (from keepers k where k.id = h.keeper and k.name = 'Ann')"),
  ],
  [
    "follows a reference to itself",
    "{ parent: { small: { _eq: 5 } } }",
    "parent in (select id from specimens where small = 5)",
  ],
  [
    "follows a reference to itself twice",
    '{ parent: { parent: { title: { _eq: "apple" } } } }',
    `exists (from specimens p where p.id = s.parent and exists (from specimens g where g.id = p.parent and g."the title" = 'apple'))`,
  ],
  [
    "finds a row that is its own parent",
    "{ parent: { parent: { parent: { id: { _eq: 15 } } } } }",
    "id = 15",
  ],
  ["means some of a to-many", "{ children: { small: { _gt: 1 } } }", children("c.small > 1")],
  ["means any of a to-many by {}", "{ children: {} }", children("true")],
  ["means none of a to-many by _not", "{ _not: { children: {} } }", `not ${children("true")}`],
  [
    "keeps rows whose children are unknown under _not",
    "{ _not: { children: { small: { _gt: 1 } } } }",
    `not ${children("c.small > 1")}`,
  ],
  [
    "asks two children for two tests of _and",
    "{ _and: [{ children: { id: { _eq: 2 } } }, { children: { id: { _eq: 3 } } }] }",
    "id = 1",
  ],
  [
    "asks one child for two tests",
    "{ children: { _and: [{ id: { _eq: 2 } }, { id: { _eq: 3 } }] } }",
    "false",
  ],
  [
    "goes to-many and back to-one",
    '{ children: { shelf: { keeper: { name: { _eq: "Bob" } } } } }',
    children(
      "exists (from shelves h where h.room = c.shelf_room and h.no = c.shelf_no and exists (from keepers k where k.id = h.keeper and k.name = 'Bob'))",
    ),
  ],

  ["asks for the null reference", "{ parent: { _is_null: true } }", "parent is null"],
  [
    "asks for the present reference, dangling or not",
    "{ parent: { _is_null: false } }",
    "parent is not null",
  ],
  [
    "calls a composite reference null where any part is",
    "{ shelf: { _is_null: true } }",
    "shelf_room is null or shelf_no is null",
  ],
  [
    "calls a composite reference present where all parts are",
    "{ shelf: { _is_null: false } }",
    "shelf_room is not null and shelf_no is not null",
  ],
  [
    "negates the null reference",
    "{ _not: { shelf: { _is_null: true } } }",
    "shelf_room is not null and shelf_no is not null",
  ],
  [
    "takes _is_null and tests together",
    '{ shelf: { _is_null: false, room: { _eq: "A" } } }',
    "shelf_room = 'A' and shelf_no is not null",
  ],
  ["contradicts itself quietly", '{ shelf: { _is_null: true, room: { _eq: "A" } } }', "false"],
  [
    "binds an anti-join by _nin or _is_null",
    '{ _or: [{ maker: { country: { _nin: ["FR", "DE"] } } }, { maker: { _is_null: true } }] }',
    `(${makerKey} and maker_country not in ('FR', 'DE')) or not (${makerKey})`,
  ],

  [
    "answers the key of a neighbour from own columns",
    '{ maker: { country: { _eq: "FR" } } }',
    `${makerKey} and maker_country = 'FR'`,
  ],
  [
    "is false where part of the key is null, whatever the test",
    '{ maker: { country: { _eq: "DE" } } }',
    `${makerKey} and maker_country = 'DE'`,
  ],
  [
    "is true under _not there",
    '{ _not: { maker: { country: { _eq: "DE" } } } }',
    `not (${makerKey} and maker_country = 'DE')`,
  ],
  [
    "keeps null keys out of _not inside",
    '{ maker: { _not: { country: { _eq: "FR" } } } }',
    `${makerKey} and maker_country <> 'FR'`,
  ],
  ["finds no null part in a present key", "{ maker: { country: { _is_null: true } } }", "false"],
  ["means present by {}", "{ maker: {} }", makerKey],
  [
    "combines tests of the key",
    '{ maker: { _or: [{ country: { _eq: "us" } }, { serial: { _lte: 1 } }] } }',
    `${makerKey} and (maker_country = 'us' or maker_serial <= 1)`,
  ],
  [
    "compares keys exactly",
    '{ maker: { serial: { _eq: "9007199254740993" } } }',
    "maker_serial = 9007199254740993",
  ],
  ["matches keys", '{ maker: { country: { _ilike: "US" } } }', `${makerKey} and maker_country ilike 'us'`],
  ["takes empty lists of keys", "{ maker: { country: { _in: [] } } }", "false"],
  ["takes empty lists of other keys", "{ maker: { country: { _nin: [] } } }", makerKey],
  [
    "reads a published key through its reference",
    '{ kindOf: { code: { _neq: "stone" } } }',
    "kind <> 'stone'",
  ],
  [
    "negates it with two values",
    '{ _not: { kindOf: { code: { _neq: "stone" } } } }',
    "kind is null or kind = 'stone'",
  ],
  ["negates its column with three", '{ _not: { kind: { _neq: "stone" } } }', "kind = 'stone'"],

  [
    "lets a dangling key satisfy a test of the key alone",
    '{ shelf: { room: { _in: ["Z", "C"] } } }',
    "shelf_room in ('Z', 'C') and shelf_no is not null",
  ],
  [
    "asks with {} for the row of our own, which a dangling key has not",
    "{ shelf: {} }",
    "exists (from shelves h where h.room = shelf_room and h.no = shelf_no)",
  ],
  [
    "lets no dangling key satisfy a test of more",
    '{ shelf: { room: { _in: ["Z", "C"] }, label: { _is_null: true } } }',
    "false",
  ],
];

describe("where through relationships", () => {
  it.for(cases)("%s", async ([, where, sql], { port, oracle }) => {
    const { specimens } = await port.ask(`{ specimens(where: ${where}) { id } }`);
    expect(ids(specimens)).toEqual(
      await oracle.column(`select id from specimens s where ${sql} order by id`),
    );
  });

  it("reaches the to-many of another table", async ({ port, oracle }) => {
    const { keepers } = await port.ask(
      '{ keepers(where: { shelves: { specimens: { kind: { _eq: "wing" } } } }) { id } }',
    );
    expect(ids(keepers)).toEqual(
      await oracle.column(`select distinct h.keeper from shelves h
        join specimens s on (s.shelf_room, s.shelf_no) = (h.room, h.no)
        join keepers k on k.id = h.keeper where s.kind = 'wing' order by 1`),
    );
  });

  it("goes as deep as 60 relationships", async ({ port }) => {
    const own = `${"{ parent: ".repeat(60)}{ id: { _eq: 15 } }${" }".repeat(60)}`;
    expect((await port.ask(`{ specimens(where: ${own}) { id } }`)).specimens).toEqual([{ id: 15 }]);
  });
});

describe("_is_null beneath a relationship's _and, _or and _not", () => {
  it.for([["maker"], ["shelf"], ["kindOf"]])("is not in the schema for %s", async ([reference], { port }) => {
    const query = `{ specimens(where: { ${reference}: { _or: [{ _is_null: true }] } }) { id } }`;
    expect(await port.codes(query)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});
