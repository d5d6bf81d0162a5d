// What composition did without being asked, in words: how grave that is, and what to do.
import type { Severity } from "../finding.ts";
import { both, first, ownWords, type Say, what } from "./say.ts";

/** What composition did without being asked: how grave that is, and words for it. Hints that are not listed lose nothing. */
export const hintWords: Readonly<Record<string, { readonly severity: Severity; readonly say: Say }>> = {
  INCONSISTENT_INPUT_OBJECT_FIELD: {
    severity: "error",
    say: (facts) => ({
      text: `${what(facts)} is lost: of an input only fields are kept that all of ${both(facts)} have.`,
      fix: "Give each subgraph's input a name of its own: prefix it with the collection.",
    }),
  },
  INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM: {
    severity: "error",
    say: (facts) => ({
      text: `${what(facts)} is lost: of an enum that is taken only values are kept that all of ${both(facts)} have.`,
      fix: "Give the enum the same values everywhere, or a name of its own in one of them.",
    }),
  },
  INCONSISTENT_ARGUMENT_PRESENCE: {
    severity: "error",
    say: (facts) => ({
      text: `${what(facts)} is lost: not all of ${both(facts)} have this argument.`,
      fix: "Add it in the other subgraphs, or let one subgraph alone answer the field.",
    }),
  },
  INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE: {
    severity: "error",
    say: (facts) => ({
      text: `${what(facts)} has different types in ${both(facts)}: callers see the one that promises least.`,
      fix: "Give it one type everywhere: the one that its owner has.",
    }),
  },
  INCONSISTENT_OBJECT_VALUE_TYPE_FIELD: {
    severity: "error",
    say: (facts) => ({
      text: `${what(facts)} is not in every subgraph that shares its type (${both(facts)}): some questions cannot have it.`,
      fix: "Give the type the same fields everywhere, or a @key.",
    }),
  },
  INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS: {
    severity: "error",
    say: (facts) => ({
      text: `A directive of ${what(facts)} says different things in ${both(facts)}: one of the two is lost.`,
      fix: "Leave the directive to the owner.",
    }),
  },
  INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE: {
    severity: "error",
    say: (facts) => ({
      text: `The directive ${what(facts)} is lost: not all subgraphs define it.`,
      fix: "Define it in every subgraph, or nowhere.",
    }),
  },
  NO_EXECUTABLE_DIRECTIVE_INTERSECTION: {
    severity: "error",
    say: (facts) => ({
      text: `The directive ${what(facts)} is lost: ${both(facts)} have it for different places.`,
      fix: "Define it for the same places everywhere.",
    }),
  },
  INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS: {
    severity: "error",
    say: (facts) => ({
      text: `Places of the directive ${what(facts)} are lost: only those are kept that all of ${both(facts)} have.`,
      fix: "Define it for the same places everywhere.",
    }),
  },
  INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE: {
    severity: "error",
    say: (facts) => ({
      text: `The directive ${what(facts)} may be repeated in some subgraphs only, so it may not.`,
      fix: "Define it `repeatable` everywhere, or nowhere.",
    }),
  },
  FROM_SUBGRAPH_DOES_NOT_EXIST: {
    severity: "error",
    say: ownWords("Name a subgraph of the mesh in `from`, or leave @override out."),
  },
  OVERRIDDEN_FIELD_CAN_BE_REMOVED: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} is not asked of ${first(facts)} any more: another subgraph overrides it.`,
      fix: `Remove it from ${first(facts)}.`,
    }),
  },
  OVERRIDE_DIRECTIVE_CAN_BE_REMOVED: { severity: "warning", say: ownWords("Remove @override.") },
  INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} has different types in ${both(facts)}: callers see the one that takes least.`,
      fix: "Give it one type everywhere.",
    }),
  },
  INCONSISTENT_DEFAULT_VALUE_PRESENCE: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} has a default in some of ${both(facts)} only.`,
      fix: "Give it one default everywhere, or none.",
    }),
  },
  INCONSISTENT_ENTITY: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} has a @key in some of ${both(facts)} only.`,
      fix: "Give it a @key everywhere, so that its fields can be reached from each.",
    }),
  },
  INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} is not in every subgraph that has the interface (${both(facts)}).`,
      fix: "Give the interface the same fields everywhere.",
    }),
  },
  INCONSISTENT_UNION_MEMBER: {
    severity: "warning",
    say: (facts) => ({
      text: `The union ${what(facts)} has other members in ${both(facts)}.`,
      fix: "Give it the same members everywhere, or a name of its own in one of them.",
    }),
  },
  INCONSISTENT_DESCRIPTION: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} is described differently in ${both(facts)}: callers see one of the descriptions.`,
      fix: "Leave the description to the owner.",
    }),
  },
  INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN: {
    severity: "warning",
    say: (facts) => ({
      text: `${what(facts)} is shared and can answer with other types in ${both(facts)}.`,
      fix: "Let it answer with the same types in every subgraph.",
    }),
  },
  DIRECTIVE_COMPOSITION_WARN: {
    severity: "warning",
    say: ownWords("Compose the directive, or import it by another name."),
  },
  CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS: {
    severity: "warning",
    say: ownWords("Take the argument from the context in every subgraph."),
  },
};
