// What `weft init` tells: as one JSON document, and in words.
import { personalSign } from "../../schema/product/personal-sign.ts";
import type { Initialized } from "./init-product.ts";
import { proposalText, type Told, toldOf } from "./propose-references.ts";

export type InitReport = {
  readonly folder: string;
  readonly name: string;
  readonly url: string;
  readonly entity: string;
  readonly collection: string;
  readonly key: readonly string[];
  readonly rows: number;
  readonly rowsExact: boolean;
  readonly fields: readonly { readonly field: string; readonly type: string; readonly column: string }[];
  readonly leftOut: readonly { readonly column: string; readonly type: string }[];
  /** Fields whose names speak of a person: `confidential` in the contract. */
  readonly personal: readonly string[];
  readonly references: readonly ProposedReference[];
  readonly files: readonly string[];
  /** How `node_modules/weft` came to be: a link to this folder. */
  readonly linked: string;
  /** Subgraphs of the mesh that could not be asked for their entities. */
  readonly silent: readonly string[];
  readonly tookMs: number;
};

export type ProposedReference = Told & {
  /** Is it in the product? */
  readonly taken: boolean;
};

export function initReport(made: Initialized, tookMs: number): InitReport {
  const { draft, table, proposals, references } = made;
  const [[entity, { collection, columns, key }] = ["", { collection: "", columns: {}, key: [] }]] =
    Object.entries(draft.entities);
  return {
    folder: made.folder,
    name: made.name,
    url: made.url,
    entity,
    collection,
    key,
    rows: table.rows,
    rowsExact: table.rowsExact,
    fields: Object.entries(columns).map(([field, { type, column = field }]) => ({ field, type, column })),
    leftOut: table.leftOut.map(({ name, type }) => ({ column: name, type })),
    personal: Object.keys(columns).filter((field) => personalSign(field) !== undefined),
    references: proposals.map((proposal) => ({
      ...toldOf(proposal),
      taken: references.includes(proposal),
    })),
    files: made.files,
    linked: made.weft.root,
    silent: made.silent,
    tookMs: Math.round(tookMs),
  };
}

/** `folder` as the person would type it. */
export function initText(report: InitReport, folder: string): string {
  const { name, entity, key, rows, rowsExact, fields, leftOut, personal, references, linked, silent } =
    report;
  const lines: [string, string][] = [
    ["entity", `${entity}, by ${key.join(" and ")}; ${rowsExact ? "" : "about "}${rows} rows`],
    ["fields", fields.map(({ field, type }) => `${field} ${type}`).join(", ")],
    ...leftOut.map(({ column, type }): [string, string] => [
      "left out",
      `${column}, of type ${type}: no scalar serves it; a view that casts it would`,
    ]),
    ...(personal.length > 0
      ? [
          ["personal", `${personal.join(", ")}: confidential, until the contract says otherwise`] as [
            string,
            string,
          ],
        ]
      : []),
    ...references.map((reference): [string, string] => [
      "reference",
      `${proposalText(reference)}${reference.taken ? "" : "; not taken"}`,
    ]),
    ...(silent.length > 0 ? [["not asked", `${silent.join(", ")}: no answer`] as [string, string]] : []),
    ["weft", `node_modules/weft is a link to ${linked}`],
  ];
  return [
    `${name} is in ${folder}/`,
    ...aligned(lines),
    "",
    ...aligned([
      [`cd ${folder} && npm test`, "its rows, and every check of weft/testkit"],
      [`weft dev ${folder}`, "with the mesh: edit, save, ask again"],
      [`weft publish ${folder}`, "it joins the mesh"],
    ]),
  ].join("\n");
}

function aligned(lines: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`);
}
