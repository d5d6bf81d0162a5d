// Whose entity is whose: whatever a subgraph answers, no object gets the fields of another.
import { describe, expect, it } from "vitest";
import { compileMatch } from "../../gateway/execute/federated/match-entities.ts";
import { echoes, neverAnothers, ofOneType, ofTwoTypes, user, userAnswer } from "./support/answers.ts";

describe("entities", () => {
  it.each<[string, readonly unknown[], unknown, readonly unknown[], string | undefined]>([
    [
      "in the order of the question",
      ["1", "2"],
      [userAnswer("1"), userAnswer("2")],
      ["user 1", "user 2"],
      undefined,
    ],
    [
      "in the order of the question, some unknown",
      ["1", "2"],
      [null, userAnswer("2")],
      [null, "user 2"],
      undefined,
    ],
    [
      "that write an ID as a number",
      ["1", "2"],
      [userAnswer(1), userAnswer(2)],
      ["user 1", "user 2"],
      undefined,
    ],
    ["in another order", ["1", "2"], [userAnswer("2"), userAnswer("1")], ["user 1", "user 2"], undefined],
    [
      "that do not tell their keys",
      ["1", "2"],
      [
        { __typename: "User", key_id: null, name: "a" },
        { __typename: "User", name: "b" },
      ],
      ["a", "b"],
      undefined,
    ],
    [
      "none at all",
      ["1", "2"],
      [],
      [null, null],
      "2 entities were asked for, 0 answered, and 2 are not among them",
    ],
    [
      "too few",
      ["1", "2"],
      [userAnswer("2")],
      [null, "user 2"],
      "2 entities were asked for, 1 answered, and 1 are not among them",
    ],
    [
      "one of them twice",
      ["1", "2"],
      [userAnswer("1"), userAnswer("1")],
      ["user 1", null],
      "2 entities were asked for, 2 answered, and 1 are not among them",
    ],
    [
      "too many",
      ["1"],
      [userAnswer("9"), userAnswer("1")],
      ["user 1"],
      "1 entities were asked for, 2 answered, and 0 are not among them",
    ],
    ["no list", ["1"], { 0: userAnswer("1") }, [null], "its `_entities` is no list"],
    ["null for the list", ["1"], null, [null], "its `_entities` is no list"],
  ])("%s", (_, asked, answered, names, problem) => {
    const matched = compileMatch(echoes)(asked.map(user), answered);
    expect(matched.entities.map((entity) => entity?.name ?? null)).toEqual(names);
    expect(matched.problem).toBe(problem);
  });

  it("of a type without echo are joined by their position", () => {
    const sent = [
      { __typename: "Other", id: "1" },
      { __typename: "Other", id: "2" },
    ];
    const answered = [{ name: "a" }, { name: "b" }];
    expect(compileMatch(echoes)(sent, answered)).toEqual({ entities: answered });
  });

  it("of another type than was asked for are nobody's", () => {
    const shelf = { __typename: "Shelf", key_id: "1", name: "no user" };
    const { entities, problem } = compileMatch(echoes)([user("1"), user("2")], [userAnswer("2"), shelf]);
    expect(entities).toEqual([null, userAnswer("2")]);
    expect(problem).toBeDefined();
  });
});

describe("of 10,000 questions", () => {
  it.each([
    ["entities of one type", ofOneType],
    ["entities of two types in one list", ofTwoTypes],
  ])("for %s none gives an object the fields of another, or loses one in silence", (_, anyAsked) => {
    neverAnothers(anyAsked);
  });
});
