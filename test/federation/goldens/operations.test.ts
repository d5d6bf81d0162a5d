// What operations may hold: aliases, conditions, variables, defaults, introspection, names that objects have already.
import { judge } from "../support/golden.ts";
import { byKey } from "../support/mesh.ts";

const cats = [
  { id: "1", name: "Tom", age: 3 },
  { id: "2", name: "Felix", age: null },
];

judge(
  "operations",
  () => ({
    cats: {
      sdl: `type Query { cats(first: Int = 2, where: CatWhere): [Cat!]! cat(id: ID!): Cat echo(text: String, list: [[Int]], at: Point): String
          kind(kind: Kind = TAME): Kind numbers: [[Int]!] box: Box }
        input CatWhere { name: String = "Tom" ages: [Int!] not: CatWhere } input Point { x: Float! y: Float = 2.5 }
        enum Kind { WILD TAME } scalar Any type Box { any: Any inner: Box }
        type Cat @key(fields: "id") { id: ID! name(upper: Boolean): String! }`,
      resolvers: {
        Query: {
          cats: (_, { first, where }) =>
            cats.filter(({ name }) => !where || where.name === name).slice(0, first),
          cat: (_, { id }) => cats.find((cat) => cat.id === id),
          echo: (_, args) => JSON.stringify(args),
          kind: (_, { kind }) => kind,
          numbers: () => [[1, null], [], [2]],
          box: () => ({
            any: { deep: [1, { __typename: "Trick" }] },
            inner: { any: [null, "x"], inner: null },
          }),
        },
        Cat: {
          __resolveReference: byKey(cats, "id"),
          name: ({ name }, { upper }) => (upper ? name.toUpperCase() : name),
        },
      },
    },
    vets: {
      sdl: `type Cat @key(fields: "id") { id: ID! age: Int weight(unit: String! = "kg", of: Weighing): String friends(first: Int): [Cat!] }
        input Weighing { day: String! = "mon" hour: Int }
        type Query { vet(name: String): String healthy: Boolean! }`,
      resolvers: {
        Query: { vet: (_, { name }) => `Dr ${name}`, healthy: () => true },
        Cat: {
          __resolveReference: byKey(cats, "id"),
          weight: (_, { unit, of }) => `${of ? JSON.stringify(of) : ""}4${unit}`,
          friends: (_, { first = 1 }) => cats.slice(0, first),
        },
      },
    },
  }),
  [
    {
      does: "answer fields in the order they are asked, whoever answers them",
      query: '{ healthy cat(id: "1") { age name id weight } vet(name: "X") second: cat(id: "2") { id age } }',
      data: {
        healthy: true,
        cat: { age: 3, name: "Tom", id: "1", weight: "4kg" },
        vet: "Dr X",
        second: { id: "2", age: null },
      },
    },
    {
      does: "merge fields that are asked twice",
      query: '{ cat(id: "1") { friends(first: 2) { id } } cat(id: "1") { friends(first: 2) { age } name } }',
      data: {
        cat: {
          friends: [
            { id: "1", age: 3 },
            { id: "2", age: null },
          ],
          name: "Tom",
        },
      },
    },
    {
      does: "take names that every object has as aliases",
      query:
        '{ __proto__: cat(id: "1") { constructor: age toString: name __proto__: id hasOwnProperty: weight } valueOf: healthy }',
      data: '{ "__proto__": { "constructor": 3, "toString": "Tom", "__proto__": "1", "hasOwnProperty": "4kg" }, "valueOf": true }',
    },
    {
      does: "take aliases of __typename, and the name of it in the root",
      query: '{ __typename kind: __typename cat(id: "1") { t: __typename age } }',
      data: { __typename: "Query", kind: "Query", cat: { t: "Cat", age: 3 } },
    },
    {
      does: "take __typename as the alias of another field",
      query: '{ __typename: healthy cat(id: "1") { __typename: name age friends { __typename: id name } } }',
      data: {
        __typename: true,
        cat: { __typename: "Tom", age: 3, friends: [{ __typename: "1", name: "Tom" }] },
      },
    },
    {
      does: "of nothing but __typename ask nobody",
      query: "{ __typename }",
      data: { __typename: "Query" },
      requests: { cats: 0, vets: 0 },
    },
    {
      does: "pass arguments on by variables, in both subgraphs",
      query: `query ($id: ID!, $unit: String!, $up: Boolean, $of: Weighing) {
        cat(id: $id) { name(upper: $up) weight(unit: $unit, of: $of) } }`,
      variables: { id: "1", unit: "lb", up: true, of: { hour: 3 } },
      data: { cat: { name: "TOM", weight: '{"day":"mon","hour":3}4lb' } },
    },
    {
      does: "use defaults of variables and of arguments",
      query: `query ($first: Int = 1, $unit: String = "st", $kind: Kind) { cats(first: $first) { id weight(unit: $unit) } kind(kind: $kind) }`,
      variables: {},
      data: { cats: [{ id: "1", weight: "4st" }], kind: "TAME" },
    },
    {
      does: "tell null from left out",
      query:
        "query ($a: String, $b: String) { a: echo(text: $a) b: echo(text: $b) c: echo(text: null) d: echo }",
      variables: { a: null },
      data: { a: '{"text":null}', b: "{}", c: '{"text":null}', d: "{}" },
    },
    {
      does: "pass objects and lists of lists",
      query:
        "query ($l: [[Int]], $p: Point) { a: echo(list: $l, at: $p) b: echo(list: [[1], null], at: { x: 1 }) }",
      variables: { l: [[1, null], []], p: { x: 7, y: null } },
      data: {
        a: '{"list":[[1,null],[]],"at":{"x":7,"y":null}}',
        b: '{"list":[[1],null],"at":{"x":1,"y":2.5}}',
      },
    },
    {
      does: "pass input objects, with their defaults",
      query: "query ($w: CatWhere) { cats(where: $w) { age } }",
      variables: { w: { ages: [1], not: { name: "Felix" } } },
      data: { cats: [{ age: 3 }] },
    },
    {
      does: "may call a variable what entities are asked by",
      query:
        "query ($representations: ID!, $_representations: String!) { cat(id: $representations) { id age weight(unit: $_representations) } }",
      variables: { representations: "1", _representations: "g" },
      data: { cat: { id: "1", age: 3, weight: "4g" } },
    },
    {
      does: "leave out what is skipped and what is not included",
      query: `query ($t: Boolean!, $f: Boolean = false) { cat(id: "1") { id @include(if: $t) name @skip(if: $t) age @include(if: $f)
        weight @skip(if: $f) ... @include(if: $f) { friends { id } } } healthy @skip(if: true) vet @include(if: false) }`,
      variables: { t: true },
      data: { cat: { id: "1", weight: "4kg" } },
    },
    {
      does: "answer an object of which everything is left out",
      query: 'query ($t: Boolean!) { cat(id: "1") { name @skip(if: $t) age @skip(if: $t) } healthy }',
      variables: { t: true },
      data: { cat: {}, healthy: true },
    },
    {
      does: "answer an object of which constants leave everything out",
      query:
        '{ cat(id: "1") { name @skip(if: true) ...F } } fragment F on Cat { age @include(if: false) ... @skip(if: true) { id } }',
      data: { cat: {} },
      requests: { cats: 1, vets: 0 },
    },
    {
      does: "answer nothing where constants leave everything out",
      query: "{ healthy @skip(if: true) ... @include(if: false) { vet } }",
      data: {},
      requests: { cats: 0, vets: 0 },
    },
    {
      does: "answer nothing where everything is left out",
      query: "query ($t: Boolean!) { healthy @skip(if: $t) }",
      variables: { t: true },
      data: {},
      requests: { cats: 0, vets: 0 },
    },
    {
      does: "keep a field that one of its two occurrences asks for",
      query:
        'query ($t: Boolean!, $f: Boolean!) { cat(id: "1") { age @skip(if: $t) weight @include(if: $f) age @include(if: $t) } }',
      variables: { t: true, f: false },
      data: { cat: { age: 3 } },
    },
    {
      does: "keep of an object the parts whose conditions hold",
      query: `query ($t: Boolean!, $f: Boolean!) { cat(id: "1") @include(if: $t) { id age } cat(id: "1") @include(if: $f) { name }
        cat(id: "1") @skip(if: $f) { weight } }`,
      variables: { t: true, f: false },
      data: { cat: { id: "1", age: 3, weight: "4kg" } },
    },
    {
      does: "read both conditions of one field",
      query: `query ($t: Boolean!, $f: Boolean!) { a: healthy @skip(if: $f) @include(if: $t) b: healthy @skip(if: $t) @include(if: $t)
        c: healthy @skip(if: $f) @include(if: $f) }`,
      variables: { t: true, f: false },
      data: { a: true },
    },
    {
      does: "leave out what no value of a variable includes",
      query: `query ($b0: Boolean!) { healthy cat(id: "1") @skip(if: $b0) { name @include(if: $b0) }
        ... @include(if: $b0) { vet @skip(if: $b0) } }`,
      variables: { b0: true },
      data: { healthy: true },
      requests: { cats: 0, vets: 1 },
    },
    {
      does: "answer an object within another of which no value of a variable includes anything",
      query: `query ($b0: Boolean!) { cat(id: "1") { id friends @skip(if: $b0) { name @include(if: $b0) } } }`,
      variables: { b0: false },
      data: { cat: { id: "1", friends: [{}] } },
    },
    {
      does: "take conditions on fragments",
      query: `query ($t: Boolean!, $f: Boolean!) { cat(id: "1") { ...young @include(if: $t) ...named @skip(if: $t) ... on Cat @skip(if: $f) { id } } }
        fragment young on Cat { age weight @skip(if: $t) } fragment named on Cat { name }`,
      variables: { t: true, f: false },
      data: { cat: { age: 3, id: "1" } },
    },
    {
      does: "answer the schema beside data",
      query:
        '{ cat(id: "1") { age } __type(name: "Kind") { enumValues { name } } s: __schema { queryType { name } } healthy }',
      data: {
        cat: { age: 3 },
        __type: { enumValues: [{ name: "WILD" }, { name: "TAME" }] },
        s: { queryType: { name: "Query" } },
        healthy: true,
      },
    },
    {
      does: "answer the schema by variables and conditions",
      query: "query ($n: String!, $t: Boolean!) { __type(name: $n) { name kind @skip(if: $t) } }",
      variables: { n: "Cat", t: true },
      data: { __type: { name: "Cat" } },
      requests: { cats: 0, vets: 0 },
    },
    {
      does: "hide what federation adds",
      query:
        '{ a: __type(name: "_Entity") { name } b: __type(name: "join__Graph") { name } c: __type(name: "_Any") { name } }',
      data: { a: null, b: null, c: null },
    },
    {
      does: "read lists of lists and scalars of any shape",
      query: "{ numbers box { any inner { any inner { any } } } }",
      data: {
        numbers: [[1, null], [], [2]],
        box: { any: { deep: [1, { __typename: "Trick" }] }, inner: { any: [null, "x"], inner: null } },
      },
    },
    {
      does: "are chosen by name among several",
      query: 'query A { healthy } query B { cat(id: "1") { age } }',
      operationName: "B",
      data: { cat: { age: 3 } },
    },
    {
      does: "are walked deep, to and fro",
      query: '{ cat(id: "1") { friends { friends(first: 2) { friends { name age } name } } } }',
      data: {
        cat: {
          friends: [
            {
              friends: [
                { friends: [{ name: "Tom", age: 3 }], name: "Tom" },
                { friends: [{ name: "Tom", age: 3 }], name: "Felix" },
              ],
            },
          ],
        },
      },
    },
    {
      does: "refuse _entities and _service",
      query: "{ _service { sdl } }",
      data: undefined,
      errors: [" GRAPHQL_VALIDATION_FAILED"],
    },
  ],
);
