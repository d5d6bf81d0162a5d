// What can be wrong with an operation as a whole.
import { faultTable } from "../../schema/product/fault.ts";
import { countedMax } from "./measure.ts";

/** Doubling fragments come to more than was counted. */
function counted(count: number): string {
  return count >= countedMax ? `more than ${countedMax}` : `${count}`;
}

export const operating = faultTable({
  EXPLAIN_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ given }: { given: string }) => `\`extensions.explain\` is ${given}.`,
    remedy: 'Give `"plan"`, which asks no subgraph, or `"analyze"`, which answers the question too.',
  },
  FRESHNESS_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ given }: { given: string }) => `\`extensions.freshness\` is ${given}.`,
    remedy: "Give `true`, and the answer says of each product as of when it is.",
  },
  DEPRECATIONS_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ given }: { given: string }) => `\`extensions.deprecations\` is ${given}.`,
    remedy: "Give `true`, and the answer says what of the operation is deprecated.",
  },
  STALENESS_UNKNOWN: {
    status: 400,
    audience: "caller",
    text: ({ given }: { given: string }) => `\`extensions.maxStalenessMs\` is ${given}.`,
    remedy: "Give a whole number of milliseconds from 0, which insists on answers read now.",
  },
  CHARACTERS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ charactersMax, characters }: { charactersMax: number; characters: number }) =>
      `The document has ${characters} characters, more than ${charactersMax}.`,
    remedy: "Move long values into variables, or raise `operation.charactersMax`.",
  },
  LINES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ linesMax }: { linesMax: number }) => `The document has more than ${linesMax} lines.`,
    remedy: "Leave out comments and empty lines, or raise `operation.linesMax`.",
  },
  TOKENS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ tokensMax }: { tokensMax: number }) => `The document has more than ${tokensMax} tokens.`,
    remedy: "Move long lists of values into variables, or raise `operation.tokensMax`.",
  },
  NAME_MAX: {
    status: 400,
    audience: "caller",
    text: ({ nameCharactersMax, characters, begins }: NameFacts) =>
      `The name that begins with ${begins} has ${characters} characters, more than ${nameCharactersMax}.`,
    remedy: "Shorten it, or raise `operation.nameCharactersMax`.",
  },
  NESTING_MAX: {
    status: 400,
    audience: "caller",
    text: ({ nestingMax }: { nestingMax: number }) =>
      `The document nests more than ${nestingMax} levels of selection sets, fragments and values.`,
    remedy: "Ask in several operations, move nested values into variables, or raise `operation.nestingMax`.",
  },
  DEPTH_MAX: {
    status: 400,
    audience: "caller",
    text: ({ depthMax, depth }: { depthMax: number; depth: number }) =>
      `The operation asks for fields ${depth} levels deep, more than ${depthMax}.`,
    remedy: "Ask in several operations, or raise `operation.depthMax`.",
  },
  SELECTIONS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ selectionsMax, selections }: { selectionsMax: number; selections: number }) =>
      `With its fragments written out the document has ${counted(selections)} selections, more than ${selectionsMax}.`,
    remedy: "Spread fragments fewer times, ask in several operations, or raise `operation.selectionsMax`.",
  },
  ALIASES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ aliasesMax, aliases }: { aliasesMax: number; aliases: number }) =>
      `With its fragments written out the document has ${counted(aliases)} aliases, more than ${aliasesMax}.`,
    remedy: "Ask for a list with a filter, ask in several operations, or raise `operation.aliasesMax`.",
  },
  ROOT_FIELDS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ rootFieldsMax, rootFields }: { rootFieldsMax: number; rootFields: number }) =>
      `The operation asks for ${rootFields} fields at its root, more than ${rootFieldsMax}.`,
    remedy: "Ask in several operations, or raise `operation.rootFieldsMax`.",
  },
  OVERLAPS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ overlapsMax }: { overlapsMax: number }) =>
      `The document asks for the same fields at the same places over and over: more than ${overlapsMax} pairs have to be compared.`,
    remedy: "Ask for each field once, or raise `operation.overlapsMax`.",
  },
  DIRECTIVES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ directivesMax, directives }: { directivesMax: number; directives: number }) =>
      `The document has ${directives} directives, more than ${directivesMax}.`,
    remedy: "Put one directive on a fragment of several fields, or raise `operation.directivesMax`.",
  },
  OPERATIONS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ operationsMax, operations }: { operationsMax: number; operations: number }) =>
      `The document has ${operations} operations, more than ${operationsMax}.`,
    remedy: "Send the one that is asked, or raise `operation.operationsMax`.",
  },
  FRAGMENTS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ fragmentsMax, fragments }: { fragmentsMax: number; fragments: number }) =>
      `The document defines ${fragments} fragments, more than ${fragmentsMax}.`,
    remedy: "Send only those that the operation spreads, or raise `operation.fragmentsMax`.",
  },
  FRAGMENT_CYCLE: {
    status: 400,
    audience: "caller",
    text: ({ fragments }: { fragments: readonly string[] }) =>
      `A fragment spreads itself: ${[...fragments].join(" → ")}.`,
    remedy: "Ask for as many levels as are wanted, each by its own fields.",
  },
  VARIABLES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ variablesMax, variables }: { variablesMax: number; variables: number }) =>
      `An operation defines ${variables} variables, more than ${variablesMax}.`,
    remedy: "Put values of one kind in one list, or raise `operation.variablesMax`.",
  },
  VARIABLE_NESTING_MAX: {
    status: 400,
    audience: "caller",
    text: ({ variableNestingMax }: { variableNestingMax: number }) =>
      `The variables nest more than ${variableNestingMax} levels of lists and objects.`,
    remedy: "Send flatter values, or raise `operation.variableNestingMax`.",
  },
  VARIABLE_VALUES_MAX: {
    status: 400,
    audience: "caller",
    text: ({ variableValuesMax }: { variableValuesMax: number }) =>
      `The variables hold more than ${variableValuesMax} values.`,
    remedy: "Ask in several operations, or raise `operation.variableValuesMax`.",
  },
  INTROSPECTION_DEPTH_MAX: {
    status: 400,
    audience: "caller",
    text: ({ introspectionDepthMax, introspectionDepth }: IntrospectionDepthFacts) =>
      `Introspection nests ${introspectionDepth} lists of types and fields, more than ${introspectionDepthMax}.`,
    remedy:
      "Ask for each type's fields once, and put the answers together, or raise `operation.introspectionDepthMax`.",
  },
  INTROSPECTION_FIELDS_MAX: {
    status: 400,
    audience: "caller",
    text: ({ introspectionFieldsMax, introspectionFields }: IntrospectionFieldsFacts) =>
      `With its fragments written out the introspection has ${counted(introspectionFields)} fields, more than ${introspectionFieldsMax}.`,
    remedy: "Ask the standard introspection query, or raise `operation.introspectionFieldsMax`.",
  },
  PLANNING_DEADLINE: {
    status: 504,
    audience: "caller",
    text: () => "The operation's time was up, or its caller gone, before it was planned.",
    remedy: "Ask again, or raise `server.deadlineMs`.",
  },
  SUBSCRIPTION_NOT_YET: {
    status: 400,
    audience: "caller",
    text: () => "Subscriptions are not answered yet.",
    remedy: "Ask a query instead.",
  },
});

type NameFacts = {
  readonly nameCharactersMax: number;
  readonly characters: number;
  readonly begins: string;
};
type IntrospectionDepthFacts = {
  readonly introspectionDepthMax: number;
  readonly introspectionDepth: number;
};
type IntrospectionFieldsFacts = {
  readonly introspectionFieldsMax: number;
  readonly introspectionFields: number;
};
