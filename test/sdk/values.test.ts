// Values on the wire: every scalar exactly as it is, or a typed error.
import { describe, expect, test } from "vitest";
import { defineProduct, duckdb, type Product } from "weft/sdk";
import { askedPort } from "./support/asking.ts";
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

/** One table `samples` with a value column of a physical type that may hold more than its scalar. */
function sample(
  type: "Int" | "BigInt" | "Float" | "Decimal" | "Date" | "DateTime",
  physical: string,
  value: string,
): Product {
  return defineProduct({
    id: "samples",
    version: "1.0.0",
    domain: "test",
    owner: "Test",
    contact: "test@weft.example",
    freshness: { slo: "P1D" },
    engine: duckdb({
      load: [`create table samples as select 1::integer as id, ${value}::${physical} as sample`],
      memoryMax: "64MB",
    }),
    entities: {
      Sample: {
        description: "A sample.",
        collection: "samples",
        key: ["id"],
        columns: {
          id: { type: "Int!", description: "Number." },
          sample: { type, description: "The sample." },
        },
      },
    },
  });
}

describe("a value that its scalar cannot carry", () => {
  test.each([
    ["Float", "double", "'nan'"],
    ["Float", "double", "'infinity'"],
    ["Float", "double", "'-infinity'"],
    ["Int", "bigint", "2147483648"],
    ["Int", "double", "1.5"],
    ["BigInt", "hugeint", "9223372036854775808"],
    ["BigInt", "double", "1.5"],
    ["Decimal", "double", "'nan'"],
    ["Decimal", "double", "1e300"],
    ["Date", "date", "'infinity'"],
    ["Date", "date", "'0044-03-15 (BC)'"],
    ["Date", "date", "'10000-01-01'"],
    ["DateTime", "timestamptz", "'-infinity'"],
    ["DateTime", "timestamptz", "'10000-01-01 00:00:00+00'"],
    ["DateTime", "timestamptz", "('0001-01-01 00:00:00+00'::timestamptz - interval 1 second)"],
  ] as const)("is a typed error: %s of the %s %s", async (type, physical, value) => {
    await using port = await askedPort(sample(type, physical, value));
    expect(await port.codes("{ samples { sample } }")).toEqual(["VALUE_NOT_REPRESENTABLE"]);
    expect(await port.ask("{ samples { id } }")).toEqual({ samples: [{ id: 1 }] });
  });

  test.each([["sum"], ["avg"], ["max"]])("is one in %s too", async (name) => {
    await using port = await askedPort(sample("Float", "double", "'nan'"));
    const query = `{ samples_aggregate { aggregate { ${name} { sample } } } }`;
    expect(await port.codes(query)).toEqual(["VALUE_NOT_REPRESENTABLE"]);
  });

  test.each([["var_pop"], ["stddev_pop"]])("is out of range in %s", async (name) => {
    await using port = await askedPort(sample("Float", "double", "unnest(['infinity', '1'])"));
    const query = `{ samples_aggregate { aggregate { ${name} { sample } } } }`;
    expect(await port.codes(query)).toEqual(["OUT_OF_RANGE"]);
  });

  test("is an error of the caller's that does not show the value", async () => {
    await using port = await askedPort(sample("Int", "bigint", "4242424242"));
    const { errors } = await port.answer("{ samples { sample } }");
    expect(errors?.[0]?.message).toBe(
      "samples: a value of sample cannot be written as Int (not a number, infinite, or out of range). Exclude it with `where`, or tell the product's owner.",
    );
  });
});

describe("decimals", () => {
  test("are listed as they are compared, whatever the number of places", async () => {
    await using port = await askedPort(sample("Decimal", "decimal(38, 4)", "'-0.0001'"));
    const holds = async (test: string) =>
      (await port.ask(`{ samples(where: { sample: ${test} }) { id } }`)).samples.length === 1;
    expect(await holds('{ _in: ["0"] }')).toBe(false);
    expect(await holds('{ _nin: ["0"] }')).toBe(true);
    expect(await holds('{ _in: ["0", "-0.00010"] }')).toBe(true);
    expect(await holds('{ _in: ["-0.00012"] }')).toBe(false);
    expect(await holds('{ _eq: "-0.0001000000" }')).toBe(true);
  });

  test("of more digits than fit beside the column's are a typed error, never a rounded answer", async () => {
    await using port = await askedPort(sample("Decimal", "decimal(38, 4)", "'1.5'"));
    const nines = "9".repeat(38);
    expect(await port.codes(`{ samples(where: { sample: { _lt: "${nines}" } }) { id } }`)).toEqual([
      "OUT_OF_RANGE",
    ]);
    expect(await port.codes(`{ samples(where: { sample: { _in: ["${nines}"] } }) { id } }`)).toEqual([
      "OUT_OF_RANGE",
    ]);
  });

  test("whose sum has more than 38 digits are a typed error", async () => {
    const product = sample("Decimal", "decimal(38, 0)", `unnest([${"9".repeat(38)}, ${"9".repeat(38)}])`);
    await using port = await askedPort(product);
    const query = "{ samples_aggregate { aggregate { sum { sample } } } }";
    expect(await port.codes(query)).toEqual(["OUT_OF_RANGE"]);
  });
});

describe("times", () => {
  test.each([
    ["2300-06-01 00:00:00.000016", "2300-06-01T00:00:00.000016Z"],
    ["9999-12-31 23:59:59.000017", "9999-12-31T23:59:59.000017Z"],
    ["9999-12-31 23:59:59.999999", "9999-12-31T23:59:59.999999Z"],
    ["0001-01-01 00:00:00.000001", "0001-01-01T00:00:00.000001Z"],
    ["1969-12-31 23:59:59.9", "1969-12-31T23:59:59.9Z"],
    ["1970-01-01 00:00:00", "1970-01-01T00:00:00Z"],
  ])("%s keeps its microseconds", async (stored, written) => {
    await using port = await askedPort(sample("DateTime", "timestamptz", `'${stored}+00'`));
    expect((await port.ask("{ samples { sample } }")).samples).toEqual([{ sample: written }]);
    const asked = `{ samples(where: { sample: { _eq: "${written}" } }) { id } }`;
    expect((await port.ask(asked)).samples).toEqual([{ id: 1 }]);
  });
});
