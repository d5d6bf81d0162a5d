// Watermarks: how far a source has got, from a column of the entity or from a table's own clock.
import { expect, it } from "vitest";
import { defineProduct, duckdb, type EntityDefinition, productSdl } from "weft/sdk";
import { askedPort } from "./support/asking.ts";

const tables = [
  "create table readings (id integer, day date, seen timestamptz, clock timestamp, note varchar)",
  `insert into readings values (1, '2001-01-31', '2001-02-01T00:30:00+01:00', '2001-02-03T04:05:06.7', 'a'),
    (2, '2001-01-30', null, '2000-01-01T00:00:00', 'b')`,
  "create table loads (finished timestamptz)",
  "insert into loads values ('2002-03-04T05:06:07.891Z'), ('2001-01-01T00:00:00Z')",
  "create table empties (id integer, day date)",
];

function readings(watermark: EntityDefinition["watermark"], table = "readings") {
  return defineProduct({
    id: "meters",
    version: "1.0.0",
    domain: "test",
    owner: "Meters",
    contact: "meters@weft.example",
    freshness: { slo: "PT1H" },
    engine: duckdb({ load: tables, memoryMax: "64MB" }),
    entities: {
      Reading: {
        description: "A reading.",
        collection: "readings",
        table,
        key: ["id"],
        ...(watermark && { watermark }),
        columns: {
          id: { type: "Int!", description: "Number." },
          day: { type: "Date", description: "Day." },
          ...(table === "readings" && {
            seenAt: { type: "DateTime", description: "When.", column: "seen" },
            clock: { type: "LocalDateTime", description: "Local time." },
            note: { type: "String", description: "Note." },
          }),
        },
      },
    },
  });
}

it.each([
  ["the latest day, from its midnight in UTC", { column: "day" }, "2001-01-31T00:00:00Z"],
  ["the latest point in time, in UTC", { column: "seenAt" }, "2001-01-31T23:30:00Z"],
  ["the latest local time, taken for UTC", { column: "clock" }, "2001-02-03T04:05:06.7Z"],
  ["a table's own clock", { table: "loads", physicalColumn: "finished" }, "2002-03-04T05:06:07.891Z"],
] as const)("is %s", async (_, watermark, expected) => {
  await using port = await askedPort(readings(watermark));
  expect(await port.ask("{ readings_watermark }")).toEqual({ readings_watermark: expected });
  expect(await port.statements("{ readings_watermark }")).toEqual(["readings_watermark"]);
});

it("is null where the source has no rows", async () => {
  await using port = await askedPort(readings({ column: "day" }, "empties"));
  expect(await port.ask("{ readings_watermark }")).toEqual({ readings_watermark: null });
});

it("is declared beside the objective", () => {
  expect(productSdl(readings({ column: "day" }))).toContain(
    '@freshness(slo: "PT1H", watermark: "readings_watermark")',
  );
});

it("is neither declared nor answered where there is none", () => {
  expect(productSdl(readings(undefined))).not.toContain("readings_watermark");
});

it.each(["note", "id", "nothing"])("is not taken from %s", (column) => {
  expect(() => readings({ column })).toThrow(`entities.Reading.watermark: ${column} is no date or timestamp`);
});
