// How a reference into another product is asked whether it leads anywhere: by a column of the target besides its key.
import { isObject } from "../../schema/product/is-object.ts";
import type { AskGraphql } from "../ask-graphql.ts";

export type Reaching = {
  /** Type of the collection's `where`. */
  readonly where: string;
  readonly reference: string;
  readonly target: string;
  /** Fields of the target's key. */
  readonly key: readonly string[];
};

/**
 * A column of the target that the gateway can ask for. The key alone would not do: it may be answered by the referring row,
 * so that every key passes. Rejects where there is no such column.
 */
export async function columnOfTarget(ask: AskGraphql, reaching: Reaching): Promise<string> {
  const { where, reference, target, key } = reaching;
  const leading = (await inputFields(ask, where)).find(({ name }) => name === reference);
  if (!leading) throw new Error(`the gateway has no ${where}.${reference}, which would lead to ${target}`);
  const column = (await inputFields(ask, leading.type)).find(
    ({ name, type }) => type.endsWith("_comparison_exp") && !key.includes(name),
  );
  if (column) return column.name;
  throw new Error(`the mesh knows ${target} by its key alone: nothing says which there are`);
}

type InputField = { readonly name: string; readonly type: string };

async function inputFields(ask: AskGraphql, type: string): Promise<readonly InputField[]> {
  const { __type: found } = await ask(
    `query fields { __type(name: ${JSON.stringify(type)}) { inputFields { name type { name } } } }`,
  );
  const fields =
    isObject(found) && Array.isArray(found.inputFields) ? found.inputFields.filter(isObject) : [];
  return fields.map(({ name, type }) => ({
    name: String(name),
    type: isObject(type) ? String(type.name) : "",
  }));
}
