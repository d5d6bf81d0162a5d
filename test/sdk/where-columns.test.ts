// `where` on columns: every operator, nulls, negation and text, against SQL written by hand.
import { describe, expect } from "vitest";
import { ids, it } from "./support/museum-test.ts";

type Case = readonly [where: string, sql: string];

const questions: Readonly<Record<string, readonly Case[]>> = {
  "is three-valued on columns": [
    ["{}", "true"],
    ["{ small: {} }", "true"],
    ["{ small: { _eq: 5 } }", "small = 5"],
    ["{ small: { _neq: 5 } }", "small <> 5"],
    ["{ _not: { small: { _eq: 5 } } }", "not (small = 5)"],
    ["{ _not: { _not: { small: { _neq: 5 } } } }", "not (not (small <> 5))"],
    ["{ small: { _gt: 2 } }", "small > 2"],
    ["{ small: { _gte: 2 } }", "small >= 2"],
    ["{ small: { _lt: 2 } }", "small < 2"],
    ["{ small: { _lte: 2 } }", "small <= 2"],
    ["{ small: { _gte: 2, _lt: 5 } }", "small >= 2 and small < 5"],
    ["{ small: { _is_null: true } }", "small is null"],
    ["{ small: { _is_null: false } }", "small is not null"],
    ["{ _not: { small: { _is_null: true } } }", "small is not null"],
    ["{ small: { _is_null: true, _eq: 5 } }", "false"],
  ],
  "takes lists": [
    ["{ small: { _in: [5, 2, 2] } }", "small in (5, 2)"],
    ["{ small: { _nin: [5, 2] } }", "small not in (5, 2)"],
    ["{ _not: { small: { _in: [5, 2] } } }", "not (small in (5, 2))"],
    ["{ _not: { small: { _nin: [5, 2] } } }", "not (small not in (5, 2))"],
    ["{ small: { _in: [] } }", "false"],
    ["{ small: { _nin: [] } }", "true"],
    ["{ _not: { small: { _in: [] } } }", "true"],
    ["{ _not: { small: { _nin: [] } } }", "false"],
    ["{ small: { _in: 5 } }", "small = 5"],
  ],
  "combines tests": [
    ["{ _and: [] }", "true"],
    ["{ _or: [] }", "false"],
    ["{ _not: { _and: [] } }", "false"],
    ["{ _not: { _or: [] } }", "true"],
    ["{ _not: {} }", "false"],
    ["{ _and: [{}, { small: { _eq: 5 } }] }", "small = 5"],
    ["{ _or: [{}, { small: { _eq: 5 } }] }", "true"],
    ["{ _or: [{ small: { _eq: 5 } }, { flag: { _eq: false } }] }", "small = 5 or flag = false"],
    ["{ small: { _eq: 2 }, flag: { _eq: true } }", "small = 2 and flag = true"],
    ["{ small: { _eq: 2 }, _or: [{ flag: { _eq: true } }] }", "small = 2 and flag"],
    ["{ _not: { small: { _eq: 2 }, flag: { _eq: true } } }", "not (small = 2 and flag = true)"],
    ["{ _not: { _or: [{ small: { _eq: 2 } }, { flag: { _eq: true } }] } }", "not (small = 2 or flag = true)"],
    [
      "{ _or: [{ small: { _eq: 5 } }, { _and: [{ flag: { _eq: true } }, { ratio: { _gt: 1 } }] }] }",
      "small = 5 or (flag = true and ratio > 1)",
    ],
  ],
  "compares every scalar": [
    ['{ big: { _eq: "9007199254740993" } }', "big = 9007199254740993"],
    ["{ big: { _eq: 9007199254740993 } }", "big = 9007199254740993"],
    ['{ big: { _gt: "9007199254740992" } }', "big > 9007199254740992"],
    ['{ big: { _in: ["-9223372036854775808", "9223372036854775807"] } }', "abs(big::hugeint) > 1e18"],
    ["{ ratio: { _eq: 1e300 } }", "ratio = 1e300"],
    ["{ ratio: { _gt: 0.1, _lte: 0.3 } }", "ratio > 0.1::double and ratio <= 0.3::double"],
    ["{ ratio: { _in: [0.1, 0.2] } }", "ratio = 0.1::double or ratio = 0.2::double"],
    ['{ price: { _eq: "12.5" } }', "price = 12.5000"],
    ["{ price: { _eq: 12.50 } }", "price = 12.5000"],
    ['{ price: { _gt: "12.50005" } }', "price > 12.5 and price <> 12.5"],
    ['{ price: { _eq: "12.50005" } }', "false"],
    ['{ price: { _in: ["12.5001", "4", "-0.0001"] } }', "price in (12.5001, 4, -0.0001)"],
    ['{ price: { _lt: "99999999999999.9999" } }', "price < 99999999999999.9999"],
    ["{ flag: { _eq: true } }", "flag"],
    ["{ flag: { _neq: true } }", "not flag"],
    ["{ flag: { _in: [true, false] } }", "flag is not null"],
    ['{ tag: { _eq: "1" } }', "tag = '1'"],
    ["{ tag: { _eq: 1 } }", "tag = '1'"],
    ['{ tag: { _gt: "Z" } }', "tag > 'Z'"],
    ['{ day: { _eq: "2001-04-01" } }', "day = date '2001-04-01'"],
    ['{ day: { _lte: "0001-01-01" } }', "day <= date '0001-01-01'"],
    ['{ day: { _in: ["9999-12-31", "2000-02-29"] } }', "day in (date '9999-12-31', date '2000-02-29')"],
    ['{ moment: { _eq: "2001-04-01T07:00:00Z" } }', "moment = timestamptz '2001-04-01 07:00:00+00'"],
    ['{ moment: { _lt: "2001-04-01T07:00:00.000Z" } }', "moment < timestamptz '2001-04-01 07:00:00+00'"],
    [
      '{ moment: { _in: ["2001-04-01T06:59:59.999999Z"] } }',
      "moment = timestamptz '2001-04-01 06:59:59.999999+00'",
    ],
    ['{ clock: { _gte: "2001-01-31T13:59:59.999999" } }', "clock >= '2001-01-31 13:59:59.999999'"],
    ['{ clock: { _in: ["2001-01-31T14:00:00"] } }', "clock = '2001-01-31 14:00:00'"],
  ],
  "orders text by code point": [
    ['{ title: { _gt: "～" } }', "id = 5"],
    ['{ title: { _lte: "～" } }', "title is not null and id <> 5"],
    ['{ title: { _gt: "a" } }', "id in (1, 2, 3, 4, 5, 10, 11, 12, 14, 15, 16) and id not in (2)"],
    ['{ title: { _eq: "apple" } }', "id in (1, 3)"],
    ['{ title: { _eq: "" } }', "id = 6"],
  ],
  "matches patterns": [
    ['{ title: { _like: "a%" } }', "id in (1, 3, 10, 11, 12)"],
    ['{ title: { _nlike: "a%" } }', "title is not null and id not in (1, 3, 10, 11, 12)"],
    ['{ _not: { title: { _like: "a%" } } }', "title is not null and id not in (1, 3, 10, 11, 12)"],
    ['{ title: { _ilike: "A%E" } }', "id in (1, 2, 3)"],
    ['{ title: { _nilike: "A%E" } }', "title is not null and id not in (1, 2, 3)"],
    ['{ title: { _like: "" } }', "id = 6"],
    ['{ title: { _like: "%" } }', "title is not null"],
    ['{ title: { _like: "_" } }', "id in (4, 5)"],
    ['{ title: { _like: "e_f" } }', "id = 16"],
    ['{ title: { _like: "100%" } }', "id in (8, 9)"],
    [String.raw`{ title: { _like: "100\\%" } }`, "id = 8"],
    ['{ title: { _like: "a_b" } }', "id in (10, 11, 12)"],
    [String.raw`{ title: { _like: "a\\_b" } }`, "id = 10"],
    [String.raw`{ title: { _ilike: "A\\_B" } }`, "id = 10"],
    [String.raw`{ title: { _like: "a\\\\b" } }`, "id = 12"],
    [String.raw`{ title: { _like: "%\\\\%" } }`, "id = 12"],
    [String.raw`{ title: { _nlike: "%\\\\%" } }`, "title is not null and id <> 12"],
    [String.raw`{ title: { _like: "\\axb" } }`, "id = 11"],
    ['{ tag: { _ilike: "X" } }', "id in (4, 5)"],
  ],
  "takes values as values": [
    [`{ title: { _eq: "O'Brien \\"q\\"" } }`, "id = 13"],
    [`{ title: { _eq: "' or true --" } }`, "false"],
    [`{ title: { _in: ["'); drop table specimens; --", "apple"] } }`, "id in (1, 3)"],
    [`{ title: { _like: "' or '%' = '" } }`, "false"],
    ['{ title: { _eq: "$1" } }', "false"],
    ['{ title: { _eq: "[]" } }', "false"],
    ['{ title: { _in: ["{}", "NULL", "null"] } }', "false"],
  ],
};

for (const [sentence, cases] of Object.entries(questions))
  describe(`where ${sentence}`, () => {
    it.for(cases)("%s", async ([where, sql], { port, oracle }) => {
      const { specimens } = await port.ask(`{ specimens(where: ${where}) { id } }`);
      expect(ids(specimens)).toEqual(
        await oracle.column(
          `select id from (select *, "the title" as title from specimens) where ${sql} order by id`,
        ),
      );
    });
  });

describe("where in a variable", () => {
  it("is read as in a literal", async ({ port }) => {
    const where = { _or: [{ big: { _eq: "9007199254740993" } }, { price: { _in: [4.5, "0"] } }] };
    const { specimens } = await port.ask(
      "query ($where: specimens_bool_exp) { specimens(where: $where) { id } }",
      { where },
    );
    expect(ids(specimens)).toEqual([1, 3, 11]);
  });

  it.for([[null], [undefined]])("is true where it is %s", async ([where], { port }) => {
    const query = "query ($where: specimens_bool_exp) { specimens(where: $where) { id } }";
    expect((await port.ask(query, { where })).specimens).toHaveLength(16);
  });

  it("keeps values that look like SQL out of the statement", async ({ port }) => {
    const evil = "'; drop table specimens; --";
    await port.ask(`query ($t: String) { specimens(where: { title: { _eq: $t } }) { id } }`, { t: evil });
    const ran = port.events.flatMap((event) => (event.kind === "statement.ran" ? [event.sql] : []));
    expect(ran.at(-1)).toContain("$1");
    expect(ran.join()).not.toContain("drop table");
    expect((await port.ask("{ specimens { id } }")).specimens).toHaveLength(16);
  });
});
