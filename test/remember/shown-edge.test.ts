// Names of edges as they are shown: nothing of a query's text that may be somebody's value.
import { describe, expect, it } from "vitest";
import { edgeCharactersMax, shownEdge } from "../../gateway/remember/shown-edge.ts";

describe("the name of an edge", () => {
  it.each([
    ["whole numbers", "books: {book(id:1){title}}", "books: {book(id:_){title}}"],
    ["negative ones", "a: {b(at:[-1 -2]){c}}", "a: {b(at:[_ _]){c}}"],
    ["fractions and exponents", "a: {b(x:-1.5e+10 y:2E-3 z:0.5){c}}", "a: {b(x:_ y:_ z:_){c}}"],
    ["strings", 'a: {b(name:"Ada L.",c:"x"){d}}', "a: {b(name:_,c:_){d}}"],
    ["empty strings", 'a: {b(name:""){d}}', "a: {b(name:_){d}}"],
    [
      "strings with quotes and backslashes",
      String.raw`a: {b(c:"se\"cr\\" d:"et\\\""){e}}`,
      "a: {b(c:_ d:_){e}}",
    ],
    ["block strings", 'a: {b(c:"""se"c""ret"""){d}}', "a: {b(c:_){d}}"],
    ["block strings that hold their own end", String.raw`a: {b(c:"""s\"""ecret"""){d}}`, "a: {b(c:_){d}}"],
    [
      "block strings with backslashes",
      String.raw`a: {b(c:"""s\\"""secret""" d:"x\n"){e}}`,
      "a: {b(c:_ d:_){e}}",
    ],
    ["comments", "a: {b # secret 1\n c}", "a: {b \n c}"],
    ["values in lists and objects", 'a: {b(w:{c:{_in:["x" 2]}}){d}}', "a: {b(w:{c:{_in:[_ _]}}){d}}"],
  ])("is without %s", (_, edge, shown) => {
    expect(shownEdge(edge)).toBe(shown);
  });

  it.each([
    ["names with digits", "books: Book {f0:title _1 b2c}"],
    ["variables", "books: query($id1:Int!){book(id:$id1){title}}"],
    ["enums, booleans and null", "a: {b(order_by:{date:desc} c:true d:null){e}}"],
    ["a subgraph's name with digits and hyphens", "flights-2024: {flights{id}}"],
    ["a whole answer's operation and hash", "answer: Top10 1a-2b_3c"],
    ["a whole answer without a name", "answer: (no name) 12345678"],
  ])("keeps %s", (_, edge) => {
    expect(shownEdge(edge)).toBe(edge);
  });

  it("takes literals out where a subgraph is called as whole answers are", () => {
    expect(shownEdge("answer: {book(id:1){title}}")).toBe("answer: {book(id:_){title}}");
  });

  it("is cut where it is long, and differs where what is cut off differs in more than literals", () => {
    const edge = (id: number, last: string) => `a: {b(id:${id}){${"field ".repeat(100)}${last}}}`;
    expect(shownEdge(edge(1, "x")).length).toBeLessThan(edgeCharactersMax + 20);
    expect(shownEdge(edge(1, "x"))).toBe(shownEdge(edge(2, "x")));
    expect(shownEdge(edge(1, "x"))).not.toBe(shownEdge(edge(1, "y")));
  });

  it("takes a long literal out as a whole", () => {
    expect(shownEdge(`a: {b(c:"${"s\\\\".repeat(300_000)}"){d}}`)).toBe("a: {b(c:_){d}}");
  });
});
