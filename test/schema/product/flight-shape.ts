// A shape to read questions on: flights between airports, with their passengers.
import type { Shape } from "../../../schema/product/shape.ts";

const none = new Map<string, () => Shape>();

const stateShape: Shape = {
  columns: new Map([
    ["code", "String"],
    ["name", "String"],
  ]),
  references: none,
  inverses: none,
};

const airportShape: Shape = {
  columns: new Map([
    ["iata", "String"],
    ["name", "String"],
  ]),
  references: new Map([["state", () => stateShape]]),
  inverses: none,
};

const passengerShape: Shape = {
  columns: new Map([["age", "Int"]]),
  references: new Map([["flight", () => flightShape]]),
  inverses: none,
};

export const flightShape: Shape = {
  columns: new Map([
    ["delay", "Int"],
    ["distance", "Int"],
    ["tail", "String"],
    ["date", "Date"],
    // a name that could be a bucket's
    ["model_year", "Int"],
  ]),
  references: new Map([["origin", () => airportShape]]),
  inverses: new Map([["passengers", () => passengerShape]]),
};
