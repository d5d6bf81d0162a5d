// Writes a condition on the aggregates of groups as a `having`: the inverse of `readHaving`.
import { strict as assert } from "node:assert";
import type { Condition } from "../../plan/condition.ts";
import { conjunction, type Input, writeTest } from "./write-condition.ts";

/** Columns are named as by `columnOfAggregate`. `{}` for what is true of every group. */
export function writeHaving(condition: Condition): Input {
  switch (condition.kind) {
    case "and":
      return conjunction(condition.of.map(writeHaving));
    case "or":
      return { _or: condition.of.map(writeHaving) };
    case "not":
      return { _not: writeHaving(condition.of) };
    case "exists":
    case "among":
      throw new TypeError(`groups have no relationship ${condition.relationship}`);
    case "compare":
    case "member":
    case "match":
    case "null": {
      if (condition.column === "count(*)") return { count: writeTest(condition) };
      const [, name, column] = /^(sum|avg|min|max|var_pop|stddev_pop)\((\w+)\)$/.exec(condition.column) ?? [];
      assert(name !== undefined && column !== undefined, `${condition.column} can stand in a having`);
      return { [name]: { [column]: writeTest(condition) } };
    }
  }
}
