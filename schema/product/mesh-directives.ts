// The directives with which a subgraph says what it offers: the specification `https://weft.dev/spec/mesh/v1.0`.
export const meshSpecUrl = "https://weft.dev/spec/mesh/v1.0";
export const federationSpecUrl = "https://specs.apollo.dev/federation/v2.9";
export const meshDirectives = ["dataProduct", "freshness", "collection", "reference"] as const;
export type MeshDirective = (typeof meshDirectives)[number];

/**
 * Definitions, word for word those of the specification.
 * Arguments are built-in scalars: other types would leak into the API schema.
 */
export const meshDirectiveSdl = `"An entity that a domain owns and answers for. Only in the subgraph that owns it."
directive @dataProduct(id: String!, version: String!, domain: String!, owner: String!, contact: String!,
                       status: String! = "active", contract: String) on OBJECT

"How old an answer may be (ISO 8601 duration), and the root field (DateTime) that says how far the source has got, if there is one."
directive @freshness(slo: String!, watermark: String) on OBJECT

"A list that can be asked. \`filter\` and \`sort\` name the operators and directions answered exactly; left out = the dialect's all. \`inexact\` operators may let extra rows through: they are pushed and kept. \`aggregate\`, \`groups\`, \`byPk\` name the sibling fields."
directive @collection(entity: String!, dialect: String! = "weft", filter: [String!], inexact: [String!], sort: String! = "exact",
                      limit: Boolean! = true, aggregate: String, groups: String, byPk: String,
                      keysMax: Int! = 10000, rowsMax: Int! = 100000) on FIELD_DEFINITION

"A field that leads to another entity: the own columns that hold its key. On a to-many: the field there that it inverts."
directive @reference(key: [String!], inverseOf: String) on FIELD_DEFINITION
`;

/** The head of every subgraph that offers products: links, and the directives carried into the supergraph. */
export const meshSchemaExtension = `extend schema
  @link(url: "${federationSpecUrl}", import: ["@key", "@shareable", "@composeDirective"])
  @link(url: "${meshSpecUrl}", import: [${meshDirectives.map((name) => `"@${name}"`).join(", ")}])
${meshDirectives.map((name) => `  @composeDirective(name: "@${name}")`).join("\n")}
`;
