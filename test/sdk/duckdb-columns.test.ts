// What a port of DuckDB refuses to start with: columns that are not there, or whose values mean something else.
import { describe, expect, test } from "vitest";
import { type ColumnDefinition, defineProduct, duckdb, type Product } from "weft/sdk";
import { askedPort } from "./support/asking.ts";
import { museum } from "./support/museum.ts";
import { code } from "./support/one-statement.ts";

type Scalar = ColumnDefinition["type"];

function product(type: Scalar, load: readonly string[], column = "sample"): Product {
  return defineProduct({
    id: "samples",
    version: "1.0.0",
    domain: "test",
    owner: "Test",
    contact: "test@weft.example",
    freshness: { slo: "P1D" },
    engine: duckdb({ load, memoryMax: "64MB" }),
    entities: {
      Sample: {
        description: "A sample.",
        collection: "samples",
        key: ["id"],
        columns: {
          id: { type: "Int!", description: "Number." },
          value: { type, description: "The sample.", column },
        },
      },
    },
  });
}
const table = (physical: string) => `create table samples (id integer, sample ${physical})`;
const opened = async (asked: Product) => {
  await using _port = await askedPort(asked);
};

describe("a port does not start", () => {
  test.each([
    ["ID", "integer"],
    ["String", "json"],
    ["String", "uuid[]"],
    ["String", "enum ('a', 'b')[]"],
    ["String", "blob"],
    ["String", "varchar[]"],
    ["Int", "double"],
    ["Int", "decimal(9, 0)"],
    ["BigInt", "decimal(18, 0)"],
    ["Float", "real"],
    ["Float", "bigint"],
    ["Float", "decimal(18, 4)"],
    ["Decimal", "double"],
    ["Date", "timestamp"],
    ["DateTime", "timestamp"],
    ["DateTime", "varchar"],
    ["LocalDateTime", "timestamptz"],
    ["LocalDateTime", "timestamp_ns"],
    ["Boolean", "integer"],
  ] as const)("with a %s that is a %s", async (type, physical) => {
    expect(await code(opened(product(type, [table(physical)])))).toBe("COLUMN_TYPE");
  });

  test.each([
    ["nocase"],
    ["noaccent"],
    ["nfc"],
    ["nocase.noaccent"],
    ["de"],
  ])("with text that is compared by the collation %s, also in a view", async (collation) => {
    const load = [
      `create table kept (id integer, sample varchar collate ${collation})`,
      "create view samples as select * from kept",
    ];
    expect(await code(opened(product("String", load)))).toBe("COLUMN_TYPE");
  });

  test("and says which column of what, its type, and what to do", async () => {
    await expect(opened(product("String", [table("blob")]))).rejects.toMatchObject({
      message:
        "Product samples, samples.value: the column sample of samples is of type BLOB, and its scalar String takes VARCHAR, UUID, ENUM. Cast it in a view and name that as `table`, or declare the scalar that fits.",
      extensions: { product: "samples", field: "samples.value", column: "sample", type: "BLOB" },
    });
  });

  test.each([
    ["table", ["create table others (id integer, sample varchar)"], "sample"],
    ["column", [table("varchar")], "smple"],
  ] as const)("without a %s", async (_, load, column) => {
    expect(await code(opened(product("String", load, column)))).toBe("COLUMN_MISSING");
  });
});

describe("a port starts", () => {
  test.each([
    ["Int", "tinyint"],
    ["Int", "bigint"],
    ["BigInt", "hugeint"],
    ["Decimal", "decimal(38, 10)"],
    ["Decimal", "bigint"],
    ["String", "varchar"],
    ["String", "text"],
    ["ID", "uuid"],
    ["String", "enum ('b', 'a')"],
  ] as const)("with a %s that is a %s", async (type, physical) => {
    expect(await code(opened(product(type, [table(physical)])))).toBe("no error");
  });

  test("with a view, and with names in other letters than they were made in", async () => {
    const load = ["create view SAMPLES as select 1::integer as ID, 'a' as Sample"];
    await using port = await askedPort(product("String", load));
    expect(await port.ask("{ samples { value } }")).toEqual({ samples: [{ value: "a" }] });
  });

  test("with two fields of one column", async () => {
    const twice = product("String", ["create table samples as select 1::integer as id, 'a' as sample"]);
    const [sample] = [...twice.entities.values()];
    const value = sample?.columns.get("value");
    if (!sample || !value) throw new Error("the product has the field");
    const columns = new Map([...sample.columns, ["other", { ...value, name: "other" }]]);
    await using port = await askedPort({
      ...twice,
      openEngine: () =>
        twice.openEngine({ ...twice, entities: new Map([["Sample", { ...sample, columns }]]) }),
    });
    expect(await port.ask("{ samples { value } }")).toEqual({ samples: [{ value: "a" }] });
  });

  test("without a statement that is reported", async () => {
    await using port = await askedPort(museum());
    expect(port.events).toEqual([]);
  });
});
