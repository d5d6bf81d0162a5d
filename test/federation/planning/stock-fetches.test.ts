// Every fetch that Apollo's planner lays out is in the tree, at its place, with all that it asks for.
import type { FetchNode, PlanNode } from "@apollo/query-planner";
import fc from "fast-check";
import { Kind, parse, type SelectionSetNode } from "graphql";
import { expect, it } from "vitest";
import { openOperationPlanner } from "../../../gateway/federation/planning/operation-planner.ts";
import { PlanningGateway } from "../../../gateway/federation/planning/planning-gateway.ts";
import { fetchesOf, refusals, supergraphOf, treeOf } from "./planned.ts";

const subgraphs = {
  catalog: `
    type Query { media(first: Int): [Media!]! either: [Either!]! shop: Shop }
    interface Media @key(fields: "id") { id: ID! title: String }
    type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int shop: Shop }
    type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
    union Either = Book | Film
    type Shop @key(fields: "place { town street }") { place: Place! name: String }
    type Place @shareable { town: ID! street: ID! }`,
  ratings: `type Media @key(fields: "id") @interfaceObject { id: ID! rating: Float }`,
  shops: `
    type Query { nearest: Shop }
    type Shop @key(fields: "place { town street }") { place: Place! owner: User offers(first: Int): [Book!]! }
    type Place @shareable { town: ID! street: ID! }
    type Book @key(fields: "id") { id: ID! pages: Int @external price: Int @requires(fields: "pages") }
    type Film @key(fields: "id") { id: ID! price: Int }
    type User @key(fields: "id") { id: ID! }`,
  users: `type Query { me: User } type User @key(fields: "id") { id: ID! name: String best: Shop }
    type Shop @key(fields: "place { town street }", resolvable: false) { place: Place! }
    type Place @shareable { town: ID! street: ID! }`,
};
const supergraph = supergraphOf(subgraphs);
const planner = await openOperationPlanner(supergraph);
const stock = new PlanningGateway(supergraph, { validateSupergraph: true });
await stock.announce();

/** What may be selected of each type; a type after `:` is of what is inside, `...` a type condition. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Query: ["media:Media", "either:Either", "shop:Shop", "nearest:Shop", "me:User"],
  Media: ["id", "title", "rating", "__typename", "... on Book:Book", "... on Film:Film"],
  Either: ["__typename", "... on Book:Book", "... on Film:Film"],
  Book: ["id", "pages", "price", "rating", "title", "shop:Shop", "x: title"],
  Film: ["minutes", "price", "rating", "__typename"],
  Shop: ["name", "owner:User", "offers(first: $n):Book", "place { street }", "place @skip(if: $c) { town }"],
  User: ["name", "id @include(if: $c)", "best:Shop"],
};

const selection = (type: string, depth: number): fc.Arbitrary<string> => {
  const known = fields[type] ?? [];
  const usable = known.filter(
    (field) => depth > 0 || !/:\w+$/.test(field) || known.every((f) => /:\w+$/.test(f)),
  );
  return fc
    .subarray([...usable], { minLength: 1 })
    .chain((taken) =>
      fc.tuple(
        ...taken.map((field) => {
          const inner = /:(\w+)$/.exec(field)?.[1];
          if (inner === undefined) return fc.constant(field);
          const outer = field.slice(0, -inner.length - 1);
          return depth < -1
            ? fc.constant(`${outer} { __typename }`)
            : selection(inner, depth - 1).map((text) => `${outer} { ${text} }`);
        }),
      ),
    )
    .map((texts) => texts.join(" "));
};

type Placed = { readonly subgraph: string; readonly at: string; readonly asked: ReadonlySet<string> };

function stockFetches(node: PlanNode | undefined, at = ""): readonly Placed[] {
  switch (node?.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap((each) => stockFetches(each, at));
    case "Flatten":
      return stockFetches(node.node, node.path.join("."));
    case "Condition":
      return [...stockFetches(node.ifClause, at), ...stockFetches(node.elseClause, at)];
    case "Fetch":
      return [{ subgraph: node.serviceName, at, asked: askedBy(node) }];
    default:
      return [];
  }
}

function askedBy({ operation, requires }: FetchNode): ReadonlySet<string> {
  const selections = selectionOf(operation);
  const first = selections.selections[0];
  return new Set(
    leaves(requires && first?.kind === Kind.FIELD && first.selectionSet ? first.selectionSet : selections),
  );
}

function selectionOf(text: string): SelectionSetNode {
  const definition = parse(text, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(text);
  return definition.selectionSet;
}

/** Every leaf with the way to it: names, arguments, directives, type conditions. */
function leaves({ selections }: SelectionSetNode): readonly string[] {
  return selections.flatMap((each) => {
    const { selectionSet, ...own } = each as typeof each & { selectionSet?: SelectionSetNode };
    const way = JSON.stringify(own);
    return selectionSet ? leaves(selectionSet).map((inner) => `${way}/${inner}`) : [way];
  });
}

it("keeps every fetch of the stock plan with all that it asks for, and asks what the subgraph can be asked", () => {
  fc.assert(
    fc.property(selection("Query", 2), (root) => {
      const uses = { n: root.includes("$n"), c: root.includes("$c") };
      const variables = [...(uses.n ? ["$n: Int"] : []), ...(uses.c ? ["$c: Boolean!"] : [])];
      const text = `query ${variables.length > 0 ? `(${variables})` : ""} { ${root} }`;
      const { node } = stock.plan(parse(text), { operationName: undefined, overrideConditions: new Map() });
      const expected = stockFetches(node as PlanNode | undefined);
      const tree = treeOf(planner, text);
      expect(refusals(subgraphs, tree)).toEqual([]);
      const actual = fetchesOf(tree);
      expect(actual.map(({ subgraph, at }) => [subgraph, at.join(".")])).toEqual(
        expected.map(({ subgraph, at }) => [subgraph, at]),
      );
      expected.forEach(({ asked }, i) => {
        const there = new Set(leaves(selectionOf(actual[i]?.selection ?? "")));
        expect([...asked].filter((leaf) => !there.has(leaf))).toEqual([]);
      });
    }),
    { seed: 20261121, numRuns: 40 },
  );
});
