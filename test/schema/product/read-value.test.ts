// Reading what is sorted and grouped by.
import { describe, expect, it } from "vitest";
import { directionParts, directions } from "../../../schema/product/order.ts";
import { readGroupKeys, readGroupOrder, readOrder } from "../../../schema/product/read-value.ts";
import type { Value } from "../../../schema/product/value.ts";
import { flightShape } from "./flight-shape.ts";

type Input = Readonly<Record<string, unknown>>;

const column = (name: string): Value => ({ kind: "column", column: name });
const bucket = (name: string, of: "year" | "month"): Value => ({ kind: "bucket", column: name, bucket: of });
const behind = (reference: string, value: Value): Value => ({ kind: "reference", reference, value });

const order = (...input: Input[]) => readOrder(input, flightShape, "flights.order_by");

describe("an order", () => {
  it("of nothing has no terms", () => {
    expect(order()).toEqual([]);
  });

  it("keeps the order of its list", () => {
    expect(order({ distance: "desc" }, { delay: "asc_nulls_first" })).toEqual([
      { by: column("distance"), direction: "desc" },
      { by: column("delay"), direction: "asc_nulls_first" },
    ]);
  });

  it.each<[Input, Value]>([
    [{ origin: { iata: "asc" } }, behind("origin", column("iata"))],
    [{ origin: { state: { name: "asc" } } }, behind("origin", behind("state", column("name")))],
    [{ date_month: "asc" }, bucket("date", "month")],
    [{ model_year: "asc" }, column("model_year")],
    [
      { passengers_aggregate: { count: "asc" } },
      { kind: "aggregate", inverse: "passengers", aggregate: { function: "count", distinct: false } },
    ],
    [
      { passengers_aggregate: { avg: { age: "asc" } } },
      { kind: "aggregate", inverse: "passengers", aggregate: { function: "avg", column: "age" } },
    ],
  ])("by %j reads its value", (term, by) => {
    expect(order(term)).toEqual([{ by, direction: "asc" }]);
  });

  it.each([
    [{}, "flights.order_by[0]", []],
    [{ delay: "asc", distance: "desc" }, "flights.order_by[0]", ["delay", "distance"]],
    [{ delay: null }, "flights.order_by[0]", []],
    [{ origin: {} }, "flights.order_by[0].origin", []],
    [{ origin: { iata: "asc", name: "asc" } }, "flights.order_by[0].origin", ["iata", "name"]],
    [{ passengers_aggregate: {} }, "flights.order_by[0].passengers_aggregate", []],
    [
      { passengers_aggregate: { min: { age: "asc" }, max: { age: "asc" } } },
      "flights.order_by[0].passengers_aggregate",
      ["min", "max"],
    ],
    [{ passengers_aggregate: { min: {} } }, "flights.order_by[0].passengers_aggregate.min", []],
  ])("of %j is refused: one key an object", (term, at, keys) => {
    expect(() => order(term)).toThrow(
      expect.objectContaining({ extensions: { code: "ORDER_KEYS", at, keys } }),
    );
  });

  it("leaves out a key that is null beside one that is not", () => {
    expect(order({ delay: null, distance: "asc" })).toEqual([{ by: column("distance"), direction: "asc" }]);
  });

  it("names the place of a later term", () => {
    expect(() => order({ delay: "asc" }, {})).toThrow("flights.order_by[1] has no key");
  });

  it.each([
    ["asc", false, false],
    ["desc", true, true],
    ["asc_nulls_first", false, true],
    ["asc_nulls_last", false, false],
    ["desc_nulls_first", true, true],
    ["desc_nulls_last", true, false],
  ] as const)("of %s is descending: %s, nulls first: %s", (direction, descending, nullsFirst) => {
    expect(directions).toContain(direction);
    expect(directionParts(direction)).toEqual({ descending, nullsFirst });
  });
});

describe("the keys of groups", () => {
  const field = (name: string, ...fields: { name: string; fields: [] }[]) => ({ name, fields });
  const leaf = (name: string): { name: string; fields: [] } => ({ name, fields: [] });

  it("are what is selected, in its order, each once and without __typename", () => {
    const selected = [
      leaf("date_month"),
      leaf("__typename"),
      field("origin", leaf("iata"), leaf("__typename")),
      leaf("date_month"),
      leaf("delay"),
      field("origin", leaf("iata"), leaf("name")),
    ];
    expect(readGroupKeys(selected, flightShape)).toEqual([
      bucket("date", "month"),
      behind("origin", column("iata")),
      column("delay"),
      behind("origin", column("name")),
    ]);
  });

  it("of nothing but __typename are none", () => {
    expect(readGroupKeys([leaf("__typename")], flightShape)).toEqual([]);
  });

  it("take a column whose name could be a bucket's for the column", () => {
    expect(readGroupKeys([leaf("model_year"), leaf("date_year")], flightShape)).toEqual([
      column("model_year"),
      bucket("date", "year"),
    ]);
  });
});

describe("the order of groups", () => {
  const keys = [behind("origin", column("name")), bucket("date", "month")];
  const groupOrder = (...input: Input[]) =>
    readGroupOrder(input, flightShape, keys, "flights_groups.order_by");

  it("may name selected keys and aggregates", () => {
    expect(
      groupOrder(
        { by: { origin: { name: "asc" } } },
        { aggregate: { avg: { delay: "desc" } } },
        { aggregate: { count: "desc_nulls_last" } },
        { by: { date_month: "desc" } },
      ),
    ).toEqual([
      { on: "key", key: keys[0], direction: "asc" },
      { on: "aggregate", aggregate: { function: "avg", column: "delay" }, direction: "desc" },
      { on: "aggregate", aggregate: { function: "count", distinct: false }, direction: "desc_nulls_last" },
      { on: "key", key: keys[1], direction: "desc" },
    ]);
  });

  it.each([
    [{ by: { delay: "asc" } }, "delay"],
    [{ by: { date_year: "asc" } }, "date_year"],
    [{ by: { origin: { iata: "asc" } } }, "origin.iata"],
  ])("refuses %j, which is not selected", (term, key) => {
    expect(() => groupOrder(term)).toThrow(
      expect.objectContaining({
        extensions: { code: "ORDER_NOT_SELECTED", at: "flights_groups.order_by[0]", key },
      }),
    );
  });

  it.each([
    [{ by: { date_month: "asc" }, aggregate: { count: "asc" } }, "flights_groups.order_by[0]"],
    [{ by: {} }, "flights_groups.order_by[0].by"],
    [{ aggregate: { avg: { delay: "asc", distance: "asc" } } }, "flights_groups.order_by[0].aggregate.avg"],
  ])("refuses %j: one key an object", (term, at) => {
    expect(() => groupOrder(term)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: "ORDER_KEYS", at }) }),
    );
  });
});
