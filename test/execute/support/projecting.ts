// Projects data by a schema and an operation, and has graphql-js do the same.
import {
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { compileProjection } from "../../../gateway/execute/federated/projection.ts";
import { openJsonWriter } from "../../../gateway/execute/json-writer.ts";

type Json = Record<string, unknown>;

/** JSON text, so that the order of fields counts, and `path: code` of each error, sorted. */
export type Shown = { readonly data: string; readonly errors: readonly string[] };

const out = openJsonWriter();

export function project(
  schema: GraphQLSchema,
  query: string,
  data: Json,
  conditions: Readonly<Record<string, boolean>> = {},
  aliases: Readonly<Record<string, string>> = {},
  shared: ReadonlySet<string> = new Set(),
) {
  const document = parse(query);
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node): [string, FragmentDefinitionNode][] =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  const { selectionSet } = document.definitions[0] as OperationDefinitionNode;
  const root = schema.getQueryType() as GraphQLObjectType;
  const selecting = { schema, fragments, conditions };
  return compileProjection(selecting, root, selectionSet, aliases, shared)(out, data, {});
}

export function projected(...given: Parameters<typeof project>): Shown {
  const { data, errors } = project(...given);
  return { data: data.toString(), errors: errors.map(({ path }) => (path ?? []).join(".")).sort() };
}

/** The oracle: graphql-js, every field read from the same data under its response name. */
export function executed(
  schema: GraphQLSchema,
  query: string,
  data: Json,
  conditions: Readonly<Record<string, boolean>> = {},
): Shown {
  const document = parse(query);
  const invalid = validate(schema, document);
  if (invalid.length > 0) throw invalid[0];
  const { data: answered, errors = [] } = execute({
    schema,
    document,
    rootValue: data,
    variableValues: conditions,
    fieldResolver: (source: Json, _args, _context, { path }) =>
      Object.hasOwn(source, path.key) ? source[path.key] : undefined,
    typeResolver: ({ __typename }: Json) => String(__typename),
  }) as ExecutionResult;
  return { data: JSON.stringify(answered), errors: errors.map(({ path }) => (path ?? []).join(".")).sort() };
}
