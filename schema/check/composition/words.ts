// Federation's codes in words for those who know their domain: what is wrong, and the smallest fix.
import type { ComplaintFacts } from "./complaint-facts.ts";
import { both, first, listed, ownWords, reason, type Say, what } from "./say.ts";

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
  FIELD_ARGUMENT_TYPE_MISMATCH: typesDiffer,
  EXTERNAL_TYPE_MISMATCH: typesDiffer,
  EXTERNAL_ARGUMENT_TYPE_MISMATCH: typesDiffer,
  INPUT_FIELD_DEFAULT_MISMATCH: defaultsDiffer,
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
  REQUIRES_DIRECTIVE_IN_FIELDS_ARG: ownWords("Write the fields that it requires without directives."),
  PROVIDES_DIRECTIVE_IN_FIELDS_ARG: ownWords("Write the fields that it provides without directives."),
  TYPE_WITH_ONLY_UNUSED_EXTERNAL: ownWords("Give the type a field of its own, or remove it."),
  CONTEXT_NOT_SET: ownWords("Set the context with `@context(name:)` on a type that leads there."),
  CONTEXT_NAME_INVALID: ownWords("Name the context with letters and digits alone."),
  NO_CONTEXT_IN_SELECTION: ownWords("Begin the text of @fromContext with `$` and the context's name."),
  CONTEXT_INVALID_SELECTION: ownWords("Select one field in @fromContext."),
  CONTEXT_NO_RESOLVABLE_KEY: ownWords("Give the type a @key that can be resolved."),
  CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS: ownWords(
    "Take the argument from the context in every subgraph, or give it a default.",
  ),
  COST_APPLIED_TO_INTERFACE_FIELD: ownWords("Put @cost on the fields of the objects."),
  LIST_SIZE_APPLIED_TO_NON_LIST: ownWords("Put @listSize on fields that answer with a list."),
  LIST_SIZE_INVALID_ASSUMED_SIZE: ownWords("Assume a size of 0 or more."),
  LIST_SIZE_INVALID_SIZED_FIELD: ownWords("Name under `sizedFields` fields that are lists."),
  LIST_SIZE_INVALID_SLICING_ARGUMENT: ownWords("Name under `slicingArguments` arguments that are Int."),
  AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: ownWords("Put it on the objects and their fields."),
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS: ownWords(
    "Ask of the field at least what the fields that it requires ask.",
  ),
  UNSUPPORTED_FEATURE: ownWords("Write it without this feature of federation."),
  MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED: ownWords(
    "Share fewer fields among many subgraphs: there are too many ways to answer a question.",
  ),
  DISALLOWED_INACCESSIBLE: ownWords("Remove @inaccessible there."),
};

/** Federation's own words for a code that is not known here. */
export const otherWords: Say = ownWords("Change one of the definitions shown.");
