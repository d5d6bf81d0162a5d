// A collection's list and its `_by_pk`: one statement each.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { checkText } from "../../schema/product/read-text.ts";
import type { ScalarValue } from "../../schema/product/scalar.ts";
import type { Entity } from "../product.ts";
import { byKeyStatement, listStatement } from "../sql/list-statement.ts";
import type { Port, Resolver } from "./port.ts";
import { keyText, placeOf } from "./port-context.ts";
import { neededColumns, readListArguments } from "./read-arguments.ts";
import { keyOf } from "./resolve-entity.ts";
import { returnedType, selectedFields } from "./selection.ts";

export function collectionResolvers(port: Port, entity: Entity): Record<string, Resolver<unknown>> {
  return {
    [entity.collection]: (_, args, context, info) => {
      const at = placeOf(info);
      const columns = neededColumns(entity, selectedFields(info, returnedType(info)));
      const question = { ...readListArguments(args, entity, at), columns };
      return context.run(listStatement({ ...port, entity, at }, question));
    },
    [generatedNames(entity.collection).byPk]: async (_, args, context, info) => {
      const columns = neededColumns(entity, selectedFields(info, returnedType(info)));
      const key = entity.key.map(({ name }) => args[name] as ScalarValue);
      const at = placeOf(info);
      for (const { name } of entity.key) checkText(args[name], `${at}.${name}`);
      const asked = { ...port, entity, at };
      const rows = await context.run(byKeyStatement(asked, columns, [key]));
      return rows.find((row) => keyText(keyOf(row, entity.key)) === keyText(key)) ?? null;
    },
  };
}
