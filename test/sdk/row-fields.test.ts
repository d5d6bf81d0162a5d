// Lists of plain rows are answered by us as graphql-js would answer them, byte for byte.
import fc from "fast-check";
import { execute, type GraphQLSchema, introspectionFromSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { defineProduct, duckdb } from "weft/sdk";
import { portContext } from "../../sdk/serve/port-context.ts";
import { addRowFields } from "../../sdk/serve/row-fields.ts";
import { portSchema } from "../../sdk/serve/start-port.ts";

const table = `create table things as select * from (values
  (1, 'a', 10, 1.5, null, 'FR', true, 'x'), (2, null, 20, null, 1, 'DE', false, 'y'), (3, 'c', null, 0, 2, null, null, null))
  as t(id, name, size, ratio, parent, maker, flag, owner)`;

/** `size` and `owner` are said to be required and are not always there. */
const product = defineProduct({
  id: "things",
  version: "1.0.0",
  domain: "test",
  owner: "Test",
  contact: "test@weft.example",
  freshness: { slo: "P1D" },
  engine: duckdb({ load: [table] }),
  neighbours: { Maker: { country: "String" }, Owner: { code: "ID" } },
  entities: {
    Thing: {
      description: "A thing.",
      collection: "things",
      key: ["id"],
      columns: {
        id: { type: "Int!", description: "Number." },
        name: { type: "String", description: "Name." },
        size: { type: "Int!", description: "Size, which one thing has not." },
        ratio: { type: "Float", description: "A Float." },
        flag: { type: "Boolean", description: "A Boolean." },
      },
      references: {
        parent: {
          entity: "Thing",
          key: { id: "parent" },
          description: "What it is a part of.",
          inverse: { field: "parts", description: "Its parts." },
        },
        maker: {
          entity: "Maker",
          key: { country: "maker" },
          description: "Who made it.",
          inverse: { field: "works", description: "What they made." },
        },
        owner: {
          entity: "Owner",
          key: { code: "owner" },
          required: true,
          description: "Whose it is, which one thing has not.",
          inverse: { field: "belongings", description: "What is theirs." },
        },
      },
    },
  },
  extension: {
    sdl: "extend type Thing { shout: String }",
    resolvers: { Thing: { shout: (row) => `${(row as { name: string }).name}!` } },
  },
});

type Ask = (text: string, variables?: Record<string, unknown>) => Promise<string>;

const it = test.extend<{
  both: { schema: GraphQLSchema; plain: Ask; ours: Ask; isRewritten: (text: string) => boolean };
}>({
  both: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names in the pattern
    async ({}, use) => {
      await using engine = await product.openEngine();
      const schema = portSchema(product, engine);
      const { rewrite } = addRowFields(schema, product);
      const ask = async (text: string, variables: Record<string, unknown>, rewritten: boolean) => {
        const document = parse(text);
        expect(validate(schema, document)).toEqual([]);
        const contextValue = portContext((statement) =>
          engine.run(statement, { signal: new AbortController().signal }),
        );
        const executed = rewritten ? rewrite(document) : document;
        return JSON.stringify(
          await execute({ schema, document: executed, contextValue, variableValues: variables }),
        );
      };
      await use({
        schema,
        plain: (text, variables = {}) => ask(text, variables, false),
        ours: (text, variables = {}) => ask(text, variables, true),
        isRewritten: (text) => {
          const document = parse(text);
          return rewrite(document) !== document;
        },
      });
    },
    { scope: "file" },
  ],
});

const directive = fc.constantFrom(
  "",
  "",
  "",
  "@include(if: $yes)",
  "@skip(if: $yes)",
  "@skip(if: $no)",
  "@include(if: $no)",
);
const alias = fc.constantFrom("", "", "", "a: ", "__proto__: ", "toJSON: ");

/** Of each type, its own response keys, so that merged selections never conflict. */
const leaf = (names: readonly string[]) =>
  fc
    .tuple(alias, fc.constantFrom(...names), directive)
    .map(([as, name, when]) => `${as && `${as.replace(": ", "")}_${name}: `}${name} ${when}`);
const odd = fc.constantFrom("__proto__: name", "toJSON: ratio", "constructor: id");
const keyOf = (names: readonly string[], type: string) =>
  fc
    .array(
      fc.oneof(
        leaf(["__typename", ...names]),
        leaf(names).map((inner) => `... on ${type} { ${inner} }`),
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((fields) => fields.join(" "));

const columns = leaf(["id", "name", "ratio", "flag", "__typename"]);
const references = fc.oneof(
  keyOf(["id"], "Thing").map((key) => `parent { ${key} }`),
  keyOf(["country"], "Maker").map((key) => `maker { ${key} }`),
);

const { things } = fc.letrec<{ things: string; field: string }>((tie) => ({
  things: fc.array(tie("field"), { minLength: 1, maxLength: 5 }).map((fields) => fields.join(" ")),
  field: fc.oneof(
    { maxDepth: 3, depthIdentifier: "field" },
    columns,
    odd,
    references,
    fc.tuple(tie("things"), directive).map(([inner, when]) => `... ${when} { ${inner} }`),
    tie("things").map((inner) => `... on Thing { ${inner} }`),
    fc.constantFrom("...Plain", "...Wide", "shout", "parent { name }", "maker { __typename }"),
    tie("things").map((inner) => `parts { ${inner} }`),
    tie("things").map((inner) => `parts_aggregate { aggregate { count } nodes { ${inner} } }`),
  ),
}));

const fragments =
  "fragment Plain on Thing { id plain: name parent { id } } fragment Wide on Thing { ...Plain ratio parts { id } }";
const documents = fc.tuple(things, things, directive).map(
  ([first, second, when]) =>
    `query ($yes: Boolean!, $no: Boolean!) {
      unused: __typename @skip(if: $yes) @include(if: $no)
      things(order_by: [{ id: desc }]) { ${first} }
      others: things(where: { id: { _lt: 3 } }) ${when} { ...Plain ...Wide ${second} }
      things_aggregate { nodes { ${second} } }
    } ${fragments}`,
);

/** One list only: of two that fail, GraphQL does not say which is the first. */
const failing = fc
  .array(fc.oneof(columns, references, leaf(["size"]), fc.constantFrom("...Own", "owner { code }")), {
    minLength: 1,
    maxLength: 6,
  })
  .map(
    (fields) =>
      `query ($yes: Boolean!, $no: Boolean!) {
        unused: __typename @skip(if: $yes) @include(if: $no)
        things { ...Own @include(if: $no) ${fields.join(" ")} }
      } fragment Own on Thing { id own: size }`,
  );

describe("a list of plain rows", () => {
  it("is answered like any other list, errors and nulls included", { timeout: 60_000 }, async ({ both }) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(documents, failing), async (text) => {
        const variables = { yes: true, no: false };
        expect(await both.ours(text, variables)).toBe(await both.plain(text, variables));
      }),
      { seed: 20261121, numRuns: 150 },
    );
  });

  it.for([
    ["{ things { id size } }", true],
    ["{ things { parent { id } maker { __typename country } } }", true],
    ["{ things { id ...F } } fragment F on Thing { name }", true],
    ["{ things_aggregate { nodes { id } } }", true],
    ["{ things { id parts { id } } }", true], // the inner one
    ["{ things { shout } }", false],
    ["{ things { parent { name } } }", false],
    ["{ things { id } things { parent { name } } }", false],
    ["{ things_by_pk(id: 1) { id } }", false],
    ["{ __schema { types { name } } }", false],
  ] as const)("%s: %s", async ([text, isRewritten], { both }) => {
    expect(both.isRewritten(text)).toBe(isRewritten);
    expect(await both.ours(text)).toBe(await both.plain(text));
  });

  it("adds nothing to the schema that can be seen", ({ both }) => {
    expect(JSON.stringify(introspectionFromSchema(both.schema))).not.toContain(":rows");
  });
});
