// Parses as the server does: the text is checked, then parsed, and what made the parser give up becomes a fault.
import { type DocumentNode, parse } from "graphql";
import type { TextLimits } from "../../../gateway/operation/operation-limits.ts";
import { checkText, parsingFault } from "../../../gateway/operation/parse-document.ts";

export function parseWithin(text: string, limits: TextLimits): DocumentNode {
  checkText(text, limits);
  try {
    return parse(text, { maxTokens: limits.tokensMax });
  } catch (failure) {
    throw parsingFault(failure, limits) ?? failure;
  }
}
