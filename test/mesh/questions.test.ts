// Questions to the whole mesh on its real data, and the same asked of the sources in SQL.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { root } from "../setup/weft-process.ts";
import { answerOf, askMesh } from "./support/ask-mesh.ts";
import { openSources, type Sources } from "./support/sources.ts";

const beside = test.extend<{ sources: Sources }>({
  sources: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it needs, which is nothing
    async ({}, use) => {
      await using sources = await openSources();
      await use(sources);
    },
    { scope: "file" },
  ],
});

const isoTime = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S')`;
const folder = join(root, "examples");
const example = (name: string) => readFile(join(folder, `${name}.graphql`), "utf8");

/** Floats to nine significant digits, which is how far two ways of adding them up agree. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, each) =>
    typeof each === "number" && !Number.isInteger(each) ? Number(each.toPrecision(9)) : each,
  );
}

describe("the examples", () => {
  it("are all compared below", async () => {
    const questions = (await readdir(folder)).filter((file) => file.endsWith(".graphql"));
    expect(questions.sort()).toEqual([
      "01-airport-and-flights.graphql",
      "02-worst-delays.graphql",
      "03-strikes-by-species.graphql",
      "04-states-and-airports.graphql",
      "05-delay-out-of-california.graphql",
      "06-pacific-airports.graphql",
    ]);
  });

  beside("01: an airport, its state, and where its first flights went", async ({ sources }) => {
    const departures = await sources.ask(`
      select ${isoTime("f.date")} as date, a.iata, s.name
      from flights f join airports a on a.iata = f.destination join states s on s.code = a.state
      where f.origin = 'SFO' order by f.row limit 2`);
    expect(departures).toHaveLength(2);
    expect(await askMesh(await example("01-airport-and-flights"))).toEqual({
      airports: [
        {
          iata: "SFO",
          name: "San Francisco International",
          state: { name: "California" },
          departures: departures.map(({ date, iata, name }) => ({
            date,
            destination: { iata, state: { name } },
          })),
        },
      ],
    });
  });

  beside("02: the worst delays by destination and month", async ({ sources }) => {
    const groups = await sources.ask(`
      select strftime(date_trunc('month', date), '%Y-%m-%d') as month, destination, count(*)::integer as n,
        avg(delay) as delay
      from flights where distance >= 500 group by all having n > 1000
      order by avg(delay) desc, month, destination limit 10`);
    expect(groups).toHaveLength(10);
    expect(rounded(await askMesh(await example("02-worst-delays")))).toEqual(
      rounded({
        flights_groups: groups.map(({ month, destination, n, delay }) => ({
          by: { date_month: month, destination: { iata: destination } },
          aggregate: { count: n, avg: { delay } },
        })),
      }),
    );
  });

  beside("03: which animals cost most", async ({ sources }) => {
    const groups = await sources.ask(`
      select "Wildlife Species" as species, count(*)::integer as n, sum("Cost Total $"::bigint)::varchar as cost
      from strikes where "Cost Total $"::bigint > 0 group by all
      order by sum("Cost Total $"::bigint) desc, species limit 10`);
    expect(groups).toHaveLength(10);
    expect(await askMesh(await example("03-strikes-by-species"))).toEqual({
      strikes_groups: groups.map(({ species, n, cost }) => ({
        by: { species },
        aggregate: { count: n, sum: { cost } },
      })),
    });
  });

  beside("04: the states of the west coast and their northernmost airports", async ({ sources }) => {
    const states = await sources.ask(`
      select s.name, (select count(*)::integer from airports a where a.state = s.code) as airports,
        (select list({ iata: iata, city: city } order by latitude desc, iata)[:3]
          from airports a where a.state = s.code) as northernmost
      from states s where s.code in ('CA', 'OR', 'WA') order by s.name`);
    const [country] = await sources.ask(
      "select name.common as name, subregion from countries where cca2 = 'US'",
    );
    const strikes = await sources.ask(`
      select count(*)::integer as n from strikes join airports on state in ('CA', 'OR', 'WA')
        and latitude > 41.9 and "Airport Name" ilike '%' || city || '%' where city in ('Tulelake', 'Astoria')`);
    expect(strikes).toEqual([{ n: 0 }]);
    expect(await askMesh(await example("04-states-and-airports"))).toEqual({
      states: states.map(({ name, airports, northernmost }) => ({
        name,
        country,
        airports_aggregate: { aggregate: { count: airports } },
        airports: (northernmost as object[]).map((airport) => ({
          ...airport,
          strikes_aggregate: { aggregate: { count: 0 } },
        })),
      })),
    });
  });

  beside("05: the delay out of California by the state flown to", async ({ sources }) => {
    const groups = await sources.ask(`
      select s.name, strftime(date_trunc('month', f.date), '%Y-%m-%d') as month, count(*)::integer as n,
        avg(f.delay) as delay
      from flights f join airports o on o.iata = f.origin
        left join airports d on d.iata = f.destination left join states s on s.code = d.state
      where o.state = 'CA' and f.distance >= 500 group by all having n > 1000
      order by avg(f.delay) desc, s.name, month limit 10`);
    expect(groups).toHaveLength(10);
    expect(rounded(await askMesh(await example("05-delay-out-of-california")))).toEqual(
      rounded({
        flights_groups: groups.map(({ name, month, n, delay }) => ({
          by: { destination: { state: { name } }, date_month: month },
          aggregate: { count: n, avg: { delay } },
        })),
      }),
    );
  });

  beside("06: the busiest airports of the Pacific coast", async ({ sources }) => {
    const airports = await sources.ask(`
      select a.iata, a.city,
        (select list({ delay: f.delay::integer, destination: { city: d.city, state: { name: s.name } } }
            order by f.delay desc, f.row)[:2]
          from flights f join airports d on d.iata = f.destination join states s on s.code = d.state
          where f.origin = a.iata and s.name in ('New York', 'New Jersey', 'Massachusetts')) as departures
      from airports a where a.state in ('CA', 'OR', 'WA')
        and exists (from flights f where f.origin = a.iata and f.delay > 600)
      order by (select count(*) from flights f where f.origin = a.iata) desc, a.iata limit 3`);
    expect(airports).toHaveLength(3);
    expect(await askMesh(await example("06-pacific-airports"))).toEqual({ airports });
  });
});

describe("a question", () => {
  beside("goes right across three domains", async ({ sources }) => {
    const flights = await sources.ask(`
      select a.iata, s.name from flights f join airports a on a.iata = f.destination join states s on s.code = a.state
      where f.origin = 'SFO' order by f.row limit 2`);
    const data = await askMesh(`{
      airports(where: { iata: { _eq: "SFO" } }) {
        iata state { name } departures(limit: 2) { destination { iata state { name } } }
      }
    }`);
    expect(data).toEqual({
      airports: [
        {
          iata: "SFO",
          state: { name: "California" },
          departures: flights.map(({ iata, name }) => ({ destination: { iata, state: { name } } })),
        },
      ],
    });
  });

  beside("aggregates three million rows", async ({ sources }) => {
    const [expected] = await sources.ask(`
      select count(*)::integer as count, sum(delay)::varchar as sum, avg(delay) as avg, min(delay)::integer as min,
        max(distance)::integer as max, stddev_pop(delay) as stddev, count(distinct origin)::integer as origins
      from flights`);
    const { flights_aggregate, origins } = await askMesh(`{
      flights_aggregate {
        aggregate { count sum { delay } avg { delay } min { delay } max { distance } stddev_pop { delay } }
      }
      origins: flights_groups { by { origin { iata } } aggregate { count } }
    }`);
    const { count, sum, avg, min, max, stddev_pop } = flights_aggregate.aggregate;
    const found = [count, sum.delay, avg.delay, min.delay, max.distance, stddev_pop.delay, origins.length];
    expect(rounded(found)).toEqual(rounded(Object.values(expected ?? {})));
  });

  beside("finds the strikes of one airport behind its dirty name", async ({ sources }) => {
    const [expected] = await sources.ask(
      `select count(*)::integer as count from strikes where "Airport Name" = 'SAN FRANCISCO INTL ARPT'`,
    );
    const data = await askMesh(
      '{ airports_by_pk(iata: "SFO") { strikes_aggregate { aggregate { count } } } }',
    );
    expect(data).toEqual({ airports_by_pk: { strikes_aggregate: { aggregate: expected } } });
    expect(expected?.count).toBeGreaterThan(0);
  });

  beside("sorts text by code point, as the sources do", async ({ sources }) => {
    const expected = await sources.ask(
      "select cca2 as code, name.common as name from countries order by 2 desc, 1",
    );
    expect(await askMesh("{ countries(order_by: [{ name: desc }]) { code name } }")).toEqual({
      countries: expected,
    });
  });

  it("has null where an airport names no state, and is otherwise whole", async () => {
    const { airports } = await askMesh(
      "{ airports(where: { state: { _is_null: true } }) { iata state { name } country { name } } }",
    );
    expect(airports.length).toBeGreaterThan(0);
    for (const { state, country } of airports)
      expect([state, country]).toEqual([null, { name: expect.any(String) }]);
  });

  it("may not lead in where to what the other domain does not have, which is a mistake and no half answer", async () => {
    const { data, errors } = await answerOf(
      '{ flights(where: { origin: { state: { cod: { _eq: "CA" } } } }, limit: 1) { id } }',
    );
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
  });
});

describe("the collections", () => {
  it.each([
    ["flights", "flights_aggregate", 3_000_000],
    ["airports", "airports_aggregate", 3_376],
    ["states", "states_aggregate", 56],
    ["countries", "countries_aggregate", 250],
    ["strikes", "strikes_aggregate", 10_000],
    ["strikes with an airport", "strikes_aggregate(where: { airport: { _is_null: false } })", 9_565],
  ])("%s: %s has %i rows", async (_, field, count) => {
    expect(await askMesh(`{ all: ${field} { aggregate { count } } }`)).toEqual({
      all: { aggregate: { count } },
    });
  });
});
