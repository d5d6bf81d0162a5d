// Is every name in a product's SDL there once? Most of them are generated, so two definitions far apart may meet.
import { type DefinitionNode, type DocumentNode, parse, specifiedScalarTypes } from "graphql";
import type { Product } from "./product.ts";
import { defining } from "./product-faults.ts";
import { productSdl } from "./sdl/product-sdl.ts";

/** @throws defining.PRODUCT_NAME_TAKEN, and defining.PRODUCT_FIELD for an extension that is no SDL */
export function checkGeneratedNames(product: Product): void {
  const types = new Map<string, Set<string>>(
    [...specifiedScalarTypes.map(({ name }) => name), "Mutation", "Subscription"].map((name) => [
      name,
      new Set(),
    ]),
  );
  const claim = (place: string, taken: { has(name: string): boolean }, name: string) => {
    if (taken.has(name)) throw defining.PRODUCT_NAME_TAKEN({ product: product.id, place, name });
  };
  for (const definition of parsed(product).definitions) {
    const type = typeName(definition);
    if (type === undefined) continue;
    if (definition.kind.endsWith("Definition")) claim("types of its schema", types, type);
    const fields = types.get(type) ?? new Set();
    types.set(type, fields);
    for (const field of memberNames(definition)) {
      claim(`fields of ${type}`, fields, field);
      fields.add(field);
    }
  }
}

function parsed(product: Product): DocumentNode {
  try {
    return parse(productSdl(product));
  } catch (cause) {
    const problem = `is no SDL: ${(cause as Error).message}`;
    throw defining.PRODUCT_FIELD({ product: product.id, place: "extension.sdl", problem }, cause);
  }
}

function typeName(definition: DefinitionNode): string | undefined {
  return "name" in definition && /Type(Definition|Extension)$/.test(definition.kind)
    ? definition.name?.value
    : undefined;
}

function memberNames(definition: DefinitionNode): readonly string[] {
  const members =
    "fields" in definition ? definition.fields : "values" in definition ? definition.values : [];
  return (members ?? []).map(({ name }) => name.value);
}
