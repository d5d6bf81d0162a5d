// Directives of the mesh's own in operations: where callers see them, and what of them reaches the subgraphs.
import { buildSchema, parse, print } from "graphql";
import { expect, it } from "vitest";
import {
  publishClientDirectives,
  writeDirectiveDefaults,
} from "../../../gateway/federation/planning/client-directives.ts";
import { openOperationPlanner } from "../../../gateway/federation/planning/operation-planner.ts";
import { compose } from "../../../schema/compose/compose.ts";
import { treeOf } from "./planned.ts";
import { printTree } from "./print-tree.ts";

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@composeDirective"])';
const composed =
  '@link(url: "https://mesh.example/access/v1.0", import: ["@access"]) @composeDirective(name: "@access")';

async function plannerOf(head: string, directives: readonly [string, string]) {
  const entity = (field: string) => `type E @key(fields: "id") { id: ID! ${field}: Int }`;
  const composition = compose(
    [`type Query { a: String e: E } ${entity("x")}`, `type Query { b: String } ${entity("y")}`].map(
      (sdl, i) => ({
        name: `s${i}`,
        url: `http://s${i}`,
        sdl: `${federation} ${head} directive @access${directives[i]} enum Scope { PUBLIC PRIVATE } ${sdl}`,
      }),
    ),
  );
  if (composition.kind === "refused") throw new Error(JSON.stringify(composition.problems));
  return openOperationPlanner(composition.supergraphSdl);
}

it("a composed one is the callers', with the default that only one subgraph gives it", async () => {
  const planner = await plannerOf(composed, [
    "(scope: Scope!) on FIELD",
    "(scope: Scope! = PUBLIC) on FIELD",
  ]);
  expect(planner.apiSdl).toContain("directive @access(scope: Scope! = PUBLIC) on FIELD");
  expect(printTree(treeOf(planner, "{ a @access b @access(scope: PRIVATE) }"))).toMatchInlineSnapshot(`
    "parallel
      query s0 {a@access(scope:PUBLIC)}
      query s1 {b@access(scope:PRIVATE)}"
  `);
});

it("one that all subgraphs know reaches each of them, on fields and fragments", async () => {
  const known = "(scope: Scope!) on FIELD | INLINE_FRAGMENT | FRAGMENT_SPREAD";
  const planner = await plannerOf("", [known, known]);
  const text = `query ($s: Scope!) { e { ... on E @access(scope: PUBLIC) { x } y @access(scope: $s) ...F @access(scope: PRIVATE) } }
    fragment F on E { id }`;
  expect(printTree(treeOf(planner, text))).toMatchInlineSnapshot(`
    "sequence
      query s0 {e{__typename id ...on E@access(scope:PUBLIC){x}...on E@access(scope:PRIVATE){id}}}
      query s1 at e ($s:Scope!) {...on E{y@access(scope:$s)_k0_id:id}}
        needs on E{__typename id}
        echoes E as E: id = _k0_id"
  `);
});

it("a link that brings more than directives for operations stays, and so does the document without any", () => {
  const supergraph = (imported: string) =>
    parse(`schema @link(url: "https://mesh.example/access/v1.0", import: ${imported}) { query: Query }
      directive @access on FIELD directive @owner on FIELD | OBJECT scalar Scope`);
  for (const imported of [
    '["@access", "@owner"]',
    '["@access", "Scope"]',
    '[{ name: "@access", as: "@owner" }]',
    "[]",
  ]) {
    const document = supergraph(imported);
    expect(publishClientDirectives(document)).toBe(document);
  }
  for (const imported of ['["@access"]', '[{ name: "@may", as: "@access" }]'])
    expect(print(publishClientDirectives(supergraph(imported)))).not.toContain("@link");
});

it("defaults are written where they are left out, of the mesh's own directives alone", () => {
  const schema = buildSchema(
    'directive @own(a: Int = 1, b: [String!] = ["x"], c: Int) on FIELD type Query { q: Int }',
  );
  const written = (text: string) =>
    print(writeDirectiveDefaults(parse(text), schema)).replaceAll(/\s+/g, " ");
  expect(written("{ q @own(b: null) q @skip(if: false) @own(a: 2, c: 3) }")).toBe(
    '{ q @own(b: null, a: 1) q @skip(if: false) @own(a: 2, c: 3, b: ["x"]) }',
  );
  const document = parse("{ q @own(a: 1, b: null) }");
  expect(writeDirectiveDefaults(document, schema)).toBe(document);
});
