// Federation's codes in words for those who know their domain: what is wrong, and the smallest fix.
import type { ComplaintFacts } from "./complaint-facts.ts";

export type Words = { readonly text: string; readonly fix: string };
type Say = (facts: ComplaintFacts) => Words;

const what = ({ coordinate }: ComplaintFacts) => coordinate ?? "A definition";
const both = ({ subgraphs }: ComplaintFacts) => listed(subgraphs);
const first = ({ subgraphs }: ComplaintFacts) => subgraphs[0] ?? "the subgraph";
/** The part of federation's message after a colon, as a sentence. */
const reason = ({ message }: ComplaintFacts) =>
  sentence(message.replace(/^On [^:]+, for @\w+\([^)]*\): /, ""));

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? "the subgraphs")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** One sentence, however long federation's own was. */
export function sentence(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

const ownWords =
  (fix: string | Say): Say =>
  (facts) => ({ text: reason(facts), fix: typeof fix === "string" ? fix : fix(facts).fix });

const typesDiffer: Say = (facts) => ({
  text: `${what(facts)} ${typesIn(facts) ?? `has types that do not go together in ${both(facts)}`}.`,
  fix: `Give it one type everywhere: the one that its owner has.`,
});
/** `is Int! in flights and String! in airports`, of `it has type "Int!" in subgraph "flights" but type "String!" in …`. */
function typesIn({ message, subgraphs: [first] }: ComplaintFacts): string | undefined {
  const found = [...message.matchAll(/type "([^"]+)" in subgraphs? ((?:"[^"]+"(?:, | and )?)+)/g)].map(
    ([, type = "", names = ""]) => ({
      type,
      names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
    }),
  );
  if (found.length < 2) return undefined;
  const mineFirst = found.sort(
    (a, b) => Number(b.names.includes(first ?? "")) - Number(a.names.includes(first ?? "")),
  );
  return `is ${listed(mineFirst.map(({ type, names }) => `${type} in ${listed(names)}`))}`;
}

const defaultsDiffer: Say = (facts) => ({
  text: `${what(facts)} has different defaults in ${both(facts)}.`,
  fix: "Give it one default everywhere, or none.",
});
const missingSomewhere: Say = (facts) => ({
  text: `${what(facts)} must be given in one subgraph and is not there in another (${both(facts)}).`,
  fix: "Let it be left out (no `!`, or a default), or add it in the other subgraphs.",
});
const fieldsUnknown =
  (directive: string): Say =>
  (facts) => {
    const [, field, type] = /Cannot query field "(\w+)" on type "(\w+)"/.exec(facts.message) ?? [];
    const isKey = directive === "key";
    return {
      text:
        field === undefined
          ? `@${directive} of ${what(facts)} in ${first(facts)} does not fit: ${reason(facts)}`
          : `@${directive} of ${what(facts)} names ${field}, which ${type} does not have in ${first(facts)}.`,
      fix: isKey
        ? `Name fields that ${first(facts)} has, such as @key(fields: "id").`
        : `Add ${field ?? "the field"} to ${type ?? "the type"} in ${first(facts)}, marked @external, or correct the name.`,
    };
  };
const missingExternal =
  (directive: string): Say =>
  (facts) => ({
    text: `@${directive} of ${what(facts)} in ${first(facts)} names a field that ${first(facts)} answers itself.`,
    fix: `Mark the field that it names @external in ${first(facts)}, or leave @${directive} out.`,
  });

export const words: Readonly<Record<string, Say>> = {
  FIELD_TYPE_MISMATCH: typesDiffer,
  ARGUMENT_TYPE_MISMATCH: typesDiffer,
  FIELD_ARGUMENT_TYPE_MISMATCH: typesDiffer,
  EXTERNAL_TYPE_MISMATCH: typesDiffer,
  EXTERNAL_ARGUMENT_TYPE_MISMATCH: typesDiffer,
  INPUT_FIELD_DEFAULT_MISMATCH: defaultsDiffer,
  ARGUMENT_DEFAULT_MISMATCH: defaultsDiffer,
  FIELD_ARGUMENT_DEFAULT_MISMATCH: defaultsDiffer,
  EXTERNAL_ARGUMENT_DEFAULT_MISMATCH: defaultsDiffer,
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: missingSomewhere,
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: missingSomewhere,
  EXTERNAL_ARGUMENT_MISSING: (facts) => ({
    text: `${what(facts)} lacks an argument that it has in another subgraph (${both(facts)}).`,
    fix: "Add the argument with the same type, or leave the @external field out.",
  }),
  INVALID_FIELD_SHARING: (facts) => ({
    text: `${what(facts)} is answered by ${both(facts)}, and a field has one owner.`,
    fix: /@override directive in .* targets an unknown subgraph/.test(facts.message)
      ? "Name in `from` of @override the subgraph that answers it now."
      : "Remove it from all but its owner; or, where all answer the same, mark it @shareable in each.",
  }),
  INVALID_SHAREABLE_USAGE: ownWords("Remove @shareable there: interfaces' fields are shared by themselves."),
  TYPE_KIND_MISMATCH: (facts) => ({
    text: `${what(facts)} is of different kinds in ${both(facts)}: object, scalar, enum, input, interface or union.`,
    fix: "Rename one of the two.",
  }),
  ENUM_VALUE_MISMATCH: (facts) => ({
    text: `The enum ${what(facts)} is both taken and answered, and has other values in ${both(facts)}.`,
    fix: "Give it the same values everywhere, or a name of its own in one of them.",
  }),
  EMPTY_MERGED_ENUM_TYPE: (facts) => ({
    text: `The enum ${what(facts)} has no value that all of ${both(facts)} have, and only those are kept.`,
    fix: "Give it the same values everywhere, or a name of its own in one of them.",
  }),
  EMPTY_MERGED_INPUT_TYPE: (facts) => ({
    text: `The input ${what(facts)} has no field that all of ${both(facts)} have, and only those are kept.`,
    fix: "Give each subgraph's input a name of its own: prefix it with the collection.",
  }),
  EXTERNAL_UNUSED: (facts) => ({
    text: `${what(facts)} is @external in ${first(facts)}, and nothing there uses it.`,
    fix: "Remove the field, or name it in a @key, @requires or @provides.",
  }),
  EXTERNAL_MISSING_ON_BASE: (facts) => ({
    text: `${what(facts)} is @external wherever it is defined (${both(facts)}): nobody answers it.`,
    fix: "Define it without @external in the subgraph that owns it.",
  }),
  EXTERNAL_ON_INTERFACE: ownWords("Remove @external: fields of an interface are answered by nobody."),
  EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: ownWords("Leave one of the two directives out."),
  MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL: ownWords("Put the directive where the field is answered."),
  EXTENSION_WITH_NO_BASE: (facts) => ({
    text: `${what(facts)} is extended in ${first(facts)}, and no subgraph defines it.`,
    fix: `Write \`type\` in place of \`extend type\`, or correct the name.`,
  }),
  KEY_INVALID_FIELDS: fieldsUnknown("key"),
  REQUIRES_INVALID_FIELDS: fieldsUnknown("requires"),
  PROVIDES_INVALID_FIELDS: fieldsUnknown("provides"),
  KEY_INVALID_FIELDS_TYPE: ownWords('Give `fields` a text, such as "id".'),
  REQUIRES_INVALID_FIELDS_TYPE: ownWords('Give `fields` a text, such as "id".'),
  PROVIDES_INVALID_FIELDS_TYPE: ownWords('Give `fields` a text, such as "id".'),
  KEY_FIELDS_HAS_ARGS: ownWords("Make the key of fields without arguments."),
  REQUIRES_FIELDS_HAS_ARGS: ownWords("Require fields without arguments."),
  PROVIDES_FIELDS_HAS_ARGS: ownWords("Provide fields without arguments."),
  KEY_FIELDS_SELECT_INVALID_TYPE: ownWords(
    "Make the key of scalars and of objects' scalars: no lists, interfaces or unions.",
  ),
  KEY_DIRECTIVE_IN_FIELDS_ARG: ownWords("Write the fields of the key without directives."),
  KEY_UNSUPPORTED_ON_INTERFACE: ownWords("Put the @key on the objects, or link federation v2.3 or later."),
  REQUIRES_UNSUPPORTED_ON_INTERFACE: ownWords("Put it on the fields of the objects."),
  PROVIDES_UNSUPPORTED_ON_INTERFACE: ownWords("Put it on the fields of the objects."),
  PROVIDES_ON_NON_OBJECT_FIELD: ownWords(
    "Leave @provides out: only fields that answer with an object can have it.",
  ),
  REQUIRES_FIELDS_MISSING_EXTERNAL: missingExternal("requires"),
  PROVIDES_FIELDS_MISSING_EXTERNAL: missingExternal("provides"),
  OVERRIDE_FROM_SELF_ERROR: ownWords("Name the subgraph that answered the field before."),
  OVERRIDE_SOURCE_HAS_OVERRIDE: ownWords("Leave @override with one of the two subgraphs."),
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE: ownWords("Leave one of the two directives out."),
  OVERRIDE_ON_INTERFACE: ownWords("Put @override on the fields of the objects."),
  OVERRIDE_LABEL_INVALID: ownWords('Write the label as "percent(5)", or as a name.'),
  INTERFACE_FIELD_NO_IMPLEM: (facts) => ({
    text: reason(facts),
    fix: "Add the field to the type, or give one of the two interfaces another name.",
  }),
  INTERFACE_OBJECT_USAGE_ERROR: ownWords(
    "Define the interface with the same @key in another subgraph, and its objects there.",
  ),
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION: ownWords(
    "Give every object that implements the interface the same @key.",
  ),
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: ownWords(
    "Define all its objects where the interface has its @key, or use @interfaceObject.",
  ),
  SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: ownWords(
    "Let the field answer with the same types in every subgraph.",
  ),
  NO_QUERIES: (facts) => ({
    text: "No subgraph has a field of Query: nothing can be asked.",
    fix: `Add \`type Query\` with a field to ${facts.subgraphs[0] ?? "a subgraph"}.`,
  }),
  ROOT_QUERY_USED: ownWords("Name the root of queries `Query`, or rename the other type."),
  ROOT_MUTATION_USED: ownWords("Name the root of mutations `Mutation`, or rename the other type."),
  ROOT_SUBSCRIPTION_USED: ownWords(
    "Name the root of subscriptions `Subscription`, or rename the other type.",
  ),
  INVALID_SUBGRAPH_NAME: ownWords("Give the subgraph another name."),
  COMPOSITION_STOPPED: ownWords(
    "Look at `@link` and at federation's directives there: one is not written as its specification has it.",
  ),
  INVALID_GRAPHQL: ownWords("Correct the SDL at this place."),
  DIRECTIVE_DEFINITION_INVALID: ownWords("Remove the definition: the `@link` brings the directive along."),
  TYPE_DEFINITION_INVALID: ownWords(
    "Remove the definition, or rename the type: federation has one of this name.",
  ),
  UNSUPPORTED_LINKED_FEATURE: ownWords("Leave this @link out, or its `for:`."),
  UNKNOWN_FEDERATION_LINK_VERSION: ownWords('Link "https://specs.apollo.dev/federation/v2.9".'),
  UNKNOWN_LINK_VERSION: ownWords('Link "https://specs.apollo.dev/link/v1.0", or leave it out.'),
  INVALID_LINK_DIRECTIVE_USAGE: ownWords(
    "Correct the `@link`: its `url`, and names in `import` that begin with @ for directives.",
  ),
  INVALID_LINK_IDENTIFIER: ownWords("Write the `url` of the @link as https://host/name/v1.0."),
  LINK_IMPORT_NAME_MISMATCH: ownWords("Import the directive by the same name in every subgraph."),
  DIRECTIVE_COMPOSITION_ERROR: ownWords(
    "Import the directive by the same name everywhere, and from one version of its specification.",
  ),
  REFERENCED_INACCESSIBLE: ownWords("Make both @inaccessible, or neither."),
  DEFAULT_VALUE_USES_INACCESSIBLE: ownWords("Give another default."),
  REQUIRED_INACCESSIBLE: ownWords("Let it be left out, or remove @inaccessible."),
  IMPLEMENTED_BY_INACCESSIBLE: ownWords("Make the interface's field @inaccessible, too."),
  ONLY_INACCESSIBLE_CHILDREN: ownWords("Leave one field visible, or make the type @inaccessible."),
  QUERY_ROOT_TYPE_INACCESSIBLE: ownWords("Remove @inaccessible from Query."),
  DISALLOWED_INACCESSIBLE: ownWords("Remove @inaccessible there."),
};

/** Federation's own words for a code that is not known here. */
export const otherWords: Say = ownWords("Change one of the definitions shown.");

/** What composition did without being asked: how grave that is, and words for it. Hints that are not listed lose nothing. */
export const hintWords: Readonly<
  Record<string, { readonly severity: "error" | "warning"; readonly say: Say }>
> = {
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
