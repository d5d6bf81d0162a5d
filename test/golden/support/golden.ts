// A golden: a question, the SQL that the oracle is asked instead, and the answer that both must give.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type FieldNode, type OperationDefinitionNode, parse } from "graphql";
import type { Oracle, Row, Written } from "../../across/support/oracle.ts";
import type { Question } from "../../gateway/support/test-gateway.ts";

export type Golden = {
  readonly name: string;
  /** Path of one of its files: `result.json`. */
  readonly file: (name: string) => string;
  readonly question: Question;
  /** The data that the oracle has for it. */
  readonly expected: (oracle: Oracle) => Promise<Row>;
};

/** The goldens of a mesh: the folders of `test/golden/<mesh>/`. */
export function goldensOf(mesh: string): readonly Golden[] {
  const folder = fileURLToPath(new URL(`../${mesh}/`, import.meta.url));
  return readdirSync(folder).map((name) => readGolden(name, join(folder, name)));
}

function readGolden(name: string, folder: string): Golden {
  const file = (each: string) => join(folder, each);
  const query = readFileSync(file("query.graphql"), "utf8");
  const variables = existsSync(file("variables.json"))
    ? { variables: JSON.parse(readFileSync(file("variables.json"), "utf8")) }
    : {};
  return { name, file, question: { query, ...variables }, expected: (oracle) => ask(oracle, query, file("answer.sql")) };
}

/** `answer.sql` has a statement for each root field in turn, and a row for each entry of a list. */
async function ask(oracle: Oracle, query: string, file: string): Promise<Row> {
  const statements = readFileSync(file, "utf8")
    .split(/;$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
  const answers: [string, Written][] = [];
  for (const [i, statement] of statements.entries()) {
    const field = rootFields(query)[i];
    if (!field) throw new Error(`${file} has more statements than the question has fields at its root.`);
    const rows = await oracle.rows(statement);
    const isList = !/_(aggregate|by_pk)$/.test(field.name.value);
    answers.push([(field.alias ?? field.name).value, isList ? rows : (rows[0] ?? null)]);
  }
  return Object.fromEntries(answers);
}

/** A field of the root that is left out by a directive stands last. */
function rootFields(query: string): readonly FieldNode[] {
  const [operation] = parse(query).definitions as readonly OperationDefinitionNode[];
  return (operation?.selectionSet.selections ?? []) as readonly FieldNode[];
}
