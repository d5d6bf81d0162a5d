// Values that DuckDB can store and a scalar cannot carry, decimals of many digits, and counts beyond an Int.
import { describe, expect, test } from "vitest";
import { defineProduct, duckdb, type Product } from "weft/sdk";
import { askedPort } from "./support/asking.ts";

/** One table `samples` with a value column of a physical type that may hold more than its scalar. */
function sample(
  type: "String" | "Int" | "BigInt" | "Float" | "Decimal" | "Date" | "DateTime",
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
    ["BigInt", "hugeint", "9223372036854775808"],
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

  test("is one in max too", async () => {
    await using port = await askedPort(sample("Float", "double", "'nan'"));
    const query = "{ samples_aggregate { aggregate { max { sample } } } }";
    expect(await port.codes(query)).toEqual(["VALUE_NOT_REPRESENTABLE"]);
  });

  test.each([["sum"], ["avg"], ["var_pop"], ["stddev_pop"]])("is out of range in %s", async (name) => {
    for (const values of ["['nan', '1']", "['infinity', '1']", "['1.7e308', '1.7e308']"]) {
      // The deviation of two equal numbers is zero, however large.
      if (values.includes("1.7e308") && /_pop$/.test(name)) continue;
      await using port = await askedPort(sample("Float", "double", `unnest(${values})`));
      const query = `{ samples_aggregate { aggregate { ${name} { sample } } } }`;
      expect([values, await port.codes(query)]).toEqual([values, ["OUT_OF_RANGE"]]);
    }
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

  test("have exact deviations whatever the number of digits", async () => {
    const values = ["1234567890123456789012345678.5000000001", "1234567890123456789012345678.5000000003"];
    await using port = await askedPort(
      sample("Decimal", "decimal(38, 10)", `unnest([${values}]::decimal(38, 10)[])`),
    );
    const query = "{ samples_aggregate { aggregate { var_pop { sample } stddev_pop { sample } } } }";
    const { var_pop, stddev_pop } = (await port.ask(query)).samples_aggregate.aggregate;
    expect(var_pop.sample / 1e-20).toBeCloseTo(1, 12);
    expect(stddev_pop.sample / 1e-10).toBeCloseTo(1, 12);
  });

  test("that are whole numbers in the table have deviations too", async () => {
    await using port = await askedPort(sample("Decimal", "hugeint", "unnest([1, 3])"));
    const query = "{ samples_aggregate { aggregate { var_pop { sample } sum { sample } } } }";
    expect((await port.ask(query)).samples_aggregate.aggregate).toEqual({
      var_pop: { sample: 1 },
      sum: { sample: "4" },
    });
  });

  test("whose sum has more than 38 digits are a typed error", async () => {
    const product = sample("Decimal", "decimal(38, 0)", `unnest([${"9".repeat(38)}, ${"9".repeat(38)}])`);
    await using port = await askedPort(product);
    const query = "{ samples_aggregate { aggregate { sum { sample } } } }";
    expect(await port.codes(query)).toEqual(["OUT_OF_RANGE"]);
  });
});

describe("a text with a NUL, which only DuckDB can store", () => {
  test("is answered as it is, and cannot be asked for", async () => {
    await using port = await askedPort(sample("String", "varchar", "'a' || chr(0) || 'b'"));
    expect((await port.ask("{ samples { sample } }")).samples).toEqual([{ sample: "a\u0000b" }]);
    const asked = String.raw`{ samples(where: { sample: { _eq: "a\u0000b" } }) { id } }`;
    expect(await port.codes(asked)).toEqual(["TEXT_MALFORMED"]);
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

describe("a count", () => {
  test("beyond 2^31 - 1 is a typed error", async () => {
    const wide = `(values (1)) as one(id), range(65536) as a, range(32768) as b`;
    const product = defineProduct({
      id: "wide",
      version: "1.0.0",
      domain: "test",
      owner: "Test",
      contact: "test@weft.example",
      freshness: { slo: "P1D" },
      // A view: 2^31 rows that are never stored.
      engine: duckdb({
        load: [`create view rows as select id::integer as id, null::integer as half from ${wide}`],
      }),
      entities: {
        Wide: {
          description: "A row.",
          collection: "rows",
          key: ["id"],
          columns: {
            id: { type: "Int!", description: "Number." },
            half: { type: "Int", description: "Nothing." },
          },
        },
      },
    });
    await using port = await askedPort(product);
    expect(await port.codes("{ rows_aggregate { aggregate { count } } }")).toEqual(["COUNT_TOO_LARGE"]);
    expect(await port.ask("{ rows_aggregate { aggregate { count(column: half) } } }")).toEqual({
      rows_aggregate: { aggregate: { count: 0 } },
    });
  });
});
