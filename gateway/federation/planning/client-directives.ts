// Directives of the mesh's own that callers may write in operations.
import {
  type ArgumentNode,
  astFromValue,
  type ConstDirectiveNode,
  DirectiveLocation,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  specifiedDirectives,
  visit,
} from "graphql";

const executable: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/**
 * Repair of the supergraph: what a `@link` brings is hidden from callers, but a composed directive for operations is
 * theirs.
 *
 *     schema @link(url: "https://mesh.example/access/v1.0", import: ["@access"])    directive @access on FIELD
 *     before: no `@access` in the API schema
 *     after:  the same directive, by no link
 *
 * The same document where no link brings only directives for operations.
 */
export function publishClientDirectives(supergraph: DocumentNode): DocumentNode {
  const forOperations = new Set(
    supergraph.definitions.flatMap((each) =>
      each.kind === Kind.DIRECTIVE_DEFINITION && each.locations.every(({ value }) => executable.has(value))
        ? [`@${each.name.value}`]
        : [],
    ),
  );
  const bringsOnlyThem = (link: ConstDirectiveNode) => {
    const imported = importsOf(link);
    return imported.length > 0 && imported.every((name) => forOperations.has(name));
  };
  return visit(supergraph, {
    SchemaDefinition: (schema) => {
      const kept = schema.directives?.filter((each) => each.name.value !== "link" || !bringsOnlyThem(each));
      return kept && kept.length < (schema.directives?.length ?? 0)
        ? { ...schema, directives: kept }
        : undefined;
    },
  });
}

/** What a link imports, as it is called here: `@access`, `Scope`. */
function importsOf({ arguments: given = [] }: ConstDirectiveNode): readonly string[] {
  const list = given.find(({ name }) => name.value === "import")?.value;
  if (list?.kind !== Kind.LIST) return [];
  return list.values.flatMap((each) => {
    if (each.kind === Kind.STRING) return [each.value];
    if (each.kind !== Kind.OBJECT) return [];
    const named = (key: string) => each.fields.find(({ name }) => name.value === key)?.value;
    const name = named("as") ?? named("name");
    return name?.kind === Kind.STRING ? [name.value] : [];
  });
}

/**
 * The document with the defaults of the mesh's own directives written out, for a subgraph may have none:
 *
 *     directive @access(scope: Scope! = PUBLIC) on FIELD, in a subgraph: directive @access(scope: Scope!) on FIELD
 *     client: { a @access }     after: { a @access(scope: PUBLIC) }
 *
 * The same document where none is left out.
 */
export function writeDirectiveDefaults(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const own = schema
    .getDirectives()
    .filter(({ name }) => !specifiedDirectives.some((each) => each.name === name));
  if (own.length === 0) return document;
  return visit(document, {
    Directive: (directive) => {
      const given = directive.arguments ?? [];
      const args = own.find(({ name }) => name === directive.name.value)?.args ?? [];
      const added = args.flatMap(({ name, type, defaultValue }): ArgumentNode[] => {
        if (given.some((each) => each.name.value === name)) return [];
        const value = defaultValue === undefined ? undefined : astFromValue(defaultValue, type);
        return value ? [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value }] : [];
      });
      return added.length > 0 ? { ...directive, arguments: [...given, ...added] } : undefined;
    },
  });
}
