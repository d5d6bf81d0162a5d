// An edge's name as it may be shown: the text of a query with its literals taken out, which may be somebody's values.
import { createHash } from "node:crypto";

/** Longer ones are cut there, and told apart by a hash of their text without literals. */
export const edgeCharactersMax = 500;

/** Whole answers go by the operation's name and a hash: there is nothing to take out. */
const wholeAnswer = /^answer: (\w+|\(no name\)) [\w-]{8}$/;

/** Strings, comments, names and numbers of GraphQL (October 2021, 2.1), in the order in which they are tried. */
const tokens =
  /"""[^"\\]*(?:(?:\\"""|\\(?!""")|"(?!""))[^"\\]*)*"""|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|#[^\n\r]*|[A-Z_a-z]\w*|-?\d[\w.]*(?:(?<=[Ee])[+-]\d+)?/g;

/**
 * `books: {book(id:1){title}}` becomes `books: {book(id:_){title}}`. Names stay: fields, types, arguments, variables, aliases,
 * values of enums, `true`, `false` and `null`.
 */
export function shownEdge(edge: string): string {
  if (wholeAnswer.test(edge)) return edge;
  const text = edge.indexOf(": ") + 2; // before it is the subgraph's name, which may have digits and hyphens
  const shown = edge.slice(0, text) + edge.slice(text).replace(tokens, withoutLiteral);
  if (shown.length <= edgeCharactersMax) return shown;
  const hash = createHash("sha256").update(shown).digest("base64url").slice(0, 8);
  return `${shown.slice(0, edgeCharactersMax)}… ${hash}`;
}

function withoutLiteral(token: string): string {
  if (token.startsWith("#")) return "";
  return /^[A-Z_a-z]/.test(token) ? token : "_";
}
