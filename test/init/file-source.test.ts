// What is read of CSV and Parquet files: types, keys, counts; and how each that cannot be read is told.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fault } from "../../schema/product/fault.ts";
import { openSource } from "../../sdk/introspect/open-source.ts";
import type { SourceTable } from "../../sdk/introspect/source-table.ts";
import { duckdb, sql } from "../../sdk/sql/duckdb-engine.ts";
import { type TemporaryDirectory, temporaryDirectory } from "../setup/temporary-directory.ts";

const signal = new AbortController().signal;
let directory: TemporaryDirectory;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory[Symbol.asyncDispose]());

async function read(name: string, text: string): Promise<SourceTable> {
  const file = join(directory.path, name);
  await writeFile(file, text);
  await using source = await openSource(file, { signal });
  return source.table;
}

const scalars = ({ columns }: SourceTable) =>
  Object.fromEntries(columns.map(({ name, scalars: [first] }) => [name, first]));

describe("a CSV file", () => {
  it("says by its values what its columns are", async () => {
    const table = await read(
      "all.csv",
      `id,zip,big,price,ok,day,at,when,clock,note
1,00501,99999999999,1.5,true,2001-01-02,2001-01-02 10:00:00,2020-01-01T00:00:00Z,10:00,
2,90210,1,2,false,2001-02-03,2001-01-02 11:00:00,2020-01-01T02:00:00+02:00,11:30,"x, ""y"""
`,
    );
    expect(scalars(table)).toEqual({
      id: "Int",
      zip: "String",
      big: "BigInt",
      price: "Float",
      ok: "Boolean",
      day: "Date",
      at: "LocalDateTime",
      when: "DateTime",
      clock: "String",
      note: "String",
    });
    expect(table).toMatchObject({ name: "all", rows: 2, rowsExact: true, leftOut: [], foreignKeys: [] });
    expect(table.columns.find(({ name }) => name === "note")).toMatchObject({ nulls: 1, required: false });
  });

  it("has its likeliest key first, and none that repeats or is null", async () => {
    const { keys } = await read("keys.csv", "name,kind,code,number\nA,x,c1,\nB,x,c2,2\nC,y,c3,3\n");
    expect(keys).toEqual([["code"], ["name"]]);
  });

  it("has a key of two columns where none is one by itself", async () => {
    const { keys } = await read("pairs.csv", "line,stop,minute\n1,a,5\n1,b,5\n2,a,7\n2,b,7\n");
    expect(keys).toEqual(
      [
        ["line", "stop"],
        ["stop", "minute"],
      ].toSorted(),
    );
  });

  it("is read by its own signs, and days as it writes them", async () => {
    const table = await read("signs.csv", "code;day\nA;31/12/2001\nB;01/01/2002\n");
    expect(scalars(table)).toEqual({ code: "String", day: "Date" });
    expect(table.place).toMatchObject({ form: { delimiter: ";", dateFormat: "%d/%m/%Y" } });
  });

  it("may have comments, tabs, no header, and lines that end as elsewhere", async () => {
    const remarks = await read("remarks.csv", "# made today\n# by us\nid,name\n1,a\n2,b\n# the end\n3,c\n");
    expect(scalars(remarks)).toEqual({ id: "Int", name: "String" });
    expect(remarks.rows).toBe(3);
    expect(scalars(await read("tabs.tsv", "id\tname\r\n1\ta\r\n2\tb\r\n"))).toEqual({
      id: "Int",
      name: "String",
    });
    expect(scalars(await read("bare.csv", "1,a\n2,b\n"))).toEqual({ column0: "Int", column1: "String" });
  });

  it.each([
    ["empty.csv", "", "SOURCE_EMPTY"],
    ["headers.csv", "a,b\n", "SOURCE_EMPTY"],
    ["notes.txt", "a", "SOURCE_UNKNOWN"],
    ["broken.parquet", "no parquet", "SOURCE_UNREADABLE"],
  ])("%s is refused", async (name, text, code) => {
    expect(await read(name, text).catch(({ code: told }: Fault) => told)).toBe(code);
  });

  it.each([["absent.csv"], ["folder.csv"]])("that is no file is refused: %s", async (name) => {
    await mkdir(join(directory.path, "folder.csv"), { recursive: true });
    const opened = openSource(join(directory.path, name), { signal });
    expect(await opened.catch(({ code }: Fault) => code)).toBe("SOURCE_UNREADABLE");
  });
});

describe("a Parquet file", () => {
  it("says what its columns are; what no scalar serves is left out and told", async () => {
    const file = join(directory.path, "all.parquet");
    const select = `select 1::integer as id, 2::bigint as big, 1.5::decimal(9, 2) as price, 2.5::float as weight,
      uuid() as u, [1, 2] as list, 'x'::blob as raw, date '2001-01-02' as day`;
    const engine = await duckdb({ load: [`${sql`copy (`}${select}${sql`) to ${file} (format parquet)`}`] })();
    await engine[Symbol.asyncDispose]();
    await using source = await openSource(file, { signal });
    expect(scalars(source.table)).toEqual({
      id: "Int",
      big: "BigInt",
      price: "Decimal",
      weight: "Float",
      u: "String",
      day: "Date",
    });
    expect(source.table.leftOut).toEqual([
      { name: "list", type: "INTEGER[]" },
      { name: "raw", type: "BLOB" },
    ]);
  });
});

describe("a sample", () => {
  it("is of distinct values without nulls, as many as are wanted at most", async () => {
    const file = join(directory.path, "sample.csv");
    await writeFile(file, "id,kind\n1,a\n2,a\n3,\n4,b\n5,c\n");
    await using source = await openSource(file, { signal });
    expect((await source.sample(["kind"], 10, { signal })).toSorted()).toEqual([["a"], ["b"], ["c"]]);
    expect(await source.sample(["kind"], 2, { signal })).toHaveLength(2);
    expect(await source.countDistinct(["kind"], { signal })).toBe(4);
  });
});
