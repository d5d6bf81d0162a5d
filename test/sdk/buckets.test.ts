// Calendar buckets of dates and times; what a time zone does to them was worked out by hand.
import { describe, expect } from "vitest";
import { it } from "./support/museum-test.ts";

type Group = {
  readonly by: Readonly<Record<string, string | null>>;
  readonly aggregate: { readonly count: number };
};

const units = ["year", "quarter", "month", "week", "day"];
const firstDay: Readonly<Record<string, (column: string) => string>> = {
  year: (column) => `strftime(${column}, '%Y') || '-01-01'`,
  quarter: (column) =>
    `strftime(${column}, '%Y') || '-' || lpad((quarter(${column}) * 3 - 2)::varchar, 2, '0') || '-01'`,
  month: (column) => `strftime(${column}, '%Y-%m') || '-01'`,
  week: (column) => `strftime(${column}::date - (isodow(${column}) - 1)::integer, '%Y-%m-%d')`,
  day: (column) => `strftime(${column}, '%Y-%m-%d')`,
};

describe("buckets without a zone", () => {
  it.for(
    ["day", "clock"].flatMap((column) => units.map((unit) => [column, unit] as const)),
  )("%s_%s is the first day of it", async ([column, unit], { port, oracle }) => {
    const { specimens_groups } = await port.ask(
      `{ specimens_groups(timeZone: "Asia/Tokyo") { by { ${column}_${unit} } aggregate { count } } }`,
    );
    const first = firstDay[unit]?.(column);
    expect(
      specimens_groups.map(({ by, aggregate }: Group) => [by[`${column}_${unit}`], aggregate.count]),
    ).toEqual(
      await oracle.rows(`select ${first}, count(*) from specimens group by 1 order by 1 asc nulls last`),
    );
  });

  it("clock_hour is the hour that struck last", async ({ port, oracle }) => {
    const { specimens_groups } = await port.ask(
      '{ specimens_groups(timeZone: "Asia/Kolkata") { by { clock_hour } aggregate { count } } }',
    );
    expect(specimens_groups.map(({ by, aggregate }: Group) => [by.clock_hour, aggregate.count])).toEqual(
      await oracle.rows(`select strftime(clock, '%Y-%m-%dT%H:00:00'), count(*) from specimens
        group by 1 order by 1 asc nulls last`),
    );
  });

  it("knows ISO weeks at the turn of years", async ({ port }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups(where: { id: { _in: [1, 2, 4, 5, 6] } }) { by { day day_week } }
    }`);
    expect(specimens_groups.map(({ by }: Group) => [by.day, by.day_week])).toEqual([
      ["2000-12-31", "2000-12-25"],
      ["2001-01-01", "2001-01-01"],
      ["2004-12-31", "2004-12-27"],
      ["2005-01-02", "2004-12-27"],
      ["2005-01-03", "2005-01-03"],
    ]);
  });
});

describe("buckets of a DateTime", () => {
  const cases: readonly (readonly [zone: string, unit: string, id: number, start: string])[] = [
    ["UTC", "hour", 1, "2001-04-01T06:00:00Z"],
    ["UTC", "day", 8, "2001-03-31"],
    // New York: winter time (-5) ends at 07:00Z on 1 April 2001, summer time (-4) at 06:00Z on 28 October.
    ["America/New_York", "hour", 1, "2001-04-01T06:00:00Z"],
    ["America/New_York", "hour", 2, "2001-04-01T07:00:00Z"],
    ["America/New_York", "hour", 3, "2001-10-28T05:00:00Z"],
    ["America/New_York", "hour", 4, "2001-10-28T06:00:00Z"],
    ["America/New_York", "hour", 5, "2001-10-28T07:00:00Z"],
    ["America/New_York", "day", 2, "2001-04-01"],
    ["America/New_York", "day", 9, "2001-03-31"],
    ["America/New_York", "month", 9, "2001-03-01"],
    ["America/New_York", "quarter", 9, "2001-01-01"],
    ["America/New_York", "week", 9, "2001-03-26"],
    ["America/New_York", "year", 13, "2001-01-01"],
    ["america/new_york", "day", 13, "2001-12-31"],
    // India is half an hour off, Nepal three quarters.
    ["Asia/Kolkata", "hour", 6, "2001-01-31T18:30:00Z"],
    ["Asia/Kolkata", "day", 6, "2001-02-01"],
    ["Asia/Kolkata", "month", 6, "2001-02-01"],
    ["Asia/Kolkata", "hour", 9, "2001-03-31T23:30:00Z"],
    ["Asia/Calcutta", "hour", 11, "2001-06-15T11:30:00Z"],
    ["Asia/Kathmandu", "hour", 11, "2001-06-15T11:15:00Z"],
    // Lord Howe moves its clock by half an hour: from +11 to +10:30 at 15:00Z on 24 March 2001.
    ["Australia/Lord_Howe", "hour", 8, "2001-03-31T23:30:00Z"],
    ["Pacific/Kiritimati", "year", 12, "2002-01-01"],
    ["Pacific/Kiritimati", "week", 12, "2001-12-31"],
    ["Pacific/Pago_Pago", "day", 13, "2001-12-31"],
    ["Etc/GMT+5", "day", 13, "2001-12-31"],
  ];
  it.for(cases)("in %s: the %s of row %i starts at %s", async ([zone, unit, id, start], { port }) => {
    const { specimens_groups } = await port.ask(
      `{ specimens_groups(where: { id: { _eq: ${id} } }, timeZone: "${zone}") { by { moment_${unit} } } }`,
    );
    expect(specimens_groups).toEqual([{ by: { [`moment_${unit}`]: start } }]);
  });

  it("keeps the two hours apart that a clock shows twice", async ({ port }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups(where: { id: { _in: [3, 4, 5] } }, timeZone: "America/New_York") {
        by { moment_hour } aggregate { count }
      }
    }`);
    expect(specimens_groups.map(({ by }: Group) => by.moment_hour)).toEqual([
      "2001-10-28T05:00:00Z",
      "2001-10-28T06:00:00Z",
      "2001-10-28T07:00:00Z",
    ]);
  });

  it("is in UTC where no zone is given, and null where there is no time", async ({ port, oracle }) => {
    for (const args of ["", "(timeZone: null)", '(timeZone: "UTC")']) {
      const { specimens_groups } = await port.ask(
        `{ specimens_groups${args} { by { moment_day } aggregate { count } } }`,
      );
      expect(specimens_groups.map(({ by, aggregate }: Group) => [by.moment_day, aggregate.count])).toEqual(
        await oracle.rows(`select strftime(moment at time zone 'UTC', '%Y-%m-%d'), count(*) from specimens
          group by 1 order by 1 asc nulls last`),
      );
    }
  });

  it("can be sorted by and stands beside its column", async ({ port }) => {
    const { specimens_groups } = await port.ask(`{
      specimens_groups(where: { id: { _in: [1, 2, 13] } }, order_by: { by: { moment_year: desc } }) {
        by { moment moment_year moment_month }
      }
    }`);
    expect(specimens_groups.map(({ by }: Group) => Object.values(by))).toEqual([
      ["2002-01-01T04:59:59Z", "2002-01-01", "2002-01-01"],
      ["2001-04-01T06:59:59.999999Z", "2001-01-01", "2001-04-01"],
      ["2001-04-01T07:00:00Z", "2001-01-01", "2001-04-01"],
    ]);
  });
});
