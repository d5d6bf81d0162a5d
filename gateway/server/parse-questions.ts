// The operations of a text that nobody has asked yet.
import { type DocumentNode, Kind, type OperationDefinitionNode, parse } from "graphql";
import type { TextLimits } from "../operation/operation-limits.ts";
import { checkText, parsingFault } from "../operation/parse-document.ts";
import type { Question } from "./prepare.ts";

/** @throws what `checkText` throws, operating.TOKENS_MAX, NESTING_MAX, a GraphQLError for wrong syntax */
export function parseQuestions(text: string, limits: TextLimits): readonly Question[] {
  checkText(text, limits);
  const document = parseWithin(text, limits);
  return operationsOf(document).map((definition) => ({
    text,
    name: definition.name?.value,
    document,
    definition,
  }));
}

export function operationsOf({ definitions }: DocumentNode): readonly OperationDefinitionNode[] {
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}

function parseWithin(text: string, limits: TextLimits): DocumentNode {
  try {
    return parse(text, { maxTokens: limits.tokensMax });
  } catch (failure) {
    throw parsingFault(failure, limits) ?? failure;
  }
}
