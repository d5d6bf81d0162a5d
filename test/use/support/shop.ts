// A small schema that has everything an operation can name, and what the gateway would know of an operation on it.
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse, validate } from "graphql";
import { operationUse } from "../../../gateway/federation/planning/operation-use.ts";
import { type PreparedUse, prepareUse } from "../../../gateway/use/prepared-use.ts";

export const shop = buildSchema(`
  directive @noted(text: String, tone: Tone) on FIELD | QUERY
  type Query {
    things(where: thing_exp, order_by: [thing_order!], tones: [Tone!], limit: Int = 10): [Thing!]!
    thing(id: ID!): Thing
    node(id: ID!): Node
    old(of: String @deprecated(reason: "Nobody minds.")): Int @deprecated(reason: "Use \`Query.things\`. Ends 2027-06-30.")
    free(json: JSON): JSON
  }
  interface Node { id: ID! }
  type Thing implements Node {
    id: ID!
    name(tone: Tone): String
    parts(where: thing_exp): [Thing!]!
    tone: Tone
  }
  type Other implements Node { id: ID! other: Int }
  input thing_exp {
    _and: [thing_exp!]
    _not: thing_exp
    name: text_exp
    tone: tone_exp
    size: Int @deprecated(reason: "Use \`thing_exp.tone\`. Since 2026-01-31. Ends 2026-12-31. It lies.")
    json: JSON
  }
  input text_exp { _eq: String _in: [String!] _like: String }
  input tone_exp { _eq: Tone _in: [Tone!] }
  input thing_order { name: Direction tone: Direction }
  enum Direction { asc desc }
  enum Tone { LOUD SOFT GREY @deprecated(reason: "It is no tone.") }
  scalar JSON
`);

/** What is prepared of the operation, which must be valid. */
export function preparedUse(text: string, name?: string): PreparedUse {
  const document = parse(text);
  const problems = validate(shop, document);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  const definition = getOperationAST(document, name) as OperationDefinitionNode;
  return prepareUse(shop, definition, operationUse(shop, document, definition));
}
