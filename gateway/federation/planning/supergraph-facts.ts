// What the supergraph's SDL says of its subgraphs, types, keys and fields, by the `join` directives.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type TypeNode,
} from "graphql";

/** `key` left out = the type has none there. */
export type TypeInSubgraph = {
  readonly subgraph: string;
  readonly key: string | undefined;
  readonly resolvable: boolean;
  readonly isInterfaceObject: boolean;
};

export type FieldInSubgraph = {
  /** Left out = of no subgraph in particular. */
  readonly subgraph: string | undefined;
  readonly external: boolean;
  readonly requires: string | undefined;
  readonly provides: string | undefined;
  readonly overrideLabel: string | undefined;
};

export type FieldFacts = {
  /** Name of the type without its lists. */
  readonly type: string;
  readonly takesArguments: boolean;
  readonly inSubgraphs: readonly FieldInSubgraph[];
};

export type TypeFacts = {
  readonly kind: "object" | "interface" | "union";
  /** Interfaces that it says it implements. */
  readonly interfaces: readonly string[];
  /** `interface` by subgraph, where only some say so. */
  readonly interfacesBySubgraph: readonly { readonly subgraph: string; readonly interface: string }[];
  readonly members: readonly string[];
  readonly inSubgraphs: readonly TypeInSubgraph[];
  readonly fields: ReadonlyMap<string, FieldFacts>;
};

export type SupergraphFacts = {
  /** Address by name. */
  readonly subgraphs: ReadonlyMap<string, string>;
  /** Types with fields, and unions. */
  readonly types: ReadonlyMap<string, TypeFacts>;
};

export function readSupergraph(document: DocumentNode): SupergraphFacts {
  const subgraphs = new Map<string, string>();
  const nameOf = new Map<unknown, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== "join__Graph") continue;
    for (const { name, directives } of definition.values ?? []) {
      const graph = applied(directives, "join__graph")[0];
      subgraphs.set(String(graph?.name ?? name.value), String(graph?.url ?? ""));
      nameOf.set(name.value, String(graph?.name ?? name.value));
    }
  }
  const types = new Map<string, TypeFacts>();
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION: {
        const isUnion = definition.kind === Kind.UNION_TYPE_DEFINITION;
        const kind = definition.kind === Kind.OBJECT_TYPE_DEFINITION ? "object" : "interface";
        types.set(definition.name.value, {
          kind: isUnion ? "union" : kind,
          interfaces: isUnion ? [] : (definition.interfaces ?? []).map(({ name }) => name.value),
          interfacesBySubgraph: applied(definition.directives, "join__implements").map((join) => ({
            subgraph: nameOf.get(join.graph) ?? "",
            interface: String(join.interface),
          })),
          members: isUnion ? (definition.types ?? []).map(({ name }) => name.value) : [],
          inSubgraphs: applied(definition.directives, "join__type").map((join) => ({
            subgraph: nameOf.get(join.graph) ?? "",
            key: join.key as string | undefined,
            resolvable: join.resolvable !== false,
            isInterfaceObject: join.isInterfaceObject === true,
          })),
          fields: new Map(
            (isUnion ? [] : (definition.fields ?? [])).map((field) => [
              field.name.value,
              readField(field, nameOf),
            ]),
          ),
        });
      }
    }
  }
  return { subgraphs, types };
}

function readField(field: FieldDefinitionNode, nameOf: ReadonlyMap<unknown, string>): FieldFacts {
  return {
    type: namedType(field.type),
    takesArguments: (field.arguments ?? []).length > 0,
    inSubgraphs: applied(field.directives, "join__field").map((join) => ({
      subgraph: nameOf.get(join.graph),
      external: join.external === true,
      requires: join.requires as string | undefined,
      provides: join.provides as string | undefined,
      overrideLabel: join.overrideLabel as string | undefined,
    })),
  };
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** Arguments of every use of a directive, where they are strings, names or Booleans. */
export function applied(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly Readonly<Record<string, string | boolean | undefined>>[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map(({ name: { value }, value: given }) => [
          value,
          "value" in given ? given.value : undefined,
        ]),
      ),
    );
}
