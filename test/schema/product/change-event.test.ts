// Change events: what is one, and what is refused.
import { expect, it } from "vitest";
import { changeEventSchema } from "../../../schema/product/change-event.ts";

const event = {
  specversion: "1.0",
  type: "weft.product.changed",
  id: "airports/42",
  source: "airports",
  sequence: "42",
  time: "2026-03-01T12:00:00Z",
  data: { entity: "Airport", keys: [{ iata: "SFO" }], version: "7" },
};

it.each([
  ["with keys", event],
  ["of the whole product", { ...event, data: { entity: "Airport" } }],
  ["with attributes of others", { ...event, traceparent: "00-1-2-3" }],
  ["of a composite key", { ...event, data: { entity: "Seat", keys: [{ row: 1, letter: "A" }] } }],
])("is an event %s", (_, given) => {
  expect(changeEventSchema.parse(given)).toMatchObject({ source: "airports", sequence: "42" });
});

it.each([
  ["another version of CloudEvents", { ...event, specversion: "0.3" }, "specversion"],
  ["another type", { ...event, type: "weft.product.deleted" }, "type"],
  ["no source", { ...event, source: "" }, "source"],
  ["a sequence that is a number", { ...event, sequence: 42 }, "sequence"],
  ["a sequence that does not rise from 1", { ...event, sequence: "0" }, "sequence"],
  ["an empty list of keys", { ...event, data: { entity: "Airport", keys: [] } }, "data.keys"],
  ["a key that is a value", { ...event, data: { entity: "Airport", keys: ["SFO"] } }, "data.keys.0"],
  ["no entity", { ...event, data: {} }, "data.entity"],
])("is no event: %s", (_, given, place) => {
  const { error } = changeEventSchema.safeParse(given);
  expect(error?.issues.map(({ path }) => path.join("."))).toContain(place);
});
