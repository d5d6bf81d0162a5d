// What changes mean: the verdict by the differences alone, where somebody uses what changes, and where nobody does.
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../schema/check/change.ts";
import { diffPorts } from "../../schema/check/diff.ts";
import { judge } from "../../schema/check/judge.ts";
import { readPort } from "../../schema/check/port.ts";
import { head } from "./support/small-mesh.ts";
import { now, usedBy } from "./support/use-reports.ts";

const shop = `
directive @shout(loud: Boolean) repeatable on FIELD | QUERY
type Query {
  "Orders."
  orders(where: orders_bool_exp, limit: Int! = 10, sort: Sort = up, ids: [ID!]): [Order!]! @collection(entity: "Order",
    filter: ["_eq", "_in", "_gt"], inexact: ["_like"], aggregate: "orders_aggregate", keysMax: 1000, rowsMax: 5000)
  orders_aggregate: Int
  all: [Order!]! @collection(entity: "Order", sort: "none", limit: false)
  list: [Order!]!
  find(it: It): Thing
  named: Named
}
"An order."
type Order implements Named @key(fields: "id") @key(fields: "number")
  @dataProduct(id: "orders", version: "1.0.0", domain: "sales", owner: "Sales", contact: "sales@weft.example", status: "active")
  @freshness(slo: "PT1H", watermark: "at") {
  id: ID!
  number: Int!
  name: String
  state: State
  total: Float
  note(of: String = "a"): String @deprecated(reason: "Use \`Order.name\`.")
  buyer: Person @reference(key: ["number"])
  lines: [Line!]! @reference(inverseOf: "order")
}
type Line @key(fields: "id") { id: ID! order: Order @reference(key: ["id"]) place: Place }
type Person @key(fields: "number") { number: Int! }
type Place @key(fields: "id") { id: ID! name: String }
interface Named { name: String }
union Thing = Order | Line
enum State { open closed }
enum Sort { up down }
scalar Money @specifiedBy(url: "https://money.example/1")
input orders_bool_exp { name: String number: Int! = 1 price: Money tags: [String!] }
input It { id: ID! deep: Boolean = false }
`;

type Row = {
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly coordinate: string;
  /** By the differences alone. */
  readonly alone: Verdict;
  /** Somebody asks with this: the verdict stays. Left out = nobody's use can tell, or nobody is hit. */
  readonly used?: string;
  /** Nobody does. */
  readonly unused: Verdict;
};

const breaking = { alone: "breaking", unused: "safe" } as const;
const risky = { alone: "risky", unused: "safe" } as const;
const safe = { alone: "safe", unused: "safe" } as const;
const always = { alone: "breaking", unused: "breaking" } as const;
const perhaps = { alone: "risky", unused: "risky" } as const;

const rows: readonly Row[] = [
  // types
  {
    what: "a type is removed",
    from: 'scalar Money @specifiedBy(url: "https://money.example/1")\n',
    to: "",
    kind: "type removed",
    coordinate: "Money",
    used: "orders_bool_exp.price",
    ...breaking,
  },
  {
    what: "a type is removed that others name in fragments",
    from: 'type Place @key(fields: "id") { id: ID! name: String }\n',
    to: "",
    kind: "type removed",
    coordinate: "Place",
    used: "Place",
    ...breaking,
  },
  {
    what: "a type is added",
    from: "enum Sort",
    to: "scalar Euro\nenum Sort",
    kind: "type added",
    coordinate: "Euro",
    ...safe,
  },
  {
    what: "a type is of another kind",
    from: "enum State { open closed }",
    to: "scalar State",
    kind: "type kind changed",
    coordinate: "State",
    used: "Order.state",
    ...breaking,
  },
  // fields
  {
    what: "a field is removed",
    from: "  total: Float\n",
    to: "",
    kind: "field removed",
    coordinate: "Order.total",
    used: "Order.total",
    ...breaking,
  },
  {
    what: "a field is removed that others filter by",
    from: "  total: Float\n",
    to: "",
    kind: "field removed",
    coordinate: "Order.total",
    used: "orders_bool_exp.total",
    ...breaking,
  },
  {
    what: "a field is removed that others sort by",
    from: "  total: Float\n",
    to: "",
    kind: "field removed",
    coordinate: "Order.total",
    used: "orders_order_by.total",
    ...breaking,
  },
  {
    what: "a field is removed that others sum up",
    from: "  total: Float\n",
    to: "",
    kind: "field removed",
    coordinate: "Order.total",
    used: "orders_sum_fields.total",
    ...breaking,
  },
  {
    what: "a field is removed that others reach from another domain",
    from: "  total: Float\n",
    to: "",
    kind: "field removed",
    coordinate: "Order.total",
    used: "orders_reference_exp.total",
    ...breaking,
  },
  {
    what: "a field of the root is removed",
    from: "  list: [Order!]!\n",
    to: "",
    kind: "field removed",
    coordinate: "Query.list",
    used: "Query.list",
    ...breaking,
  },
  {
    what: "a field is added",
    from: "  total: Float\n",
    to: "  total: Float\n  tax: Float\n",
    kind: "field added",
    coordinate: "Order.tax",
    ...safe,
  },
  {
    what: "an answer may be null",
    from: "  number: Int!\n  name",
    to: "  number: Int\n  name",
    kind: "field nullable",
    coordinate: "Order.number",
    used: "Order.number",
    ...breaking,
  },
  {
    what: "items of an answer may be null",
    from: "list: [Order!]!",
    to: "list: [Order]!",
    kind: "field nullable",
    coordinate: "Query.list",
    used: "Query.list",
    ...breaking,
  },
  {
    what: "an answer is never null",
    from: "total: Float",
    to: "total: Float!",
    kind: "field required",
    coordinate: "Order.total",
    ...safe,
  },
  {
    what: "an answer is of another scalar",
    from: "total: Float",
    to: "total: Int",
    kind: "field type changed",
    coordinate: "Order.total",
    used: "Order.total",
    ...breaking,
  },
  {
    what: "an answer is a list",
    from: "total: Float",
    to: "total: [Float]",
    kind: "field type changed",
    coordinate: "Order.total",
    used: "Order.total",
    ...breaking,
  },
  {
    what: "an answer is of another type and never null",
    from: "total: Float",
    to: "total: Int!",
    kind: "field type changed",
    coordinate: "Order.total",
    used: "Order.total",
    ...breaking,
  },
  // arguments
  {
    what: "an argument is removed",
    from: ", ids: [ID!]",
    to: "",
    kind: "argument removed",
    coordinate: "Query.orders(ids:)",
    used: "Query.orders(ids:)",
    ...breaking,
  },
  {
    what: "an argument is added",
    from: "find(it: It)",
    to: "find(it: It, or: It)",
    kind: "argument added",
    coordinate: "Query.find(or:)",
    ...safe,
  },
  {
    what: "an argument with a default is added",
    from: "find(it: It)",
    to: "find(it: It, or: Int! = 1)",
    kind: "argument added",
    coordinate: "Query.find(or:)",
    ...safe,
  },
  {
    what: "an argument is added that must be given",
    from: "find(it: It)",
    to: "find(it: It, or: It!)",
    kind: "required argument added",
    coordinate: "Query.find(or:)",
    used: "Query.find",
    ...breaking,
  },
  {
    what: "an argument must be given now",
    from: "find(it: It)",
    to: "find(it: It!)",
    kind: "argument required",
    coordinate: "Query.find(it:)",
    used: "Query.find",
    ...breaking,
  },
  {
    what: "an argument loses the default that it could be left out for",
    from: "limit: Int! = 10",
    to: "limit: Int!",
    kind: "argument required",
    coordinate: "Query.orders(limit:)",
    used: "Query.orders",
    ...breaking,
  },
  {
    what: "items of an argument must not be null",
    from: "ids: [ID!]",
    to: "ids: [ID!]!",
    kind: "argument required",
    coordinate: "Query.orders(ids:)",
    used: "Query.orders",
    ...breaking,
  },
  {
    what: "an argument may be left out now",
    from: "limit: Int! = 10",
    to: "limit: Int = 10",
    kind: "argument optional",
    coordinate: "Query.orders(limit:)",
    ...safe,
  },
  {
    what: "an argument is of another type",
    from: "ids: [ID!]",
    to: "ids: ID",
    kind: "argument type changed",
    coordinate: "Query.orders(ids:)",
    used: "Query.orders(ids:)",
    ...breaking,
  },
  {
    what: "an argument has another default",
    from: "limit: Int! = 10",
    to: "limit: Int! = 20",
    kind: "argument default changed",
    coordinate: "Query.orders(limit:)",
    used: "Query.orders",
    ...risky,
  },
  {
    what: "an argument has no default any more and may be left out",
    from: "sort: Sort = up",
    to: "sort: Sort",
    kind: "argument default changed",
    coordinate: "Query.orders(sort:)",
    used: "Query.orders",
    ...risky,
  },
  // inputs
  {
    what: "a field of an input is removed",
    from: " tags: [String!]",
    to: "",
    kind: "input field removed",
    coordinate: "orders_bool_exp.tags",
    used: "orders_bool_exp.tags",
    ...breaking,
  },
  {
    what: "a field of an input is added",
    from: "deep: Boolean = false",
    to: "deep: Boolean = false wide: Boolean",
    kind: "input field added",
    coordinate: "It.wide",
    ...safe,
  },
  {
    what: "a field of an input is added that must be given",
    from: "deep: Boolean = false",
    to: "deep: Boolean = false wide: Boolean!",
    kind: "required input field added",
    coordinate: "It.wide",
    used: "Query.find(it:)",
    ...breaking,
  },
  {
    what: "a field of an input must be given now",
    from: "deep: Boolean = false",
    to: "deep: Boolean!",
    kind: "input field required",
    coordinate: "It.deep",
    used: "Query.find(it:)",
    ...breaking,
  },
  {
    what: "a field of an input may be left out now",
    from: "input It { id: ID!",
    to: "input It { id: ID",
    kind: "input field optional",
    coordinate: "It.id",
    ...safe,
  },
  {
    what: "a field of an input is of another type",
    from: "deep: Boolean = false",
    to: "deep: Int = 0",
    kind: "input field type changed",
    coordinate: "It.deep",
    used: "It.deep",
    ...breaking,
  },
  {
    what: "a field of an input has another default",
    from: "deep: Boolean = false",
    to: "deep: Boolean = true",
    kind: "input field default changed",
    coordinate: "It.deep",
    used: "Query.find(it:)",
    ...risky,
  },
  // enums, unions, interfaces, scalars
  {
    what: "a value that is answered is removed",
    from: "enum State { open closed }",
    to: "enum State { open }",
    kind: "enum value removed",
    coordinate: "State.closed",
    used: "State.closed",
    ...breaking,
  },
  {
    what: "a value that is taken is removed",
    from: "enum Sort { up down }",
    to: "enum Sort { up }",
    kind: "enum value removed",
    coordinate: "Sort.down",
    used: "Sort.down",
    ...breaking,
  },
  {
    what: "a value is added that may be answered",
    from: "enum State { open closed }",
    to: "enum State { open closed lost }",
    kind: "enum value added",
    coordinate: "State.lost",
    used: "Order.state",
    ...risky,
  },
  {
    what: "a value is added that is taken only",
    from: "enum Sort { up down }",
    to: "enum Sort { up down any }",
    kind: "enum value added",
    coordinate: "Sort.any",
    ...safe,
  },
  {
    what: "a member of a union is removed",
    from: "union Thing = Order | Line",
    to: "union Thing = Order",
    kind: "union member removed",
    coordinate: "Thing",
    used: "Query.find",
    ...breaking,
  },
  {
    what: "a member of a union is added",
    from: "union Thing = Order | Line",
    to: "union Thing = Order | Line | Place",
    kind: "union member added",
    coordinate: "Thing",
    used: "Query.find",
    ...risky,
  },
  {
    what: "an interface is not implemented any more",
    from: "type Order implements Named",
    to: "type Order",
    kind: "interface removed",
    coordinate: "Order",
    used: "Query.named",
    ...breaking,
  },
  {
    what: "an interface is implemented",
    from: "type Place @key",
    to: "type Place implements Named @key",
    kind: "interface added",
    coordinate: "Place",
    used: "Query.named",
    ...risky,
  },
  {
    what: "a scalar follows another specification",
    from: "money.example/1",
    to: "money.example/2",
    kind: "scalar specification changed",
    coordinate: "Money",
    used: "orders_bool_exp.price",
    ...risky,
  },
  // directives of callers
  {
    what: "a directive is removed",
    from: "directive @shout(loud: Boolean) repeatable on FIELD | QUERY\n",
    to: "",
    kind: "directive removed",
    coordinate: "@shout",
    used: "@shout",
    ...breaking,
  },
  {
    what: "a directive may stand in fewer places",
    from: "on FIELD | QUERY",
    to: "on FIELD",
    kind: "directive narrowed",
    coordinate: "@shout",
    used: "@shout",
    ...breaking,
  },
  {
    what: "a directive may not be repeated",
    from: " repeatable on",
    to: " on",
    kind: "directive narrowed",
    coordinate: "@shout",
    used: "@shout",
    ...breaking,
  },
  // keys
  {
    what: "a key is removed",
    from: ' @key(fields: "number")\n',
    to: "\n",
    kind: "key removed",
    coordinate: "Order",
    ...always,
  },
  {
    what: "a key is added",
    from: 'type Place @key(fields: "id")',
    to: 'type Place @key(fields: "id") @key(fields: "name")',
    kind: "key added",
    coordinate: "Place",
    ...safe,
  },
  // products
  {
    what: "an entity is no product any more",
    from: '\n  @dataProduct(id: "orders", version: "1.0.0", domain: "sales", owner: "Sales", contact: "sales@weft.example", status: "active")',
    to: "",
    kind: "product removed",
    coordinate: "Order",
    used: "Order.name",
    ...risky,
  },
  {
    what: "an entity is a product",
    from: 'type Place @key(fields: "id")',
    to: 'type Place @key(fields: "id") @dataProduct(id: "places", version: "1.0.0", domain: "d", owner: "o", contact: "c@weft.example")',
    kind: "product added",
    coordinate: "Place",
    ...safe,
  },
  {
    what: "a product has another id",
    from: 'id: "orders"',
    to: 'id: "sales-orders"',
    kind: "product changed",
    coordinate: "Order",
    ...perhaps,
  },
  {
    what: "a product has another owner",
    from: 'owner: "Sales"',
    to: 'owner: "Shop"',
    kind: "product changed",
    coordinate: "Order",
    ...safe,
  },
  {
    what: "a product is deprecated",
    from: 'status: "active"',
    to: 'status: "deprecated"',
    kind: "status changed",
    coordinate: "Order",
    ...safe,
  },
  {
    what: "a product is retired",
    from: 'status: "active"',
    to: 'status: "retired"',
    kind: "status changed",
    coordinate: "Order",
    used: "Order.name",
    ...risky,
  },
  {
    what: "answers may be older",
    from: 'slo: "PT1H"',
    to: 'slo: "P1D"',
    kind: "freshness loosened",
    coordinate: "Order",
    used: "Order.name",
    ...risky,
  },
  {
    what: "answers are younger",
    from: 'slo: "PT1H"',
    to: 'slo: "PT5M"',
    kind: "freshness tightened",
    coordinate: "Order",
    ...safe,
  },
  {
    what: "no freshness is promised",
    from: '\n  @freshness(slo: "PT1H", watermark: "at")',
    to: "",
    kind: "freshness loosened",
    coordinate: "Order",
    used: "Order.name",
    ...risky,
  },
  {
    what: "freshness is promised, so that answers are remembered",
    from: 'type Place @key(fields: "id")',
    to: 'type Place @key(fields: "id") @freshness(slo: "P1D")',
    kind: "freshness stated",
    coordinate: "Place",
    used: "Place.name",
    ...risky,
  },
  // collections and references
  {
    what: "a list is no collection",
    from: ' @collection(entity: "Order", sort: "none", limit: false)',
    to: "",
    kind: "collection removed",
    coordinate: "Query.all",
    used: "Query.all",
    ...breaking,
  },
  {
    what: "a list is a collection",
    from: "list: [Order!]!",
    to: 'list: [Order!]! @collection(entity: "Order")',
    kind: "collection added",
    coordinate: "Query.list",
    ...safe,
  },
  {
    what: "a collection speaks another dialect",
    from: 'sort: "none", limit: false',
    to: 'sort: "none", limit: false, dialect: "plain"',
    kind: "collection changed",
    coordinate: "Query.all",
    used: "Query.all",
    ...breaking,
  },
  {
    what: "a collection does not answer an operator itself",
    from: '"_eq", "_in", "_gt"',
    to: '"_eq", "_in"',
    kind: "collection narrowed",
    coordinate: "Query.orders",
    used: "Query.orders",
    ...risky,
  },
  {
    what: "a collection answers an operator inexactly",
    from: 'filter: ["_eq", "_in", "_gt"], inexact: ["_like"]',
    to: 'filter: ["_eq", "_in"], inexact: ["_like", "_gt"]',
    kind: "collection narrowed",
    coordinate: "Query.orders",
    used: "Query.orders",
    ...risky,
  },
  {
    what: "a collection answers another operator",
    from: '"_eq", "_in", "_gt"',
    to: '"_eq", "_in", "_gt", "_lt"',
    kind: "collection widened",
    coordinate: "Query.orders",
    ...safe,
  },
  {
    what: "a collection sorts itself",
    from: 'sort: "none"',
    to: 'sort: "exact"',
    kind: "collection widened",
    coordinate: "Query.all",
    ...safe,
  },
  {
    what: "a collection takes fewer keys",
    from: "keysMax: 1000",
    to: "keysMax: 100",
    kind: "collection narrowed",
    coordinate: "Query.orders",
    used: "Query.orders",
    ...risky,
  },
  {
    what: "a collection answers with more rows",
    from: "rowsMax: 5000",
    to: "rowsMax: 9000",
    kind: "collection widened",
    coordinate: "Query.orders",
    ...safe,
  },
  {
    what: "a collection has no aggregate",
    from: ', aggregate: "orders_aggregate"',
    to: "",
    kind: "collection narrowed",
    coordinate: "Query.orders",
    used: "Query.orders",
    ...risky,
  },
  {
    what: "a field is no reference",
    from: ' @reference(key: ["number"])',
    to: "",
    kind: "reference removed",
    coordinate: "Order.buyer",
    used: "orders_bool_exp.buyer",
    ...breaking,
  },
  {
    what: "a field is a reference",
    from: "place: Place",
    to: 'place: Place @reference(key: ["id"])',
    kind: "reference added",
    coordinate: "Line.place",
    ...safe,
  },
  {
    what: "a reference is by other columns",
    from: '@reference(key: ["number"])',
    to: '@reference(key: ["id"])',
    kind: "reference changed",
    coordinate: "Order.buyer",
    used: "Order.buyer",
    ...risky,
  },
  {
    what: "an inverse is of another reference",
    from: 'inverseOf: "order"',
    to: 'inverseOf: "place"',
    kind: "reference changed",
    coordinate: "Order.lines",
    used: "Order.lines",
    ...breaking,
  },
  // words
  {
    what: "a field is deprecated",
    from: "total: Float",
    to: 'total: Float @deprecated(reason: "Use `Order.number`.")',
    kind: "deprecation changed",
    coordinate: "Order.total",
    ...safe,
  },
  {
    what: "a field is not deprecated any more",
    from: ' @deprecated(reason: "Use `Order.name`.")',
    to: "",
    kind: "deprecation changed",
    coordinate: "Order.note",
    ...safe,
  },
  {
    what: "a description says something else",
    from: '"An order."',
    to: '"What somebody ordered."',
    kind: "description changed",
    coordinate: "Order",
    ...safe,
  },
];

const before = readPort("shop", head + shop);

function changesOf({ from, to }: Row) {
  const edited = shop.replace(from, to);
  expect(edited, `${JSON.stringify(from)} is in the SDL`).not.toBe(shop);
  return diffPorts({ before, after: readPort("shop", head + edited) });
}

const options = { now, unusedDays: 30 };

describe("a change", () => {
  it.each(rows)("is told once, with its verdict: $what", (row) => {
    const { kind, coordinate, alone: verdict } = row;
    const changes = changesOf(row);
    expect(
      changes.map((change) => ({
        kind: change.kind,
        coordinate: change.coordinate,
        verdict: change.verdict,
      })),
    ).toEqual([{ kind, coordinate, verdict }]);
    expect(changes[0]?.text).toMatch(/^[A-Z@a-z].*\.$/);
  });

  it.each(
    rows.filter(({ used }) => used !== undefined),
  )("keeps its verdict where $used is used: $what", (row) => {
    const [judged] = judge(changesOf(row), usedBy([row.used as string]), options);
    expect(judged).toMatchObject({ verdict: row.alone, stated: row.alone, use: "used" });
    expect(judged?.hits.map(({ client }) => client)).toEqual(["ops-dashboard"]);
  });

  it.each(rows)("is judged where nobody uses anything: $what", (row) => {
    const [judged] = judge(changesOf(row), usedBy([]), options);
    expect(judged).toMatchObject({ verdict: row.unused, stated: row.alone, hits: [] });
  });

  it.each(rows)("keeps its verdict where use is not known: $what", (row) => {
    const [judged] = judge(changesOf(row), undefined, options);
    expect(judged).toMatchObject({ verdict: row.alone, hits: [] });
  });

  it("has a row for each rule", async () => {
    const { rules } = await import("../../schema/check/rules.ts");
    const without = rules.map(({ kind }) => kind).filter((kind) => !rows.some((row) => row.kind === kind));
    expect(without).toEqual([]);
  });
});
