// Starts of calendar buckets, on the clocks of zones.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketStart } from "../../../schema/product/bucket.ts";
import type { Bucket, ScalarName } from "../../../schema/product/scalar.ts";
import { compileZoneOffset } from "../../../schema/product/zone-offset.ts";

describe("a bucket starts", () => {
  it.each<[ScalarName, Bucket, string, string | undefined, string]>([
    ["Date", "year", "2001-12-31", undefined, "2001-01-01"],
    ["Date", "quarter", "2001-12-31", undefined, "2001-10-01"],
    ["Date", "month", "2001-12-31", undefined, "2001-12-01"],
    ["Date", "week", "2005-01-02", undefined, "2004-12-27"],
    ["Date", "week", "0001-01-01", undefined, "0001-01-01"],
    ["LocalDateTime", "hour", "2001-01-31T13:59:59.999999", "Asia/Kolkata", "2001-01-31T13:00:00"],
    ["LocalDateTime", "day", "2001-01-31T23:59:59", "Asia/Kolkata", "2001-01-31"],
    ["DateTime", "hour", "1969-12-31T23:59:59.5Z", undefined, "1969-12-31T23:00:00Z"],
    ["DateTime", "day", "2001-04-01T03:59:59.999999Z", "America/New_York", "2001-03-31"],
    ["DateTime", "year", "2000-12-31T18:30:00Z", "Asia/Kolkata", "2001-01-01"],
    ["DateTime", "hour", "2001-01-01T00:10:00Z", "Asia/Kathmandu", "2000-12-31T23:15:00Z"],
    ["DateTime", "hour", "2001-10-28T05:30:00Z", "America/New_York", "2001-10-28T05:00:00Z"],
    ["DateTime", "hour", "2001-10-28T06:30:00Z", "America/New_York", "2001-10-28T06:00:00Z"],
    ["DateTime", "hour", "1969-12-31T23:59:59.5Z", "Asia/Kolkata", "1969-12-31T23:30:00Z"],
  ])("of %s, %s, at %s in %s: %s", (scalar, bucket, value, timeZone, wanted) => {
    expect(bucketStart(scalar, bucket, value, timeZone)).toBe(wanted);
  });

  it("nowhere in a zone that there is not", () => {
    expect(() => bucketStart("DateTime", "day", "2001-01-01T00:00:00Z", "Nowhere/Never")).toThrow(RangeError);
  });
});

describe("the clocks of a zone", () => {
  it.each([
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "Europe/Dublin",
  ])("in %s are those that Intl shows, also on the days on which they are moved", (timeZone) => {
    const offsetOf = compileZoneOffset(timeZone);
    const format = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "medium" });
    const [first, last] = [Date.parse("1965-01-01Z") / 1_000, Date.parse("2035-01-01Z") / 1_000];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (second) => {
        const shown = new Date((second + offsetOf(second)) * 1_000).toISOString().slice(0, 19);
        expect(shown).toBe(format.format(second * 1_000).replace(" ", "T"));
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it("are moved at the second", () => {
    const offsetOf = compileZoneOffset("America/New_York");
    const moved = Date.parse("2001-04-01T07:00:00Z") / 1_000;
    expect([offsetOf(moved - 1), offsetOf(moved)]).toEqual([-18_000, -14_400]);
  });
});
