// Names that are made of a table's: of fields, of entities, of references, and which column is named for which entity.
import { describe, expect, it } from "vitest";
import { freeEntityName, referenceName } from "../../cli/init/draft-product.ts";
import { entityName, fieldName, fieldNames, sentenceOf } from "../../cli/init/name-fields.ts";
import { isNamedFor } from "../../cli/init/propose-references.ts";

describe("a field", () => {
  it.each([
    ["id", "id"],
    ["Lounge Name", "loungeName"],
    ["opened_at", "openedAt"],
    ["OpenedAt", "openedAt"],
    ["IATA", "iata"],
    ["airportID", "airportId"],
    ["HTTPStatus", "httpStatus"],
    ["a.b-c/d", "aBCD"],
    ["__typename", "typename"],
    ["2001", "field2001"],
    ["true", "fieldTrue"],
    ["Größe", "grosse"],
    ["prix (€)", "prix"],
    ["機場", ""],
  ])("of the column %j is %j", (column, field) => expect(fieldName(column)).toBe(field));

  it("is never there twice, and has a name where its column has no letter", () => {
    expect([...fieldNames(["a b", "aB", "a_b", "機場", "%"]).values()]).toEqual([
      "aB",
      "aB2",
      "aB3",
      "field4",
      "field5",
    ]);
  });

  it("is described by its name where nobody described it", () => {
    expect(["opened_at", "IATA", "Lounge Name", "%"].map(sentenceOf)).toEqual([
      "Opened at.",
      "IATA.",
      "Lounge name.",
      "%.",
    ]);
  });
});

describe("an entity", () => {
  it.each([
    ["flights", "Flight"],
    ["airport-lounges", "AirportLounge"],
    ["categories", "Category"],
    ["boxes", "Box"],
    ["classes", "Class"],
    ["status", "Status"],
    ["gas", "Gas"],
    ["dates", "DateRecord"],
    ["queries", "QueryRecord"],
  ])("of %s is %s", (name, entity) => expect(freeEntityName(entityName(name))).toBe(entity));
});

const airport = { name: "Airport", key: "iata", collection: "airports" };
const state = { name: "State", key: "code", collection: "states" };

describe("a reference", () => {
  it.each([
    ["airport", airport, "airport"],
    ["origin", airport, "origin"],
    ["origin_airport", airport, "originAirport"],
    ["airport_iata", airport, "airport"],
    ["iata", airport, "airport"],
    ["state_code", state, "state"],
    ["stateId", state, "state"],
    ["code", state, "state"],
  ])("by %s is called by what it leads to", (column, entity, name) => {
    expect(referenceName(column, entity)).toBe(name);
  });

  it.each([
    ["airport", airport, true],
    ["home_airport", airport, true],
    ["homeAirport", airport, true],
    ["airport_id", airport, true],
    ["iata", airport, true],
    ["origin_iata", airport, true],
    ["origin", airport, false],
    ["state", state, true],
    ["estate", state, false],
    ["code", state, false],
    ["country_code", state, false],
  ])("%s is named for it or not", (column, entity, is) => expect(isNamedFor(column, entity)).toBe(is));
});
