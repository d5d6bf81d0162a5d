// Repair of the planner: a client's alias that is called like a field that the planner adds gets another name.
import { type ASTNode, type DocumentNode, Kind, visit } from "graphql";

export type Renamed = {
  readonly document: DocumentNode;
  /** By the client's response name, the one that stands in data. For fields under an alias that is not their own name. */
  readonly aliases: Readonly<Record<string, string>>;
};

/**
 * The planner takes two fields under one response name for one field:
 *
 *     type Product @key(fields: "upc")        client: { products { upc: name reviews { body } } }
 *     before: { products { upc } }            answered: the upc where the client asked for the name
 *     after:  { products { weft_as_upc: name upc } }
 *
 * The same document where no alias has to go.
 */
export function renameAliases(document: DocumentNode, added: ReadonlySet<string>): Renamed {
  const aliases: Record<string, string> = {};
  const renamed = visit(document, {
    Field: (field) => {
      const alias = field.alias?.value;
      if (alias === undefined || alias === field.name.value || !added.has(alias)) return undefined;
      const value = `weft_as_${alias}`;
      aliases[alias] = value;
      return { ...field, alias: { kind: Kind.NAME, value } };
    },
  });
  return { document: renamed, aliases };
}

/** Names in what the planner may add to a selection: keys, `@requires`, `@fromContext`. */
export function addedNames(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set(["__typename"]);
  const addWords = (node: ASTNode) =>
    visit(node, {
      StringValue: ({ value }) => {
        for (const word of value.match(/\w+/g) ?? []) names.add(word);
      },
    });
  visit(supergraph, {
    Directive: ({ name, arguments: given = [] }) => {
      if (!name.value.startsWith("join__")) return;
      for (const argument of given)
        if (["key", "requires", "contextArguments"].includes(argument.name.value)) addWords(argument);
    },
  });
  return names;
}
