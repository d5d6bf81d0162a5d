// What goes wrong in a subgraph: errors at their place, nulls that spread as far as the schema says, the rest answered.
import { GraphQLError } from "graphql";
import { judge } from "../support/golden.ts";
import { byKey, type MeshDefinition } from "../support/mesh.ts";

const people = [
  { id: "1", name: "Ann" },
  { id: "2", name: "Bo" },
  { id: "3", name: "Cy" },
];
const failWith = (code: string) => {
  throw new GraphQLError(`It is ${code}.`, { extensions: { code, hint: "none" } });
};

const town = (): MeshDefinition => ({
  people: {
    sdl: `type Query { people: [Person!]! maybe: [Person] person: Person sure: Person! pair: Pair twice: [Person!] grid: [[Person]!]
        broken: Int firm: Int! }
      type Pair { left: Person right: Person! } type Person @key(fields: "id") { id: ID! name: String! }`,
    resolvers: {
      Query: {
        people: () => people,
        maybe: () => people,
        person: () => people[0],
        sure: () => people[0],
        pair: () => ({ left: people[1], right: people[0] }),
        twice: () => [people[1], people[0], people[1]],
        grid: () => [[people[0], people[1]], [], [people[1]]],
        broken: () => failWith("BROKEN"),
        firm: () => failWith("FIRM"),
      },
      Person: { __resolveReference: byKey(people, "id") },
    },
  },
  ages: {
    sdl: `type Person @key(fields: "id") { id: ID! age: Int badge: Badge marks: [Int!] must: Int! } type Badge { number: Int! text: String }`,
    resolvers: {
      Person: {
        __resolveReference: ({ id }) => ({ id }),
        age: ({ id }) => (id === "2" ? failWith("TOO_OLD") : Number(id) * 10),
        must: ({ id }) => (id === "2" ? failWith("MISSING") : 1),
        badge: () => ({}),
        marks: ({ id }) => [1, id === "2" ? null : 2],
      },
      Badge: { number: () => failWith("LOST"), text: () => "t" },
    },
  },
  shoes: {
    sdl: `type Query { shops: Int open: Boolean! } type Person @key(fields: "id") { id: ID! shoe: Int hat: String! }`,
    down: true,
  },
});

judge("errors of fields", town, [
  {
    does: "have the place of the entity's field and the subgraph's code",
    query: "{ people { name age } }",
    data: {
      people: [
        { name: "Ann", age: 10 },
        { name: "Bo", age: null },
        { name: "Cy", age: 30 },
      ],
    },
    errors: ["people.1.age TOO_OLD"],
  },
  {
    does: "go by the caller's aliases",
    query: "{ all: people { years: age } }",
    data: { all: [{ years: 10 }, { years: null }, { years: 30 }] },
    errors: ["all.1.years TOO_OLD"],
  },
  {
    does: "stand at every place of an entity that comes twice",
    query: "{ twice { id age } }",
    data: {
      twice: [
        { id: "2", age: null },
        { id: "1", age: 10 },
        { id: "2", age: null },
      ],
    },
    errors: ["twice.0.age TOO_OLD", "twice.2.age TOO_OLD"],
  },
  {
    does: "stand in lists of lists",
    query: "{ grid { age } }",
    data: { grid: [[{ age: 10 }, { age: null }], [], [{ age: null }]] },
    errors: ["grid.0.1.age TOO_OLD", "grid.2.0.age TOO_OLD"],
  },
  {
    does: "of root fields leave the others whole",
    query: "{ broken person { name } }",
    data: { broken: null, person: { name: "Ann" } },
    errors: ["broken BROKEN"],
  },
  {
    does: "of a root field that must not be null leave nothing",
    query: "{ person { name } firm }",
    data: null,
    errors: ["firm FIRM"],
  },
  {
    does: "below an entity stand where they happened, and null at the next field that may be null",
    query: "{ person { name badge { number text } } }",
    data: { person: { name: "Ann", badge: null } },
    errors: ["person.badge.number LOST"],
  },
  {
    does: "in the items of a list make the list null",
    query: "{ maybe { id marks } }",
    data: {
      maybe: [
        { id: "1", marks: [1, 2] },
        { id: "2", marks: null },
        { id: "3", marks: [1, 2] },
      ],
    },
    errors: ["maybe.1.marks.1 *"],
  },
  {
    does: "of an entity's field that must not be null make the entity null",
    query: "{ maybe { id must } pair { left { must } } }",
    data: { maybe: [{ id: "1", must: 1 }, null, { id: "3", must: 1 }], pair: { left: null } },
    errors: ["maybe.1.must MISSING", "pair.left.must MISSING"],
  },
  {
    does: "spread to the whole answer where nothing may be null",
    query: "{ people { must } person { name } }",
    data: null,
    errors: ["people.1.must MISSING"],
  },
  {
    does: "are not told of what was not asked",
    query: "query ($no: Boolean = false) { people { id age @include(if: $no) } }",
    data: { people: people.map(({ id }) => ({ id })) },
  },
]);

judge("a subgraph that is down", town, [
  {
    does: "costs its own fields",
    query: "{ people { name shoe age } shops }",
    data: {
      people: [
        { name: "Ann", shoe: null, age: 10 },
        { name: "Bo", shoe: null, age: null },
        { name: "Cy", shoe: null, age: 30 },
      ],
      shops: null,
    },
    errors: [
      "people.@.shoe… SUBGRAPH_UNREACHABLE|SUBGRAPH_SUSPENDED",
      "people.1.age TOO_OLD",
      "shops… SUBGRAPH_UNREACHABLE|SUBGRAPH_SUSPENDED",
    ],
  },
  {
    does: "costs the entities whose fields must not be null",
    query: "{ maybe { name hat } }",
    data: { maybe: [null, null, null] },
    errors: ["maybe.@.hat… SUBGRAPH_UNREACHABLE|SUBGRAPH_SUSPENDED"],
  },
  {
    does: "costs what holds them where that must not be null either",
    query: "{ pair { left { name } right { hat } } person { name } }",
    data: { pair: null, person: { name: "Ann" } },
    errors: ["pair.right.hat… SUBGRAPH_UNREACHABLE|SUBGRAPH_SUSPENDED"],
  },
  {
    does: "costs everything where nothing may be null",
    query: "{ sure { hat } person { name } }",
    data: null,
    errors: ["sure.hat… SUBGRAPH_UNREACHABLE|SUBGRAPH_SUSPENDED"],
  },
  {
    does: "costs everything where its own root field must not be null",
    query: "{ open person { name } }",
    data: null,
    errors: ["open… SUBGRAPH_UNREACHABLE|SUBGRAPH_SUSPENDED"],
  },
  {
    does: "costs nothing to who does not ask for it",
    query: "{ people { name } }",
    data: { people: people.map(({ name }) => ({ name })) },
  },
]);

/** Field, its type, what a subgraph says, and what is answered in its place (left out = null and an error). */
const said: readonly (readonly [field: string, type: string, value: unknown, answered?: unknown])[] = [
  ["intAsText", "Int", "abc"],
  ["intAsFraction", "Int", 1.5],
  ["intTooLarge", "Int", 2_147_483_648],
  ["intAsList", "Int", [1]],
  ["intAsObject", "Int", { a: 1 }],
  ["intWhole", "Int", -2_147_483_648, -2_147_483_648],
  ["floatAsText", "Float", "one"],
  ["floatWhole", "Float", 3, 3],
  ["booleanAsText", "Boolean", "true"],
  ["booleanAsObject", "Boolean", {}],
  ["textAsObject", "String", { a: 1 }],
  ["textAsList", "String", ["a"]],
  ["idAsObject", "ID", {}],
  ["enumUnknown", "Colour", "PURPLE"],
  ["enumAsObject", "Colour", {}],
  ["enumKnown", "Colour", "RED", "RED"],
  ["enumInaccessible", "Colour", "SECRET"],
  ["enumsInList", "[Colour]", ["RED", "SECRET", "BLUE"], ["RED", null, "BLUE"]],
  ["listAsObject", "[Int]", {}],
  ["listAsNumber", "[Int]", 5],
  ["listOfWrong", "[Int]", [1, "two", 3], [1, null, 3]],
  ["listOfSure", "[Int!]", [1, null, 3]],
  ["objectAsList", "Thing", []],
  ["objectAsText", "Thing", "thing"],
  ["objectAsNumber", "Thing", 5],
  ["objectWithNull", "Thing", { sure: null }],
  ["objectWithWrong", "Thing", { sure: "x" }],
  ["objectWithout", "Thing", {}],
  ["objectsInList", "[Thing]", [{ sure: 1 }, { sure: null }, 7], [{ sure: 1 }, null, null]],
  ["anyShape", "Any", { __typename: "Nothing", a: [1] }, { __typename: "Nothing", a: [1] }],
  ["memberUnknown", "Union", { __typename: "Nothing", sure: 1 }],
  ["memberNameless", "Union", { sure: 1 }],
  ["memberInaccessible", "Union", { __typename: "Hidden", sure: 1 }],
  ["memberKnown", "Union", { __typename: "Thing", sure: 1 }, { __typename: "Thing", sure: 1 }],
];
const selected = (type: string) =>
  ({ Thing: "{ sure }", "[Thing]": "{ sure }", Union: "{ __typename ... on Thing { sure } }" })[type] ?? "";

judge(
  "a value that its type does not allow",
  () => ({
    odd: {
      sdl: `type Query { ${said.map(([field, type]) => `${field}: ${type}`).join(" ")} sureInt: Int! inside: Inside }
        enum Colour { RED BLUE SECRET @inaccessible } scalar Any type Thing { sure: Int! }
        union Union = Thing | Hidden type Hidden @inaccessible { sure: Int! } type Inside { sureInt: Int! }`,
      distort: ({ data }) => ({
        data: Object.fromEntries(
          Object.keys(data ?? {}).map((name) => [name, said.find(([field]) => field === name)?.[2] ?? null]),
        ),
      }),
    },
    even: { sdl: "type Query { whole: Int }", resolvers: { Query: { whole: () => 1 } } },
  }),
  said.map(([field, type, value, answered = null]) => {
    const right = JSON.stringify(value) === JSON.stringify(answered);
    return {
      does: `${field} (${JSON.stringify(value)} for ${type}) is ${right ? "answered" : "null there, with an error"}`,
      query: `{ ${field} ${selected(type)} whole }`,
      data: { [field]: answered, whole: 1 },
      ...(!right && { errors: [`${field}… *`] }),
    };
  }),
);
