// The projection: nulls to the letter of the specification, with graphql-js on the same data as its judge.
import fc from "fast-check";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { executed, project, projected } from "./support/projecting.ts";
import { anyQuestion } from "./support/random-data.ts";

const schema = buildSchema(`
  enum Color { RED GREEN } scalar Json
  interface Node { id: ID! name: String }
  type User implements Node { id: ID! name: String sure: String! color: Color friends: [User!]! best: User }
  type Pet implements Node { id: ID! name: String }
  union Any = User | Pet
  type Query { user: User sure: User! users: [User!] maybe: [User]! grid: [[Int!]] node: Node any: Any json: Json }
`);
const show = (query: string, data: string) => projected(schema, query, JSON.parse(data));

describe("the projection", () => {
  it.each<[string, string, string, string, readonly string[]]>([
    [
      "answers in the order of the question",
      "{user{name id}}",
      '{"user":{"id":"1","name":"a","more":1}}',
      '{"user":{"name":"a","id":"1"}}',
      [],
    ],
    ["has null for what nobody brought", "{user{name} node{id}}", "{}", '{"user":null,"node":null}', []],
    [
      "moves a null up to what may be null",
      "{user{id sure}}",
      '{"user":{"id":"1"}}',
      '{"user":null}',
      ["user.sure"],
    ],
    ["moves a null up to the root", "{sure{id}}", '{"sure":null}', "null", ["sure"]],
    [
      "moves a null up through a list of what must be",
      "{users{id}}",
      '{"users":[{"id":"1"},{"id":null}]}',
      '{"users":null}',
      ["users.1.id"],
    ],
    [
      "stops it in a list of what may be null",
      "{maybe{id}}",
      '{"maybe":[{"id":null},{"id":"2"}]}',
      '{"maybe":[null,{"id":"2"}]}',
      ["maybe.0.id"],
    ],
    [
      "tells of one in a list of lists",
      "{grid}",
      '{"grid":[[1,null],[2]]}',
      '{"grid":[null,[2]]}',
      ["grid.0.1"],
    ],
    [
      "takes no value of another type",
      "{user{color name}}",
      '{"user":{"color":"BLUE","name":1}}',
      '{"user":{"color":null,"name":null}}',
      ["user.color", "user.name"],
    ],
    ["writes an ID as text", "{user{id}}", '{"user":{"id":7}}', '{"user":{"id":"7"}}', []],
    [
      "leaves JSON as it is",
      "{json}",
      '{"json":{"__proto__":{"a":null}}}',
      '{"json":{"__proto__":{"a":null}}}',
      [],
    ],
    [
      "goes by the type of the object",
      "{any{...on User{id} ...on Pet{name}}}",
      '{"any":{"__typename":"Pet","id":"1","name":"p"}}',
      '{"any":{"name":"p"}}',
      [],
    ],
    [
      "refuses a type that can't stand there",
      "{node{id}}",
      '{"node":{"__typename":"Query","id":"1"}}',
      '{"node":null}',
      ["node"],
    ],
    [
      "refuses an object for a list, and a list for an object",
      "{users{id} user{id}}",
      '{"users":{"0":{}},"user":[{"id":"1"}]}',
      '{"users":null,"user":null}',
      ["user", "users"],
    ],
    [
      "takes an interface's fields of an object that is silent on its type",
      "{node{id ...on User{color} ...on Node{name}}}",
      '{"node":{"id":"1","name":"n"}}',
      '{"node":{"id":"1","name":"n"}}',
      [],
    ],
    [
      "takes them where it names the interface itself",
      "{node{id}}",
      '{"node":{"__typename":"Node","id":"1"}}',
      '{"node":{"id":"1"}}',
      [],
    ],
    [
      "can't say what is asked of such an object where that depends on its type",
      "{node{id ...on User{color}}}",
      '{"node":{"__typename":"Node","id":"1"}}',
      '{"node":null}',
      ["node"],
    ],
    [
      "takes what is asked of it whatever its type",
      "{node{...on Node{id ...{name}}}}",
      '{"node":{"__typename":"Node","id":"1","name":"n"}}',
      '{"node":{"id":"1","name":"n"}}',
      [],
    ],
    [
      "can't say the type of such an object",
      "{node{id __typename}}",
      '{"node":{"id":"1"}}',
      '{"node":null}',
      ["node.__typename"],
    ],
    [
      "says the type of an object that is known by its place",
      "{user{__typename}}",
      '{"user":{}}',
      '{"user":{"__typename":"User"}}',
      [],
    ],
    [
      "reads and writes names that objects inherit",
      "{__proto__:user{constructor:id toString:name}}",
      '{"__proto__":{"constructor":"1"}}',
      '{"__proto__":{"constructor":"1","toString":null}}',
      [],
    ],
    [
      "says an alias of any length and kind",
      `{user{${"a".repeat(300)}:id}}`,
      `{"user":{"${"a".repeat(300)}":"1"}}`,
      `{"user":{"${"a".repeat(300)}":"1"}}`,
      [],
    ],
    [
      "merges selections of one name",
      "{user{best{id}} user{best{name}}}",
      '{"user":{"best":{"id":"1","name":"b"}}}',
      '{"user":{"best":{"id":"1","name":"b"}}}',
      [],
    ],
    [
      "follows fragments",
      "{user{...F}} fragment F on Node{id ...on User{color}}",
      '{"user":{"id":"1","color":"RED"}}',
      '{"user":{"id":"1","color":"RED"}}',
      [],
    ],
  ])("%s", (_, query, data, answer, errors) => {
    expect(show(query, data)).toEqual({ data: answer, errors });
  });

  it("reads an alias under the name that its data was fetched by", () => {
    const data = JSON.parse('{"user":{"fetched":"1"}}');
    expect(projected(schema, "{user{mine:id}}", data, {}, { "mine:id()": "fetched" }).data).toBe(
      '{"user":{"mine":"1"}}',
    );
  });

  it("reads another field of one response name under its own", () => {
    const data = JSON.parse('{"user":{"mine":"1","fetched":"n"},"users":[{"mine":"2","fetched":"m"}]}');
    const query = "{user{mine:id} users{mine:name}}";
    expect(projected(schema, query, data, {}, { "mine:name()": "fetched" }).data).toBe(
      '{"user":{"mine":"1"},"users":[{"mine":"m"}]}',
    );
  });

  it("says what is wrong, and where", () => {
    const { errors } = project(
      schema,
      "{user{sure color} maybe{id} node{id}}",
      JSON.parse('{"user":{"sure":"s","color":5},"maybe":[7],"node":{"__typename":"No"}}'),
    );
    expect(errors.map(({ message }) => message)).toEqual([
      "Invalid value found for field User.color.",
      "Invalid value found for array element at index 0.",
      "Invalid __typename found for object at field Query.node.",
    ]);
    expect(errors.every(({ extensions }) => extensions.code === "INVALID_GRAPHQL")).toBe(true);
  });
});

describe("of any operation on any data", () => {
  it("the projection is what graphql-js makes of them, with errors at the same places", () => {
    const seen = { errors: 0, roots: 0 };
    fc.assert(
      fc.property(anyQuestion, fc.boolean(), fc.boolean(), ({ schema: any, query, data }, v, w) => {
        const wanted = executed(any, query, data, { v, w });
        expect(projected(any, query, data, { v, w })).toEqual(wanted);
        seen.errors += wanted.errors.length;
        if (wanted.data === "null") seen.roots++;
      }),
      { seed: 20261121, numRuns: 600 },
    );
    expect(seen.errors).toBeGreaterThan(200);
    expect(seen.roots).toBeGreaterThan(20);
    expect(seen.roots).toBeLessThan(500);
  });
});
