// Edges: what looking up brought and cost on each, and where it is left alone.
import { describe, expect, it } from "vitest";
import { hottestFirst, openEdges } from "../../cache/joins/edges.ts";

const options = { edgesMax: 10, learnLooks: 4, sampleOneIn: 3, sampleOneInMax: 12 };

describe("edges", () => {
  it("count what a hit saves by what fetching took lately", () => {
    const edges = openEdges(options);
    edges.fetched("a", 2, 20);
    edges.looked("a", 5, 3, 1);
    expect(edges.report()).toMatchObject([{ edge: "a", looked: 5, hits: 3, savedMs: 30 }]);
    expect(edges.savedMs()).toBe(30);
  });

  it("go on counting what was saved on those that are forgotten", () => {
    const edges = openEdges({ ...options, edgesMax: 1 });
    for (const edge of ["a", "b"]) {
      edges.fetched(edge, 1, 10);
      edges.looked(edge, 1, 1, 1);
    }
    expect(edges.report()).toMatchObject([{ edge: "b", savedMs: 10 }]);
    expect(edges.savedMs()).toBe(20);
  });

  it("are sorted by what they saved, then by how often they were asked", () => {
    const edges = openEdges(options);
    for (const edge of ["seldom", "often", "often", "hot"]) edges.worth(edge, () => edge);
    edges.fetched("hot", 1, 10);
    edges.looked("hot", 1, 1, 1);
    expect([...edges.report()].sort(hottestFirst).map(({ edge }) => edge)).toEqual([
      "hot",
      "often",
      "seldom",
    ]);
  });

  it("are left alone where looking costs more than it brings, but for what came before and samples", () => {
    const edges = openEdges(options);
    edges.fetched("a", 4, 1);
    edges.looked("a", 4, 0, 8);
    expect(edges.report()).toMatchObject([{ edge: "a", isWorth: false }]);
    const looks = ["p", "q", "r", "s", "q"].map((name) => edges.worth("a", () => name));
    expect(looks).toEqual([false, false, true, false, true]);
  });

  it("are sampled ever less often, down to a bound, while samples change nothing", () => {
    const edges = openEdges(options);
    edges.fetched("a", 4, 1);
    edges.looked("a", 4, 0, 8);
    const looks = Array.from({ length: 45 }, (_, i) => edges.worth("a", () => `${i}`));
    expect(looks.flatMap((isLooked, i) => (isLooked ? [i + 1] : []))).toEqual([3, 9, 21, 33, 45]);
  });

  it("are looked up again once that is worth it", () => {
    const edges = openEdges(options);
    edges.fetched("a", 4, 100);
    edges.looked("a", 4, 0, 8);
    expect(edges.report()).toMatchObject([{ isWorth: false }]);
    edges.looked("a", 4, 4, 8);
    expect(edges.report()).toMatchObject([{ isWorth: true }]);
  });
});
