// Products of the SDK: what is generated for a column changes with it, and is told with it.
import { describe, expect, it } from "vitest";
import { defineProduct, duckdb, productSdl } from "weft/sdk";
import { diffPorts } from "../../schema/check/diff.ts";
import { judge } from "../../schema/check/judge.ts";
import { type Port, readPort } from "../../schema/check/port.ts";
import { stillOffered } from "../../schema/check/still-offered.ts";
import { now, usedBy } from "./support/use-reports.ts";

type Columns = Parameters<typeof defineProduct>[0]["entities"][string]["columns"];

const text = { type: "String", description: "Text." } as const;
const all: Columns = {
  id: { type: "Int!", description: "Number." },
  species: text,
  date: { type: "Date", description: "Day." },
  cost: { type: "Decimal", description: "Dollars." },
};

function strikes(columns: Columns, references = true): Port {
  const product = defineProduct({
    id: "safety",
    version: "1.0.0",
    domain: "safety",
    owner: "Safety",
    contact: "safety@weft.example",
    freshness: { slo: "P1D" },
    engine: duckdb({ load: [] }),
    neighbours: { Airport: { iata: "String" } },
    entities: {
      Strike: {
        description: "A strike.",
        collection: "strikes",
        key: ["id"],
        columns,
        ...(references && {
          references: {
            airport: {
              entity: "Airport",
              key: { iata: "airport" },
              description: "Where.",
              inverse: { field: "strikes", description: "Strikes here." },
            },
          },
        }),
      },
    },
  });
  return readPort("safety", productSdl(product));
}

const without = (name: string): Columns =>
  Object.fromEntries(Object.entries(all).filter(([column]) => column !== name)) as Columns;

const told = (before: Port, after: Port, neighbours: readonly Port[] = []) =>
  diffPorts({ before, after }, neighbours).map(({ kind, coordinate }) => `${kind} ${coordinate}`);

describe("a column of a product", () => {
  it.each(["species", "date", "cost"])("that is removed is one change, or added: %s", (name) => {
    expect(told(strikes(all), strikes(without(name)))).toEqual([`field removed Strike.${name}`]);
    expect(told(strikes(without(name)), strikes(all))).toEqual([`field added Strike.${name}`]);
  });

  it("that is of another type is one change", () => {
    expect(told(strikes(all), strikes({ ...all, cost: { ...text, description: "Dollars." } }))).toEqual([
      "field type changed Strike.cost",
    ]);
  });

  it.each([
    "Strike.date",
    "strikes_bool_exp.date",
    "strikes_reference_exp.date",
    "strikes_order_by.date",
    "strikes_by.date_month",
    "strikes_max_fields.date",
    "strikes_min_having_exp.date",
    "strikes_column.date",
  ])("is used by whoever uses %s", (coordinate) => {
    const changes = diffPorts({ before: strikes(all), after: strikes(without("date")) });
    expect(judge(changes, usedBy([coordinate]), { now, unusedDays: 30 })).toMatchObject([
      { coordinate: "Strike.date", verdict: "breaking", use: "used" },
    ]);
  });
});

describe("a reference of a product", () => {
  const airports = readPort(
    "airports",
    'type Query { airports: [Airport!]! } type Airport @key(fields: "iata") { iata: String! }',
  );

  it("that is removed is told with its inverse", () => {
    const changes = stillOffered(
      diffPorts({ before: strikes(all), after: strikes(all, false) }, [airports]),
      [airports],
    );
    expect(changes.map(({ kind, coordinate, verdict }) => `${verdict} ${kind} ${coordinate}`)).toEqual([
      "breaking field removed Strike.airport",
      "breaking field removed Airport.strikes",
    ]);
  });

  it("is used by whoever filters the neighbour's collection by its inverse", () => {
    const meshed = readPort(
      "airports",
      `extend schema @link(url: "https://weft.dev/spec/mesh/v1.0", import: ["@collection"])
       type Query { airports: [Airport!]! @collection(entity: "Airport") } type Airport { iata: String! }`,
    );
    const changes = diffPorts({ before: strikes(all), after: strikes(all, false) }, [meshed]);
    const [hit] = judge(changes, usedBy(["airports_bool_exp.strikes"]), { now, unusedDays: 30 }).filter(
      ({ use }) => use === "used",
    );
    expect(hit?.coordinate).toBe("Airport.strikes");
  });
});

describe("a whole entity", () => {
  const two = (names: readonly string[]) => {
    const product = defineProduct({
      id: "parts",
      version: "1.0.0",
      domain: "d",
      owner: "o",
      contact: "c@weft.example",
      freshness: { slo: "P1D" },
      engine: duckdb({ load: [] }),
      entities: Object.fromEntries(
        names.map((name) => [
          name,
          {
            description: "It.",
            collection: `${name.toLowerCase()}s`,
            key: ["id"] as const,
            columns: {
              id: { type: "Int!", description: "Number." },
              size: { type: "Float", description: "Metres." },
            },
          },
        ]),
      ) as never,
    });
    return readPort("parts", productSdl(product));
  };

  it("that is added or removed is told as its type and its collection", () => {
    expect(told(two(["Part"]), two(["Part", "Screw"]))).toEqual([
      "type added Screw",
      "field added Query.screws",
    ]);
    expect(told(two(["Part", "Screw"]), two(["Part"]))).toEqual([
      "type removed Screw",
      "field removed Query.screws",
    ]);
  });
});
