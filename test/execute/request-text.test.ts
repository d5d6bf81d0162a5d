// The text of a request: legal GraphQL in legal JSON, with the variables that it uses and no others.
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import type { Gathered } from "../../gateway/execute/federated/gather.ts";
import { compileRequest } from "../../gateway/execute/federated/request-text.ts";
import type { Fetch } from "../../gateway/plan/fetch-tree.ts";
import { fetchOf, keyed, stepOf } from "./support/fetches.ts";

type Sent = { readonly query: string; readonly operationName?: string; readonly variables?: object };

function gathered(part: number, representations: readonly object[] = [], context?: object): Gathered {
  const texts = representations.map((each) => JSON.stringify(each));
  return { part, sent: representations, texts, targets: [], context } as unknown as Gathered;
}

function written(
  fetches: readonly Fetch[],
  batch: readonly Gathered[],
  variables: Readonly<Record<string, unknown>> = {},
): Sent {
  const sent = JSON.parse(compileRequest(stepOf(...fetches)).write(batch, variables)) as Sent;
  parse(sent.query);
  return sent;
}

const users = fetchOf({ selection: "{...on User{name}}", entities: keyed("User", ["id"]) });
const items = fetchOf({ selection: "{...on Item{price}}", entities: keyed("Item", ["id"]) });
const variable = (name: string, type = "Int") => ({ name, definition: `$${name}: ${type}` });

describe("a request", () => {
  it("of root fields is their selection alone", () => {
    expect(written([fetchOf({ selection: "{top{id}}" })], [gathered(0)])).toEqual({
      query: "query{top{id}}",
    });
  });

  it("carries the name of the operation, and a mutation says so", () => {
    const fetch = fetchOf({ operation: "mutation", operationName: "Buy", selection: "{buy}" });
    expect(written([fetch], [gathered(0)])).toEqual({ query: "mutation Buy{buy}", operationName: "Buy" });
  });

  it("of one part asks `_entities` by that name", () => {
    const sent = written([users], [gathered(0, [{ __typename: "User", id: "1" }])]);
    expect(sent).toEqual({
      query:
        "query($representations:[_Any!]!){_entities(representations:$representations){...on User{name}}}",
      variables: { representations: [{ __typename: "User", id: "1" }] },
    });
  });

  it("of several parts gives each a name and a list of its own", () => {
    const step = [users, items];
    const { query, variables } = written(step, [gathered(0, [{ id: "u" }]), gathered(1, [{ id: "i" }])]);
    expect(query).toBe(
      "query($representations0:[_Any!]!,$representations1:[_Any!]!){entities0:_entities(representations:$representations0){...on User{name}} entities1:_entities(representations:$representations1){...on Item{price}}}",
    );
    expect(variables).toEqual({ representations0: [{ id: "u" }], representations1: [{ id: "i" }] });
    expect(compileRequest(stepOf(...step)).partNames).toEqual(["entities0", "entities1"]);
  });

  it("leaves out the parts that have nothing to ask, with their variables", () => {
    const first = { ...users, variables: [variable("a")] };
    const second = { ...items, variables: [variable("b")] };
    const { query, variables } = written([first, second], [gathered(1, [{ id: "i" }])], { a: 1, b: 2 });
    expect(query).toBe(
      "query($representations1:[_Any!]!,$b: Int){entities1:_entities(representations:$representations1){...on Item{price}}}",
    );
    expect(variables).toEqual({ representations1: [{ id: "i" }], b: 2 });
  });

  it("declares a variable once that several parts use", () => {
    const shared = { variables: [variable("a")] };
    const { query } = written(
      [
        { ...users, ...shared },
        { ...items, ...shared },
      ],
      [gathered(0, [{}]), gathered(1, [{}])],
    );
    expect(query.match(/\$a: Int/g)).toHaveLength(1);
  });

  it.each([
    ["sends a variable that it uses", { first: 5 }, { first: 5 }],
    ["sends null where null was given", { first: null }, { first: null }],
    ["leaves out what was not given, so that the default holds", {}, undefined],
    ["leaves out what it does not use", { other: 1, representations: [] }, undefined],
    ["does not take an inherited name for a variable", Object.create({ first: 3 }), undefined],
  ])("%s", (_, given, sent) => {
    const fetch = fetchOf({
      selection: "{top(first:$first)}",
      variables: [{ name: "first", definition: "$first: Int = 5" }],
    });
    const request = written([fetch], [gathered(0)], given);
    expect(request.query).toBe("query($first: Int = 5){top(first:$first)}");
    expect(request.variables).toEqual(sent);
  });

  it.each([
    ["one part", [users], ["representations"]],
    ["several parts", [users, items], ["representations0", "representations1"]],
    ["several, twice", [users, items], ["representations1", "_representations1"]],
  ])("keeps the lists of %s apart from the caller's variables of that name", (_, fetches, names) => {
    const own = names.map((name) => variable(name, "[ID]"));
    const step = fetches.map((fetch) => ({ ...fetch, variables: own }));
    const given = Object.fromEntries(names.map((name) => [name, ["mine"]]));
    const batch = step.map((_, i) => gathered(i, [{ id: `r${i}` }]));
    const { query, variables } = written(step, batch, given);
    const lists = [...query.matchAll(/representations:\$(\w+)/g)].map(([, name]) => name as string);
    expect(new Set([...lists, ...names]).size).toBe(lists.length + names.length);
    const expected = { ...given, ...Object.fromEntries(lists.map((name, i) => [name, [{ id: `r${i}` }]])) };
    expect(variables).toEqual(expected);
  });

  it("sends arguments from above as variables", () => {
    const fetch = { ...users, variables: [variable("fromAbove", "String")] };
    const { variables } = written([fetch], [gathered(0, [{ id: "1" }], { fromAbove: "x" })]);
    expect(variables).toEqual({ representations: [{ id: "1" }], fromAbove: "x" });
  });

  it.each([
    '"',
    "\\",
    "\u2028",
    "\0",
    "\ud83d\ude00",
    "\ud800",
    "</script>",
    '"}],"query":"{evil}',
    "line\nbreak",
  ])("says %j as it is, in a representation, in a variable and in the selection", (nasty) => {
    // GraphQL has no text with half a character in it; JSON has.
    const literal = JSON.stringify(nasty).replace("\\ud800", "");
    const fetch = {
      ...users,
      selection: `{...on User{name(as:${literal})}}`,
      variables: [variable("v", "String")],
    };
    const { query, variables } = written([fetch], [gathered(0, [{ id: nasty }])], { v: nasty });
    expect(query).toContain(`name(as:${literal})`);
    expect(variables).toEqual({ representations: [{ id: nasty }], v: nasty });
  });
});
