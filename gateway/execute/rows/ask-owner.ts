// Asks the owner of a collection: one field, under the name `rows`.
import type { MeshCollection } from "../../../schema/product/mesh.ts";
import { fetching } from "../../fetch/fetching-faults.ts";
import { subgraphError } from "../federated/fetch-error.ts";
import type { Running } from "../operator.ts";
import type { RowsRuntime } from "./rows-runtime.ts";
import type { Input } from "./write-condition.ts";

export type Argument = { readonly type: string; readonly value: unknown };

export type OwnerField = {
  readonly name: string;
  /** Those that are undefined are left out. */
  readonly arguments: Readonly<Record<string, Argument | undefined>>;
  /** Without braces around it. */
  readonly selection: string;
};

/**
 * What the field is answered with. A question that stands on it can't be answered by a part, so the first error ends it.
 * @throws fetching.*, and a GraphQLError where the owner says that something is wrong
 */
export async function askOwner(
  { ask, subgraphs }: Pick<RowsRuntime, "ask" | "subgraphs">,
  { subgraph }: Pick<MeshCollection, "subgraph">,
  field: OwnerField,
  { asking }: Running,
): Promise<unknown> {
  const request = { kind: "query", body: writeRequest(field) } as const;
  const { data, errors } = await ask({ name: subgraph, url: subgraphs.get(subgraph) ?? "" }, request, asking);
  const [error] = errors ?? [];
  if (error) throw subgraphError(error, subgraph, undefined);
  return data?.rows;
}

/** What a rows' question was answered with, where it must be a list of objects. @throws fetching.SUBGRAPH_ANSWER_INVALID */
export function listOf(
  answered: unknown,
  { subgraph }: Pick<MeshCollection, "subgraph">,
  rowsMax: number | undefined,
): readonly Readonly<Record<string, unknown>>[] {
  const invalid = (problem: string) => fetching.SUBGRAPH_ANSWER_INVALID({ subgraph, status: 200, problem });
  if (!Array.isArray(answered) || !answered.every((each) => typeof each === "object" && each !== null))
    throw invalid("no list of objects");
  if (rowsMax !== undefined && answered.length > rowsMax)
    throw invalid(`${answered.length} rows, and was asked for ${rowsMax}`);
  return answered;
}

/** The JSON text to POST. */
function writeRequest({ name, arguments: given, selection }: OwnerField): string {
  const entries = Object.entries(given).filter(
    (entry): entry is [string, Argument] => entry[1] !== undefined,
  );
  const declared = entries.map(([argument, { type }]) => `$${argument}: ${type}`).join(", ");
  const passed = entries.map(([argument]) => `${argument}: $${argument}`).join(", ");
  const query = `query${declared && ` (${declared})`} { rows: ${name}${passed && `(${passed})`} { ${selection} } }`;
  const variables: Input = Object.fromEntries(entries.map(([argument, { value }]) => [argument, value]));
  return JSON.stringify({ query, variables });
}
