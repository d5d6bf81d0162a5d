// What the text of a document may cost to parse.
import { GraphQLError } from "graphql";
import type { Fault } from "../../schema/product/fault.ts";
import { rootCause } from "../../schema/product/root-cause.ts";
import { operating } from "./operation-faults.ts";
import type { TextLimits } from "./operation-limits.ts";

/**
 * To be called before a text is parsed, with `maxTokens`. Lines are limited for their own sake: graphql-js counts them anew
 * for the place of each error, and comments and line breaks are no tokens.
 * @throws operating.CHARACTERS_MAX, LINES_MAX
 */
export function checkText(text: string, { charactersMax, linesMax }: TextLimits): void {
  if (text.length > charactersMax) throw operating.CHARACTERS_MAX({ charactersMax, characters: text.length });
  if (hasMoreLines(text, linesMax)) throw operating.LINES_MAX({ linesMax });
}

/** What made graphql-js give up, where that was a limit: TOKENS_MAX or NESTING_MAX; undefined for wrong syntax. */
export function parsingFault(failure: unknown, { tokensMax, nestingMax }: TextLimits): Fault | undefined {
  // The parser is recursive, and ends so on a document nested over a thousand levels deep.
  if (rootCause(failure) instanceof RangeError) return operating.NESTING_MAX({ nestingMax }, failure);
  return isTokenLimit(failure) ? operating.TOKENS_MAX({ tokensMax }, failure) : undefined;
}

/** Lines end in LF, CR or both, as in the GraphQL grammar. */
function hasMoreLines(text: string, linesMax: number): boolean {
  const lineEnds = /\r\n|\n|\r/g;
  for (let lines = 1; lines <= linesMax; lines++) if (!lineEnds.test(text)) return false;
  return true;
}

/** By graphql-js's own words, spelt as they are there. */
function isTokenLimit(failure: unknown): boolean {
  return (
    failure instanceof GraphQLError &&
    /^Syntax Error: Document contains more tha[tn] \d+ tokens/.test(failure.message)
  );
}
