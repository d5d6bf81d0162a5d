// The schedule: every fetch once, after all that it follows, in no more rounds than the tree has, and together where it can be.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Conditions, type Step, schedule } from "../../gateway/execute/federated/schedule.ts";
import type { Fetch, FetchTree } from "../../gateway/plan/fetch-tree.ts";
import { fetchOf, keyed } from "./support/fetches.ts";

const root = (subgraph: string, at: string): Fetch => fetchOf({ subgraph, receives: [{ name: at }], at: [] });
const entity = (subgraph: string, at: string, selection = "{a}"): Fetch =>
  fetchOf({ subgraph, selection, at: at.split("."), entities: keyed("T", ["id"]) });
const sequence = (...nodes: readonly FetchTree[]): FetchTree => ({ kind: "sequence", nodes });
const parallel = (...nodes: readonly FetchTree[]): FetchTree => ({ kind: "parallel", nodes });

/** `1 reviews users.@+top.@{a} after 0`; a `|` divides the parts of a step, a `+` the places of a part. */
function printed(steps: readonly Step[]): readonly string[] {
  return steps.map(({ subgraph, parts, after }, i) => {
    const texts = parts.map(
      ({ fetch, at }) => `${at.map((place) => place.join(".")).join("+")}${fetch.selection}`,
    );
    return `${i} ${subgraph} ${texts.join(" | ")}${after.length > 0 ? ` after ${[...after].sort()}` : ""}`;
  });
}

describe("a schedule", () => {
  it.each<[string, FetchTree | undefined, readonly string[]]>([
    ["is empty where nothing is fetched", undefined, []],
    [
      "merges places of one content, and sinks a fetch to those of its subgraph where nothing waits for it",
      parallel(
        sequence(
          root("accounts", "users"),
          entity("reviews", "users.@"),
          entity("products", "users.@.reviews.@.product"),
          entity("inventory", "users.@.reviews.@.product"),
        ),
        sequence(root("products", "top"), parallel(entity("reviews", "top.@"), entity("inventory", "top.@"))),
      ),
      [
        "0 accounts {a}",
        "1 products {a}",
        "2 reviews users.@+top.@{a} after 0,1",
        "3 products users.@.reviews.@.product{a} after 2",
        "4 inventory users.@.reviews.@.product+top.@{a} after 1,3",
      ],
    ],
    [
      "puts different content of one subgraph into one step as parts",
      sequence(
        root("a", "x"),
        parallel(entity("b", "x", "{c}"), entity("b", "x", "{d}"), entity("b", "y", "{d}")),
      ),
      ["0 a {a}", "1 b x{c} | x+y{d} after 0"],
    ],
    [
      "does not sink a fetch below what waits for it",
      sequence(
        root("a", "x"),
        parallel(sequence(entity("b", "x"), entity("c", "x")), sequence(entity("d", "y"), entity("b", "y"))),
      ),
      ["0 a {a}", "1 b x{a} after 0", "2 d y{a} after 0", "3 c x{a} after 1", "4 b y{a} after 2"],
    ],
    ["never merges root fetches", parallel(root("a", "x"), root("a", "y")), ["0 a {a}", "1 a {a}"]],
  ])("%s", (_, tree, steps) => {
    expect(printed(schedule(tree, {}))).toEqual(steps);
  });

  it("keeps mutations in the order that they stand in, each by itself", () => {
    const mutation = (name: string) => fetchOf({ operation: "mutation", selection: `{${name}}` });
    const steps = schedule(sequence(mutation("x"), mutation("y"), mutation("z")), {});
    expect(printed(steps)).toEqual(["0 shop {x}", "1 shop {y} after 0", "2 shop {z} after 1"]);
  });

  it("leaves a fetch with arguments from above by itself", () => {
    const context = [{ variable: "v", up: 0, path: [] }];
    const alone = fetchOf({ at: ["x"], entities: keyed("T", ["id"], { context }) });
    const other = fetchOf({ at: ["y"], entities: keyed("T", ["id"]) });
    expect(schedule(parallel(alone, other, { ...other, at: ["z"] }), {})).toHaveLength(2);
  });

  it.each([
    [true, ["0 a {a}", "1 b x{a} after 0", "2 c x{a} after 1"]],
    [false, ["0 a {a}", "1 c x{a} after 0"]],
  ])("takes the branch of a condition that is %s, and waits on as if it alone stood there", (value, steps) => {
    const condition: FetchTree = { kind: "condition", variable: "v", whenTrue: entity("b", "x") };
    const tree = sequence(root("a", "x"), condition, entity("c", "x"));
    expect(printed(schedule(tree, { v: value }))).toEqual(steps);
  });
});

/** Places tell fetches apart, so each gets one of its own. */
function withOwnPlaces(tree: FetchTree, next = { place: 0 }): FetchTree {
  switch (tree.kind) {
    case "fetch":
      return { ...tree, at: [`p${next.place++}`] };
    case "sequence":
    case "parallel":
      return { ...tree, nodes: tree.nodes.map((node) => withOwnPlaces(node, next)) };
    case "condition":
      return {
        ...tree,
        ...(tree.whenTrue && { whenTrue: withOwnPlaces(tree.whenTrue, next) }),
        ...(tree.whenFalse && { whenFalse: withOwnPlaces(tree.whenFalse, next) }),
      };
  }
}

const anyFetch: fc.Arbitrary<FetchTree> = fc
  .record({
    subgraph: fc.constantFrom("a", "b", "c"),
    selection: fc.constantFrom("{x}", "{y}"),
    kind: fc.constantFrom("entities", "entities", "entities", "root", "mutation", "context"),
  })
  .map(({ subgraph, selection, kind }) => {
    if (kind === "root" || kind === "mutation")
      return fetchOf({ subgraph, selection, operation: kind === "mutation" ? "mutation" : "query" });
    const context = kind === "context" ? [{ variable: "v", up: 0, path: [] }] : [];
    return fetchOf({ subgraph, selection, entities: keyed("T", ["id"], { context }) });
  });

const { anyTree } = fc.letrec<{ anyTree: FetchTree }>((tie) => {
  const nodes = fc.array(tie("anyTree"), { maxLength: 4 });
  const branch = fc.option(tie("anyTree"), { nil: undefined });
  return {
    anyTree: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      anyFetch,
      nodes.map((each) => sequence(...each)),
      nodes.map((each) => parallel(...each)),
      fc.tuple(fc.constantFrom("v", "w"), branch, branch).map(
        ([variable, whenTrue, whenFalse]): FetchTree => ({
          kind: "condition",
          variable,
          ...(whenTrue && { whenTrue }),
          ...(whenFalse && { whenFalse }),
        }),
      ),
    ),
  };
});

type Meaning = {
  readonly fetches: readonly Fetch[];
  /** Which place has to be done before which. */
  readonly before: readonly (readonly [string, string])[];
  readonly rounds: number;
};

const placeOf = ({ at }: Fetch): string => at[0] as string;

/** What a tree says, read the long way: in a sequence all of a node comes before all of every later one. */
function meaning(tree: FetchTree | undefined, conditions: Conditions): Meaning {
  if (!tree) return { fetches: [], before: [], rounds: 0 };
  if (tree.kind === "fetch") return { fetches: [tree], before: [], rounds: 1 };
  if (tree.kind === "condition")
    return meaning(conditions[tree.variable] ? tree.whenTrue : tree.whenFalse, conditions);
  const parts = tree.nodes.map((node) => meaning(node, conditions));
  const rounds = parts.map((part) => part.rounds);
  const between =
    tree.kind === "parallel"
      ? []
      : parts.flatMap((part, i) =>
          parts
            .slice(i + 1)
            .flatMap((later) =>
              part.fetches.flatMap((one) =>
                later.fetches.map((other) => [placeOf(one), placeOf(other)] as const),
              ),
            ),
        );
  return {
    fetches: parts.flatMap(({ fetches }) => fetches),
    before: [...parts.flatMap(({ before }) => before), ...between],
    rounds: tree.kind === "parallel" ? Math.max(0, ...rounds) : rounds.reduce((sum, each) => sum + each, 0),
  };
}

describe("the schedule of any tree", () => {
  it("has every fetch once, after all that it follows, in no more rounds than the tree", () => {
    fc.assert(
      fc.property(
        anyTree.map((tree) => withOwnPlaces(tree)),
        fc.boolean(),
        fc.boolean(),
        (tree, v, w) => {
          const conditions = { v, w };
          const { fetches, before, rounds } = meaning(tree, conditions);
          const steps = schedule(tree, conditions);

          const stepOf = new Map<string, number>();
          const contentAt = new Map<string, string>();
          steps.forEach(({ parts, subgraph, operation }, i) => {
            for (const { fetch, at } of parts)
              for (const [place] of at) {
                expect(stepOf.has(place as string)).toBe(false);
                stepOf.set(place as string, i);
                expect([fetch.subgraph, fetch.operation]).toEqual([subgraph, operation]);
                contentAt.set(place as string, JSON.stringify({ ...fetch, at: [] }));
              }
          });
          const wanted = fetches.map((each) => [placeOf(each), JSON.stringify({ ...each, at: [] })]);
          expect([...contentAt].sort()).toEqual(wanted.sort());

          const waitsFor: Set<number>[] = [];
          const levels: number[] = [];
          steps.forEach(({ after }, i) => {
            for (const each of after) expect(each).toBeLessThan(i);
            waitsFor[i] = new Set([
              ...after,
              ...after.flatMap((each) => [...(waitsFor[each] as Set<number>)]),
            ]);
            levels[i] = 1 + Math.max(0, ...after.map((each) => levels[each] as number));
          });
          for (const [one, other] of before)
            expect(waitsFor[stepOf.get(other) as number]?.has(stepOf.get(one) as number)).toBe(true);
          expect(Math.max(0, ...levels)).toBeLessThanOrEqual(rounds);

          for (const { parts } of steps) {
            const isAlone = parts.some(
              ({ fetch }) =>
                !fetch.entities || fetch.operation === "mutation" || fetch.entities.context.length > 0,
            );
            if (isAlone) expect([parts.length, parts[0]?.at.length]).toEqual([1, 1]);
          }
        },
      ),
      { seed: 20261121, numRuns: 1_000 },
    );
  });
});
