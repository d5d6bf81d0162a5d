// The SQL that loads a CSV or Parquet file into a table of DuckDB: the same for reading what it is and for serving it.
import type { CsvForm, SourceColumn } from "./source-table.ts";

export type FileColumn = Pick<SourceColumn, "name" | "loadAs"> & { readonly type: string };

export type FileToLoad = {
  readonly table: string;
  /** The file as it stands in the SQL: a literal with its quotes, or a place for one. */
  readonly file: string;
  readonly columns: readonly FileColumn[];
  /** Of a CSV file: how it is written, and every column it has. Left out = Parquet. */
  readonly csv?: {
    readonly form: CsvForm;
    readonly all: readonly { readonly name: string; readonly type: string }[];
  };
};

/** `create table … as select … from read_csv(…)`, in lines. */
export function loadFileSql({ table, file, columns, csv }: FileToLoad): string {
  const selected = columns.map(({ name, loadAs }) => {
    const id = quoteName(name);
    return loadAs === undefined ? id : `${id}::${loadAs} as ${id}`;
  });
  const from = csv
    ? `read_csv(${[file, ...csvOptions(csv.form, csv.all)].join(", ").replaceAll(" \n", "\n")})`
    : `read_parquet(${file})`;
  return `create table ${quoteName(table)} as\n  select ${wrapped(selected)}\n  from ${from}`;
}

/** Nothing of the file's form is guessed anew when it is loaded again. */
function csvOptions(
  form: CsvForm,
  all: readonly { readonly name: string; readonly type: string }[],
): readonly string[] {
  const { delimiter, quote, escape: escaped, comment, skip, header, dateFormat, timestampFormat } = form;
  const columns = all.map(({ name, type }) => `${literal(name)}: ${literal(type)}`);
  return [
    "auto_detect = false",
    `header = ${header}`,
    ...(skip > 0 ? [`skip = ${skip}`] : []),
    `delim = ${literal(delimiter)}`,
    `quote = ${literal(quote)}`,
    `escape = ${literal(escaped)}`,
    ...(comment === undefined ? [] : [`comment = ${literal(comment)}`]),
    ...(dateFormat === undefined ? [] : [`dateformat = ${literal(dateFormat)}`]),
    ...(timestampFormat === undefined ? [] : [`timestampformat = ${literal(timestampFormat)}`]),
    `\n    columns = { ${wrapped(columns)} }`,
  ];
}

const lineMax = 90;

function wrapped(parts: readonly string[]): string {
  let width = 0;
  return parts
    .map((part, i) => {
      const end = i < parts.length - 1 ? "," : "";
      width += part.length + 2;
      if (i === 0) return `${part}${end}`;
      if (width <= lineMax) return ` ${part}${end}`;
      width = part.length;
      return `\n    ${part}${end}`;
    })
    .join("");
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
