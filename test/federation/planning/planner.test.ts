// The planning thread: its limits, its end, and that nobody waits for a thread that is gone.
import { describe, expect, it } from "vitest";
import { openPlanner, type PlannerOptions } from "../../../gateway/federation/planner.ts";
import { openSupergraph } from "../../../gateway/federation/supergraph.ts";
import { supergraphOf } from "./planned.ts";

const supergraph = supergraphOf({ a: "type Query { a: A } type A { id: ID! name: String }" });
const options: PlannerOptions = { planTimeoutMs: 10_000, plansWaitingMax: 10, plannerMegabytesMax: 512 };
const open = (changed: Partial<PlannerOptions> = {}) => openPlanner(supergraph, { ...options, ...changed });

const small = { text: "{ a { id } }", operationName: undefined };
const slow = {
  text: `{ ${Array.from({ length: 60_000 }, (_, i) => `a${i}: a { id name }`).join(" ")} }`,
  operationName: undefined,
};
const outcomes = async (asked: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(asked)).map((each) =>
    each.status === "fulfilled" ? (each.value as { kind: string }).kind : each.reason.code,
  );

describe("a planner", () => {
  it("answers in order, and tells what is wrong with a question", async () => {
    await using planner = await open();
    const kinds = await outcomes([
      planner.plan(small),
      planner.plan({ ...small, text: "{ b }" }),
      planner.plan({ ...small, text: "{ a { ... @defer { id } } }" }),
      planner.plan({ ...small, text: "{ a ".repeat(100_000) }),
      planner.plan(small),
    ]);
    expect(kinds).toEqual(["planned", "invalid", "DEFER_NOT_YET", "PLANNING_FAILED", "planned"]);
  });

  it("gives up an operation that takes too long, and answers those behind it", async () => {
    await using planner = await open({ planTimeoutMs: 1_000 });
    expect(await outcomes([planner.plan(slow), planner.plan(small), planner.plan(small)])).toEqual([
      "PLAN_TIMEOUT",
      "planned",
      "planned",
    ]);
  });

  it("is replaced when it runs out of memory", async () => {
    await using planner = await open({ plannerMegabytesMax: 96 });
    const huge = { ...small, text: `{ ${"a ".repeat(2_000_000)} }` };
    expect(await outcomes([planner.plan(huge), planner.plan(small)])).toEqual(["PLANNER_LOST", "planned"]);
    expect(await outcomes([planner.plan(small)])).toEqual(["planned"]);
  });

  it("refuses a question when too many wait", async () => {
    await using planner = await open({ plansWaitingMax: 1 });
    const asked = [1, 2, 3].map(() => planner.plan(small));
    expect(await outcomes(asked)).toEqual(["planned", "planned", "PLANS_WAITING_MAX"]);
  });

  it("answers what waits before it ends, and nothing after", async () => {
    const planner = await open();
    const asked = [planner.plan(small), planner.plan(small)];
    const ended = planner[Symbol.asyncDispose]();
    expect(await outcomes([planner.plan(small)])).toEqual(["PLANNER_CLOSED"]);
    expect(await outcomes(asked)).toEqual(["planned", "planned"]);
    await ended;
    await planner[Symbol.asyncDispose]();
  });

  it.each([
    ["no supergraph", "type Query { a: Int }", "SUPERGRAPH_REFUSED"],
    [
      "what nobody enforces",
      supergraphOf({ a: "type Query { a: Int @authenticated }" }),
      "FEATURES_NOT_ENFORCED",
    ],
  ])("does not open with %s", async (_, sdl, code) => {
    await expect(openPlanner(sdl, options)).rejects.toMatchObject({ code });
  });
});

describe("a supergraph", () => {
  it("has the API schema, the addresses of its subgraphs, and a planner", async () => {
    await using served = await openSupergraph(supergraph, options);
    expect(served.publishedSchema.getType("A")).toBeDefined();
    expect([...served.subgraphs]).toEqual([["a", "http://a"]]);
    expect(await served.plan(small)).toMatchObject({ kind: "planned" });
  });

  it("is refused where a subgraph has no address", async () => {
    const sdl = supergraph.replace("http://a", "");
    await expect(openSupergraph(sdl, options)).rejects.toThrow("subgraph a has no address");
  });
});
