// README.md of a new product: how it is run, asked, tested and published.
import type { SourceTable } from "../../../sdk/introspect/source-table.ts";
import type { Draft } from "../draft-product.ts";
import { exampleQuestion } from "../example-question.ts";
import { contractFile, descriptorFile } from "./documents.ts";

export type ReadmeFacts = {
  readonly draft: Draft;
  readonly table: SourceTable;
  readonly port: number;
  /** Path of the file from the folder; "" where the table is in PostgreSQL. */
  readonly file: string;
};

export function readme({ draft, table, port, file }: ReadmeFacts): string {
  const { id, domain, owner, contact } = draft;
  const [[entity, { collection, key, description }] = [id, { collection: id, key: [], description: "" }]] =
    Object.entries(draft.entities);
  return `# ${id}

${description} The entity is \`${entity}\`, found by ${key.map((field) => `\`${field}\``).join(" and ")} and listed by \`${collection}\`.
Domain ${domain}; owner ${owner} (${contact}).

${sourceText(table, file)}

## Run

\`\`\`sh
npm test                 # its rows, and every check of weft/testkit
npm start                # http://127.0.0.1:${port}/graphql; HOST and PORT name another place
npx weft dev             # with the mesh: edit, save, ask again
\`\`\`

## Ask

\`\`\`graphql
${exampleQuestion(draft)}
\`\`\`

## Publish

\`\`\`sh
npx weft check           # does the mesh compose with it, and whom does it break?
npx weft publish         # it joins the mesh
\`\`\`

## Files

| file | what it is |
|---|---|
| \`product.js\` | the definition: columns, descriptions, key, references |
| \`serve.js\` | the port as a process |
| \`product.test.js\` | its tests |
| \`weft.yaml\` | its name and address, for \`weft\` |
| \`${contractFile}\` | the contract: what is promised of it; complete it |
| \`${descriptorFile}\` | the product's descriptor |
| \`Dockerfile\` | an image of the port |
`;
}

function sourceText(table: SourceTable, file: string): string {
  if (table.place.kind === "postgres")
    return `Its rows are those of the table \`${table.name}\` in PostgreSQL. \`PRODUCT_DATABASE_URL\` in the environment says where the
server is, with the password; without it \`product.js\` does.`;
  return `Its rows are those of \`${file}\`, read when the port starts. \`PRODUCT_FILE\` in the environment names another file of
the same columns.`;
}
