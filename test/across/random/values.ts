// Values for random questions to compare with: of each column some that are stored, and some that are not.
import type { ScalarName } from "../../../schema/product/scalar.ts";
import type { Oracle, Written } from "../support/oracle.ts";
import type { Column, Entity, Model } from "./model.ts";

export type Values = { readonly of: (entity: Entity, column: Column) => readonly Written[] };

const strange: Readonly<Record<ScalarName, readonly Written[]>> = {
  Int: [0, 3, 2_147_483_647],
  BigInt: ["9007199254740992", "9007199254740993", "0"],
  Float: [0, 100.5],
  Decimal: ["0", "0.05", "1000.001"],
  String: ["", "a", "zz", "～", "😀"],
  ID: [""],
  Boolean: [true, false],
  Date: ["1995-03-15", "1992-02-29"],
  DateTime: ["1995-03-15T12:00:00Z"],
  LocalDateTime: ["1995-03-15T12:00:00"],
};

export async function storedValues(model: Model, oracle: Oracle): Promise<Values> {
  const stored = new Map<string, readonly Written[]>();
  for (const { name, table, columns } of model)
    for (const { field, sql, scalar } of columns) {
      const rows = await oracle.rows(
        `select distinct ${sql} as value from ${table} where ${sql} is not null order by md5(value::varchar) limit 6`,
      );
      stored.set(`${name}.${field}`, [...rows.map(({ value }) => value as Written), ...strange[scalar]]);
    }
  return { of: (entity, { field }) => stored.get(`${entity.name}.${field}`) ?? [] };
}

export function literal(value: Written, scalar: ScalarName): string {
  const text = `'${String(value).replaceAll("'", "''")}'`;
  return { ...typed(text), Int: String(value), Boolean: String(value), String: text, ID: text }[scalar];
}

const typed = (
  text: string,
): Readonly<Record<Exclude<ScalarName, "Int" | "Boolean" | "String" | "ID">, string>> => ({
  BigInt: `${text}::bigint`,
  Float: `${text}::double`,
  Decimal: `${text}::decimal(30, 6)`,
  Date: `${text}::date`,
  DateTime: `${text}::timestamptz`,
  LocalDateTime: `${text}::timestamp`,
});
