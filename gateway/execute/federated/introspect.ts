// `__schema` and `__type` beside data: answered from the published schema, never by a subgraph.
import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import type { Introspected } from "./projection.ts";

/**
 * Answers the fields given, which stand at the root of the operation. Undefined where there are none. The answer is
 * remembered where no variable can change it.
 */
export function compileIntrospection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  fields: readonly FieldNode[],
): ((variables: Readonly<Record<string, unknown>>) => Introspected) | undefined {
  if (fields.length === 0) return undefined;
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: fields } },
      ...Object.values(fragments),
    ],
  };
  let remembered: Introspected | undefined;
  return (variableValues) => {
    if (remembered) return remembered;
    const { data, errors } = executeSync({ schema, document, variableValues });
    if (!data) throw errors?.[0] ?? new Error("the schema gave no answer about itself");
    if (!operation.variableDefinitions?.length) remembered = data;
    return data;
  };
}
