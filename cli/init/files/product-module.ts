// product.js: the definition, as a domain team would write it.
import type { ColumnDefinition, ReferenceDefinition } from "../../../sdk/define-product.ts";
import { loadFileSql } from "../../../sdk/introspect/load-file.ts";
import type { SourceTable } from "../../../sdk/introspect/source-table.ts";
import type { Draft } from "../draft-product.ts";

/** `file` = the path of the table's file from the folder, with slashes; "" where the table is in PostgreSQL. */
export function productModule(draft: Draft, table: SourceTable, file: string): string {
  const { id, version, domain, owner, contact, contract, freshness, neighbours, entities } = draft;
  const { imports, before, engine } = engineOf(draft, table, file);
  const body = [
    `id: ${quoted(id)},`,
    `version: ${quoted(version)},`,
    `domain: ${quoted(domain)},`,
    `owner: ${quoted(owner)},`,
    `contact: ${quoted(contact)},`,
    ...(contract === undefined ? [] : [`contract: ${quoted(contract)},`]),
    `freshness: { slo: ${quoted(freshness.slo)} },`,
    `engine: ${engine},`,
    ...(neighbours ? [`neighbours: { ${Object.entries(neighbours).map(neighbourText).join(", ")} },`] : []),
    "entities: {",
    ...Object.entries(entities).flatMap(([name, entity]) => [
      `  ${name}: {`,
      `    description: ${quoted(entity.description)},`,
      `    collection: ${quoted(entity.collection)},`,
      ...(entity.table === undefined ? [] : [`    table: ${quoted(entity.table)},`]),
      `    key: [${entity.key.map(quoted).join(", ")}],`,
      "    columns: {",
      ...Object.entries(entity.columns).map(([field, column]) => `      ${field}: ${columnText(column)},`),
      "    },",
      ...referenceLines(entity.references),
      "  },",
    ]),
    "},",
  ];
  return `// ${id}: a table as a data product. Everything it says of itself is here; change it as you like.
// @ts-check
${imports}

${before}export const product = defineProduct({
${body.map((line) => `  ${line}`).join("\n")}
});
`;
}

function engineOf(draft: Draft, table: SourceTable, file: string) {
  const { place, columns } = table;
  if (place.kind === "postgres")
    return {
      imports: 'import { defineProduct, postgres } from "weft/sdk";',
      before: `// A password belongs into the environment, not here.\nconst url = process.env.PRODUCT_DATABASE_URL ?? ${quoted(place.url)};\n\n`,
      engine: `postgres({ url, schema: ${quoted(place.schema)} })`,
    };
  const [entity] = Object.values(draft.entities);
  const csv = place.kind === "csv" && { csv: { form: place.form, all: place.all } };
  const load = loadFileSql({ table: entity?.collection ?? draft.id, file: placeholder, columns, ...csv });
  const text = load
    .replaceAll(/[\\`]|\$(?=\{)/g, (sign) => `\\${sign}`)
    .replace(placeholder, () => `\${file}`)
    .replaceAll("\n", "\n      ");
  return {
    imports:
      'import { fileURLToPath } from "node:url";\nimport { defineProduct, duckdb, sql } from "weft/sdk";',
    before: `const file = process.env.PRODUCT_FILE ?? fileURLToPath(new URL(${quoted(file)}, import.meta.url));\n\n`,
    engine: `duckdb({\n    memoryMax: "${memoryFor(table)}",\n    load: [\n      sql\`${text}\`,\n    ],\n  })`,
  };
}

const placeholder = "\u0001file\u0001";

/** DuckDB holds the table in memory: some hundred bytes a row are enough for most. */
function memoryFor({ rows, columns }: SourceTable): string {
  const megabytes = (rows * columns.length * 40) / 1_048_576;
  return megabytes < 100 ? "256MB" : megabytes < 400 ? "1GB" : "4GB";
}

function neighbourText([name, key]: readonly [string, Readonly<Record<string, string>>]): string {
  const fields = Object.entries(key).map(([field, scalar]) => `${field}: ${quoted(scalar)}`);
  return `${name}: { ${fields.join(", ")} }`;
}

function columnText({ type, description, column }: ColumnDefinition): string {
  const physical = column === undefined ? "" : `, column: ${quoted(column)}`;
  return `{ type: ${quoted(type)}, description: ${quoted(description)}${physical} }`;
}

function referenceLines(
  references: Readonly<Record<string, ReferenceDefinition>> | undefined,
): readonly string[] {
  if (!references) return [];
  const lines = Object.entries(references).flatMap(([name, { entity, key, description, inverse }]) => [
    `      ${name}: {`,
    `        entity: ${quoted(entity)},`,
    `        key: { ${Object.entries(key)
      .map(([field, column]) => `${field}: ${quoted(column)}`)
      .join(", ")} },`,
    `        description: ${quoted(description)},`,
    ...(inverse
      ? [`        inverse: { field: ${quoted(inverse.field)}, description: ${quoted(inverse.description)} },`]
      : []),
    "      },",
  ]);
  return ["    references: {", ...lines, "    },"];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
