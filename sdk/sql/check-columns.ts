// Are a product's columns of types whose values mean what their scalars say?
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { KeptAs, KeptText } from "./dialect.ts";
import type { ExpectedColumn, ExpectedTable, ExpectedTables } from "./engine.ts";
import { port } from "./port-faults.ts";

/** The type of a column as the engine has it: `written` with its arguments (`numeric(18,4)`), `name` without. */
export type ColumnType = {
  readonly name: string;
  readonly written: string;
  /** Of a type that keeps text and is none of text. */
  readonly kept?: KeptText | undefined;
};

/** The types that serve a scalar: each value is written, compared, sorted and summed as the surface says, or a fault. */
export type TypesOf = Readonly<Record<ScalarName, readonly string[]>>;

/**
 * Looks up each column of the definition with `typeOf`, which is undefined for a column that is not there. Returns how
 * they keep their text.
 * @throws port.COLUMN_MISSING, port.COLUMN_TYPE for the first that does not fit
 */
export function checkColumns(
  product: ExpectedTables,
  takes: TypesOf,
  typeOf: (entity: ExpectedTable, column: ExpectedColumn) => ColumnType | undefined,
): KeptAs {
  const kept = new Map<string, Map<string, KeptText>>();
  for (const entity of product.entities.values())
    for (const column of entity.columns.values()) {
      const { scalar } = column;
      const place = {
        product: product.id,
        field: `${entity.collection}.${column.name}`,
        table: entity.table,
        column: column.physical,
      };
      const found = typeOf(entity, column);
      if (!found) throw port.COLUMN_MISSING(place);
      if (!takes[scalar].includes(found.name))
        throw port.COLUMN_TYPE({ ...place, type: found.written, scalar, takes: takes[scalar] });
      if (!found.kept) continue;
      const ofTable = kept.get(entity.table) ?? new Map<string, KeptText>();
      kept.set(entity.table, ofTable.set(column.physical, found.kept));
    }
  return (table, column) => kept.get(table)?.get(column);
}
