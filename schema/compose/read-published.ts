// Reads from the supergraph what is published, and which subgraphs it is asked of.
import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from "graphql";
import { linkedNames, usesOf } from "./read-directive.ts";

/** What federation leaves out is not published: `@inaccessible` types and fields, and fields that another overrides. */
export type Published = {
  readonly type: (type: string) => boolean;
  /** Is the field published, and may this subgraph be asked for it? */
  readonly field: (subgraph: string, type: string, field: string) => boolean;
};

const inaccessibleSpecUrl = "https://specs.apollo.dev/inaccessible/v0.2";

export function readPublished(supergraphSdl: string): Published {
  const document = parse(supergraphSdl);
  const inaccessible = linkedNames(document, inaccessibleSpecUrl)?.("inaccessible");
  const isVisible = ({ directives }: ObjectTypeDefinitionNode | FieldDefinitionNode) =>
    usesOf(directives, inaccessible).length === 0;
  const graphs = graphNames(document);
  const types = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
      .filter(isVisible)
      .map((type) => [
        type.name.value,
        new Map(
          (type.fields ?? [])
            .filter(isVisible)
            .map((field) => [field.name.value, new Set(sourcesOf(type, field).map((id) => graphs.get(id)))]),
        ),
      ]),
  );
  return {
    type: (type) => types.has(type),
    field: (subgraph, type, field) => types.get(type)?.get(field)?.has(subgraph) ?? false,
  };
}

/** Subgraph names by what the supergraph calls them. */
function graphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const graphs = document.definitions.find(
    (node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === "join__Graph",
  );
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : [];
  return new Map(
    values.map(({ name, directives }) => [name.value, String(usesOf(directives, "join__graph")[0]?.name)]),
  );
}

/** A field without `@join__field` is answered by every subgraph that has its type. */
function sourcesOf(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): readonly string[] {
  const joins = usesOf(field.directives, "join__field");
  const sources = joins.length > 0 ? joins : usesOf(type.directives, "join__type");
  return sources
    .filter(({ external, usedOverridden }) => external !== true && usedOverridden !== true)
    .map(({ graph }) => String(graph));
}
