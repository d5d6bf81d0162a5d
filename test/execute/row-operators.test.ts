// The operators on rows: semi-join, key set and residual filter, each over rows that a test gives it.
import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { compileKeySet } from "../../gateway/execute/key-set.ts";
import type { Running } from "../../gateway/execute/operator.ts";
import { compileResidualFilter } from "../../gateway/execute/residual-filter.ts";
import { type Row, readList } from "../../gateway/execute/rows.ts";
import { compileSemiJoin } from "../../gateway/execute/semi-join.ts";
import type { KeySet, Plan, RowsPlan } from "../../gateway/plan/plan.ts";

const running = (variables: Running["variables"] = {}) => ({ variables, asking: {} }) as Running;
const given = (rows: readonly Row[]) => async () => rows;
const keySet = { kind: "key-set", column: "id" } as KeySet;

describe("a key set", () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ["has every value once, in the order of the rows", ["b", "a", "b", "c", "a"], ["b", "a", "c"]],
    ["has no null", [null, "a", null], ["a"]],
    ["has nothing of rows without the column", [undefined], []],
    ["keeps what looks empty", ["", 0, false], ["", 0, false]],
    ["is empty where there are no rows", [], []],
    ["may have as many keys as are allowed", ["a", "b", "c", "a"], ["a", "b", "c"]],
  ])("%s", async (_, values, keys) => {
    const rows = values.map((id) => (id === undefined ? {} : { id }));
    expect(await compileKeySet(keySet, given(rows), { keysMax: 3 })(running())).toEqual(keys);
  });

  it("of more keys than are allowed is refused, never cut off", async () => {
    const rows = ["a", "b", "c", null, "a"].map((id) => ({ id }));
    await expect(compileKeySet(keySet, given(rows), { keysMax: 2 })(running())).rejects.toMatchObject({
      code: "KEY_SET_MAX",
      audience: "caller",
      status: 400,
      message: expect.stringContaining("3 different values of id"),
    });
  });
});

describe("a semi-join", () => {
  const plan = { kind: "semi-join", variable: "keys" } as Extract<Plan, { kind: "semi-join" }>;

  it("binds the keys beside the caller's variables, in place of one of that name", async () => {
    const seen: Running[] = [];
    const into = async (each: Running) => {
      seen.push(each);
      return { data: Buffer.from("1") };
    };
    const began = running({ keys: ["mine"], first: 5 });
    const answer = await compileSemiJoin(plan, async () => ["a", "b"], into)(began);
    expect(answer).toEqual({ data: Buffer.from("1") });
    expect(seen).toEqual([{ asking: began.asking, variables: { keys: ["a", "b"], first: 5 } }]);
    expect(began.variables).toEqual({ keys: ["mine"], first: 5 });
  });

  it("asks nothing where the keys could not be read", async () => {
    const into = async () => expect.unreachable();
    const broken = async () => Promise.reject(new Error("no keys"));
    await expect(compileSemiJoin(plan, broken, into)(running())).rejects.toThrow("no keys");
  });
});

describe("a residual filter", () => {
  it("keeps rows for which the predicate is TRUE, as they are and in order, and none of UNKNOWN", async () => {
    const plan = {
      kind: "residual-filter",
      predicate: { kind: "not", of: { kind: "compare", column: "n", operator: "_gt", value: 2 } },
      columns: { n: "Int" },
    } as unknown as Extract<RowsPlan, { kind: "residual-filter" }>;
    const rows = [{ n: 3 }, { n: 2, more: "x" }, { n: null }, { n: 1 }];
    const kept = await compileResidualFilter(plan, given(rows))(running());
    expect(kept).toEqual([{ n: 2, more: "x" }, { n: 1 }]);
    expect(kept[0]).toBe(rows[1]);
  });
});

describe("the rows of an answer", () => {
  it.each([
    ["are the list under the name", { l: [{ a: 1 }] }, [{ a: 1 }]],
    ["are none where null stands there", { l: null }, []],
    ["are none where there is no data", null, []],
  ])("%s", (_, data, rows) => {
    expect(readList({ data: Buffer.from(JSON.stringify(data)) }, "l")).toEqual(rows);
  });

  it("are not those of a part: the first error ends it", () => {
    const error = new GraphQLError("broken");
    expect(() => readList({ data: Buffer.from('{"l":[]}'), errors: [error] }, "l")).toThrow(error);
  });
});
