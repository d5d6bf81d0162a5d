// The definition of a product, made of what its table is and what was chosen.
import { scalarNames } from "../../schema/product/scalar.ts";
import type { ColumnType, ProductDefinition, ReferenceDefinition } from "../../sdk/define-product.ts";
import type { SourceColumn, SourceTable } from "../../sdk/introspect/source-table.ts";
import { capital, fieldName, fieldNames, sentenceOf, wordsOf } from "./name-fields.ts";
import type { Proposal } from "./propose-references.ts";

export type Draft = Omit<ProductDefinition, "engine">;

export type Chosen = {
  /** Of the subgraph, which is the product's id. */
  readonly name: string;
  readonly entity: string;
  readonly collection: string;
  readonly domain: string;
  readonly owner: string;
  readonly contact: string;
  readonly slo: string;
  /** Columns of the table. */
  readonly key: readonly string[];
  readonly references: readonly Proposal[];
};

/** A reference stands in the place of its columns, but for those that are part of the key. */
export function draftProduct(table: SourceTable, chosen: Chosen): Draft {
  const { name, entity, collection, domain, owner, contact, slo, key } = chosen;
  const fields = new Map(fieldNames(table.columns.map((column) => column.name)));
  const references = nameReferences(chosen, fields);
  const replaced = new Set(
    chosen.references.flatMap((reference) => reference.columns.filter((column) => !key.includes(column))),
  );
  const columns = table.columns.filter((column) => !replaced.has(column.name));
  const neighbours = chosen.references.map(({ entity: { name: neighbour, key: fields } }) => [
    neighbour,
    Object.fromEntries(fields.map(({ field, scalar }) => [field, scalar])),
  ]);
  return {
    id: name,
    version: "1.0.0",
    domain,
    owner,
    contact,
    freshness: { slo },
    ...(neighbours.length > 0 && { neighbours: Object.fromEntries(neighbours) }),
    entities: {
      [entity]: {
        description: oneLine(table.comment) ?? aRow(entity),
        collection,
        ...(table.place.kind === "postgres" && table.name !== collection && { table: table.name }),
        key: key.map((column) => fields.get(column) as string),
        columns: Object.fromEntries(columns.map((column) => columnOf(column, fields, chosen))),
        ...(references.length > 0 && { references: Object.fromEntries(references) }),
      },
    },
  };
}

function columnOf(
  { name, scalars: [likeliest], required, comment }: SourceColumn,
  fields: ReadonlyMap<string, string>,
  { key, references }: Chosen,
) {
  const field = fields.get(name) as string;
  const [held] = references.flatMap(({ columns, entity }) => entity.key[columns.indexOf(name)] ?? []);
  const scalar = held?.scalar ?? likeliest;
  const type: ColumnType = required || key.includes(name) ? `${scalar}!` : scalar;
  const description = oneLine(comment) ?? sentenceOf(name);
  return [field, { type, description, ...(field !== name && { column: name }) }] as const;
}

/** Names the references; a column of the key whose name a reference needs gets another. */
function nameReferences(
  { collection, key, references }: Chosen,
  fields: Map<string, string>,
): readonly (readonly [string, ReferenceDefinition])[] {
  const inverses = new Set(
    references.flatMap(({ entity }) => entity.fields.map((field) => `${entity.name}.${field}`)),
  );
  const named = new Set<string>();
  return references.map(({ columns, entity }) => {
    const keyFields = entity.key.map(({ field }) => field);
    const [column = "", ...others] = columns;
    const wanted =
      others.length > 0
        ? fieldName(entity.name)
        : referenceName(column, { ...entity, key: keyFields.join() });
    columns.forEach((each, i) => {
      if (!key.includes(each)) fields.delete(each);
      else if (fields.get(each) === wanted) fields.set(each, `${wanted}${capital(keyFields[i] ?? "")}`);
    });
    const name = freeName(wanted, new Set([...named, ...fields.values()]));
    named.add(name);
    const alone = references.filter((other) => other.entity.name === entity.name).length === 1;
    const inverse = [...(alone ? [collection] : []), `${collection}By${capital(name)}`].find(
      (field) => !inverses.has(`${entity.name}.${field}`),
    );
    if (inverse !== undefined) inverses.add(`${entity.name}.${inverse}`);
    const words = wordsOf(collection).join(" ").toLowerCase();
    return [
      name,
      {
        entity: entity.name,
        key: Object.fromEntries(keyFields.map((field, i) => [field, columns[i] ?? ""])),
        description: `The ${wordsOf(name).join(" ").toLowerCase()}, by its ${keyFields.join(" and ")}.`,
        ...(inverse !== undefined && {
          inverse: {
            field: inverse,
            description: `${capital(words)} of which it is the ${wordsOf(name).join(" ").toLowerCase()}.`,
          },
        }),
      },
    ] as const;
  });
}

/** `state`, else `stateReference`, `stateReference2`, … */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const numbered = (i: number): string => {
    const name = `${wanted}Reference${i === 1 ? "" : i}`;
    return taken.has(name) ? numbered(i + 1) : name;
  };
  return numbered(1);
}

/** `state_code` → `state`, `airportIata` → `airport`, `iata` → `airport`: what it leads to, not by what. */
export function referenceName(
  column: string,
  entity: { readonly name: string; readonly key: string },
): string {
  const words = wordsOf(column).map((word) => word.toLowerCase());
  const last = words.at(-1) ?? "";
  const isKey = [entity.key.toLowerCase(), "id", "code", "key"].includes(last);
  if (!isKey) return fieldName(column);
  return words.length > 1 ? fieldName(words.slice(0, -1).join(" ")) : fieldName(entity.name);
}

/** `AirportLounge` → `An airport lounge.` */
function aRow(entity: string): string {
  const words = wordsOf(entity).join(" ").toLowerCase();
  return `${/^[aeiou]/.test(words) ? "An" : "A"} ${words}.`;
}

/** A name that no type of GraphQL's own and no scalar has. */
export function freeEntityName(name: string): string {
  const taken: readonly string[] = [...scalarNames, "Query", "Mutation", "Subscription"];
  return taken.includes(name) ? `${name}Record` : name;
}

/** Text that fits into one line; undefined where there is none. */
function oneLine(text: string | undefined): string | undefined {
  return text?.replaceAll(/\s+/g, " ").trim() || undefined;
}
