// Values on the wire: every scalar exactly as it is, or a typed error.
import { describe, expect } from "vitest";
import { it } from "./support/museum-test.ts";

const shortFraction = (text: string) => String.raw`regexp_replace(${text}, '\.0+$|(\.\d*[1-9])0+$', '\1')`;

describe("values", () => {
  it("of every scalar are what hand-written SQL writes", async ({ port, oracle }) => {
    const { specimens } = await port.ask(
      "{ specimens { id small big ratio price title flag tag day moment clock kind } }",
    );
    const rows = await oracle.rows(`select id, small, big::varchar, ratio, ${shortFraction("price::varchar")},
      "the title", flag, tag, strftime(day, '%Y-%m-%d'),
      ${shortFraction("strftime(moment at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%f')")} || 'Z',
      ${shortFraction("strftime(clock, '%Y-%m-%dT%H:%M:%S.%f')")}, kind from specimens order by id`);
    expect(specimens.map((row: object) => Object.values(row))).toEqual(rows);
  });

  it("beyond 2^53 are exact and strings", async ({ port }) => {
    const { specimens } = await port.ask("{ specimens(limit: 5, offset: 2) { big price } }");
    expect(specimens).toEqual([
      { big: "9223372036854775807", price: "0" },
      { big: "-9223372036854775808", price: "-0.0001" },
      { big: "0", price: "99999999999999.9999" },
      { big: "1", price: null },
      { big: null, price: "3.14" },
    ]);
  });

  it.for([
    ['big: { _eq: "9223372036854775808" }'],
    ["big: { _eq: 1.5 }"],
    ['big: { _eq: "0x10" }'],
    ['price: { _eq: "1e3" }'],
    ['price: { _eq: "NaN" }'],
    ['price: { _eq: "123456789012345678901234567890123456789" }'],
    ['day: { _eq: "2001-02-29" }'],
    ['day: { _eq: "2001-1-1" }'],
    ['day: { _eq: "0000-01-01" }'],
    ['day: { _eq: "2001-01-01T00:00:00Z" }'],
    ['moment: { _eq: "2001-01-01T00:00:00" }'],
    ['moment: { _eq: "2001-01-01T00:00:00+01:00" }'],
    ['moment: { _eq: "2001-01-01T24:00:00Z" }'],
    ['moment: { _eq: "2001-01-01T00:00:00.0000001Z" }'],
    ['clock: { _eq: "2001-01-01T00:00:00Z" }'],
    ['clock: { _eq: "2001-01-01 00:00:00" }'],
    ["small: { _eq: 2147483648 }"],
    ['small: { _eq: "5" }'],
    ["title: { _eq: 5 }"],
    ["flag: { _gt: false }"],
    ['flag: { _like: "t" }'],
    ['small: { _like: "5" }'],
    ["nothing: { _eq: 5 }"],
    ["small: { _regex: 5 }"],
  ])("refuses %s before a statement runs", async ([where], { port }) => {
    const before = port.events.length;
    expect(await port.codes(`{ specimens(where: { ${where} }) { id } }`)).toEqual([
      "GRAPHQL_VALIDATION_FAILED",
    ]);
    expect(port.events).toHaveLength(before);
  });

  it.for([
    ["BigInt", 2 ** 53],
    ["BigInt", "1.0"],
    ["Decimal", true],
    ["Date", 20010101],
    ["DateTime", "soon"],
  ] as const)("refuses a variable of %s that is %s", async ([scalar, value], { port }) => {
    const field = { BigInt: "big", Decimal: "price", Date: "day", DateTime: "moment" }[scalar];
    const query = `query ($v: ${scalar}) { specimens(where: { ${field}: { _eq: $v } }) { id } }`;
    expect(await port.codes(query, { v: value })).toEqual(["BAD_USER_INPUT"]);
  });
});
