// A condition as one line of text.
import { describe, expect, it } from "vitest";
import type { Condition } from "../../gateway/plan/condition.ts";
import { printCondition } from "../../gateway/plan/print-condition.ts";
import type { RowsPlan } from "../../gateway/plan/rows-plan.ts";

const late: Condition = { kind: "compare", column: "delay", operator: "_gt", value: 60 };
const far: Condition = { kind: "compare", column: "distance", operator: "_gte", value: 500 };
const named: Condition = { kind: "match", column: "name", operator: "_nilike", pattern: '%"x"%' };
const scan = (collection: string, where: Condition): RowsPlan => ({
  kind: "scan",
  collection,
  columns: [],
  where,
  order: [],
  page: { offset: 0 },
});
const among = (relationship: string, column: string, rows: RowsPlan): Condition => ({
  kind: "among",
  relationship,
  columns: [column],
  keys: { kind: "keys", rows, columns: ["iata"] },
});
const all: Condition = { kind: "and", of: [] };

describe("a condition", () => {
  it.each<[string, Condition]>([
    ["true", all],
    ["false", { kind: "or", of: [] }],
    ["delay > 60 and distance >= 500", { kind: "and", of: [late, far] }],
    [
      'name not ilike "%\\"x\\"%" and (delay > 60 or distance >= 500)',
      { kind: "and", of: [named, { kind: "or", of: [late, far] }] },
    ],
    [
      "delay > 60 and distance >= 500 or delay > 60",
      { kind: "or", of: [{ kind: "and", of: [late, far] }, late] },
    ],
    ["not (delay > 60 or distance >= 500)", { kind: "not", of: { kind: "or", of: [late, far] } }],
    ["not delay > 60", { kind: "not", of: late }],
    [
      "id in (1, 2, 3, 4, 5, … 2 more)",
      { kind: "member", column: "id", operator: "_in", values: [1, 2, 3, 4, 5, 6, 7] },
    ],
    ["id not in ()", { kind: "member", column: "id", operator: "_nin", values: [] }],
    ["origin is null", { kind: "null", column: "origin", is: true }],
    ["delay is not null", { kind: "null", column: "delay", is: false }],
    [
      'state.country.name not ilike "%\\"x\\"%"',
      {
        kind: "exists",
        relationship: "state",
        where: { kind: "exists", relationship: "country", where: named },
      },
    ],
    [
      "departures(delay > 60 and distance >= 500)",
      { kind: "exists", relationship: "departures", where: { kind: "and", of: [late, far] } },
    ],
    ["departures exists", { kind: "exists", relationship: "departures", where: all }],
    ["origin among keys(airports | delay > 60)", among("origin", "origin.iata", scan("airports", late))],
    ["origin among keys(airports)", among("origin", "origin.iata", scan("airports", all))],
    [
      "origin among keys(airports | state among keys(states | …))",
      among("origin", "origin.iata", scan("airports", among("state", "state.code", scan("states", late)))),
    ],
    [
      "origin among keys(airports | delay > 60 and distance >= 500)",
      among("origin", "origin.iata", {
        kind: "filter",
        input: scan("airports", late),
        condition: { kind: "and", of: [late, far] },
        scalars: {},
      }),
    ],
    [
      "iata among the keys given",
      { kind: "among", relationship: "", columns: ["iata"], keys: { kind: "given" } },
    ],
  ])("is %s", (text, condition) => {
    expect(printCondition(condition)).toBe(text);
  });
});
