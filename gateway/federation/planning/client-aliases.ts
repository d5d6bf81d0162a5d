// Repair of the planner: fields that it would take for another one's get a response name of their own.
import { type ASTNode, type DocumentNode, Kind, visit } from "graphql";
import { fieldSignature, responseNameOf } from "../../plan/field-signature.ts";

export type Renamed = {
  readonly document: DocumentNode;
  /** By the signature of the client's field, the response name that stands in data. */
  readonly aliases: Readonly<Record<string, string>>;
};

/**
 * The planner takes two fields under one response name for one field, be the one its own:
 *
 *     type Product @key(fields: "upc")        client: { products { upc: name reviews { body } } }
 *     before: { products { upc } }            answered: the upc where the client asked for the name
 *     after:  { products { weft_as_upc: name upc } }
 *
 * or be they of different types, where what they stand in is completed by another subgraph, for objects of either type:
 *
 *     client: { all { ...on Book { vendor { price(in: "EUR") } } ...on Film { vendor { price(in: "USD") } } } }
 *     before: { ...on Vendor { price(in: "EUR") } }, { ...on Vendor { price(in: "USD") } }     of all vendors
 *     after:  { ...on Vendor { price(in: "EUR") } }, { ...on Vendor { weft_as1_price: price(in: "USD") } }
 *
 * The same document where no field needs another name.
 */
export function renameAliases(document: DocumentNode, added: ReadonlySet<string>): Renamed {
  const aliases: Record<string, string> = {};
  const uses = usesOf(document);
  const free = (name: string): string => (uses.has(name) ? free(`_${name}`) : name);
  for (const [name, { signatures, isConditional }] of uses)
    [...signatures].forEach((signature, i) => {
      const isTaken = added.has(name) && !signature.startsWith(`${name}:${name}(`);
      if (isTaken || (i > 0 && isConditional)) aliases[signature] = free(`weft_as${i || ""}_${name}`);
    });
  if (Object.keys(aliases).length === 0) return { document, aliases };
  const renamed = visit(document, {
    Field: (field) => {
      const value = aliases[fieldSignature(field)];
      return value === undefined ? undefined : { ...field, alias: { kind: Kind.NAME, value } };
    },
  });
  return { document: renamed, aliases };
}

type Uses = { readonly signatures: Set<string>; isConditional: boolean };

/** By response name: the different fields that stand under it, and whether any does under a type condition. */
function usesOf(document: DocumentNode): ReadonlyMap<string, Uses> {
  const uses = new Map<string, Uses>();
  let conditions = 0;
  const enter = () => {
    conditions++;
  };
  const leave = () => {
    conditions--;
  };
  visit(document, {
    InlineFragment: { enter, leave },
    FragmentDefinition: { enter, leave },
    Field: (field) => {
      const signature = fieldSignature(field);
      const name = responseNameOf(signature);
      const use = uses.get(name) ?? { signatures: new Set(), isConditional: false };
      uses.set(name, use);
      use.signatures.add(signature);
      use.isConditional ||= conditions > 0;
    },
  });
  return uses;
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
