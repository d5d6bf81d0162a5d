// More rows for the museum, drawn from short lists of values: many nulls, duplicates and extremes in all combinations.
import fc from "fast-check";

const text = (words: readonly string[]) => words.map((word) => `'${word.replaceAll("'", "''")}'`);
const smalls = ["-2147483648", "-7", "0", "1", "2", "2147483647"];
const bigs = [
  "-9223372036854775808",
  "-3",
  "0",
  "9007199254740992",
  "9007199254740993",
  "9223372036854775807",
];
const ratios = ["-1.5", "0", "0.1", "0.3", "1e300", "-1e300", "1e-300", "5e-324"];
const prices = ["-0.0001", "0", "4", "4.5", "12.5001", "99999999999999.9999", "-99999999999999.9999"];
const titles = text([
  "",
  "a",
  "A",
  "ä",
  "a_b",
  "a\\b",
  "100%",
  "～",
  "😀",
  "😀a",
  "\u{10ffff}",
  "e\u0301",
  "é",
  "Z",
  " a",
]);
const tags = text(["", "1", "01", "x", "X", "é"]);
const days = text([
  "0001-01-01",
  "1582-10-10",
  "1969-12-31",
  "2000-02-29",
  "2001-01-01",
  "2004-12-31",
  "9999-12-31",
]);
const moments = text([
  "0001-01-03T00:00:00Z",
  "1883-11-18T17:00:00Z",
  "1969-12-31T23:59:59.999999Z",
  "2001-04-01T06:59:59.999999Z",
  "2001-10-28T05:30:00Z",
  "2001-10-28T06:30:00Z",
  "2300-06-01T00:00:00.000016Z",
  "9999-12-29T23:59:59.999999Z",
]);
const clocks = text([
  "0001-01-01T00:00:00",
  "1969-12-31T23:59:59.999999",
  "2001-01-31T13:59:59",
  "9999-12-31T23:59:59",
]);
const kinds = text(["stone", "bone", "Kind", "wing", "", "😀", "～"]);

const of = (values: readonly string[]) => fc.constantFrom("null", ...values);
const row = fc.tuple(
  of(smalls),
  of(bigs),
  of(ratios),
  of(prices),
  of(titles),
  of(["true", "false"]),
  of(tags),
  of(days),
  of(moments),
  of(clocks),
  of(text(["A", "B", "C", "é", "Z"])),
  of(["1", "2", "3"]),
  of(["1", "2", "3", "17", "18", "19", "999"]),
  of(text(["FR", "DE", "us"])),
  of(["1", "5", "9007199254740993"]),
  of(kinds),
);

/** Statements that follow `museumTables`. */
export const moreSpecimens: readonly string[] = [
  `insert into specimens values ${fc
    .sample(row, { seed: 1, numRuns: 60 })
    .map((values, i) => `(${[17 + i, ...values]})`)}`,
];
