// An entity of the mesh that a new product can refer to, and how many of some keys there are of it.
import { isScalarName, type ScalarName } from "../../schema/product/scalar.ts";
import { askGraphql } from "./ask-graphql.ts";

export type MeshEntity = {
  readonly name: string;
  /** The one field of its key. Entities of more than one are not referred to. */
  readonly key: string;
  readonly scalar: ScalarName;
  readonly collection: string;
  /** Root field that counts: `airports_aggregate`. */
  readonly aggregate: string;
  readonly fields: readonly string[];
  /** GraphQL that answers for it, and whose it is: the gateway, or the owner's port. */
  readonly url: string;
  readonly owner: string;
};

/** What a new product must know of the mesh. */
export type KnownMesh = {
  readonly entities: readonly MeshEntity[];
  /** By type, entity or not: the subgraph that has it, or "the mesh". */
  readonly types: ReadonlyMap<string, string>;
  /** Fields of the query root, likewise. */
  readonly rootFields: ReadonlyMap<string, string>;
  /** Subgraphs by name, with their addresses; [] where only the gateway was asked. */
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** Names that no product can be published under: those of the mesh's configuration. */
  readonly configured: readonly string[];
};

/** Of these keys, how many there are. @throws initializing.INIT_MESH */
export async function countKeys(
  { key, scalar, aggregate, url }: MeshEntity,
  keys: readonly string[],
  options: { readonly signal: AbortSignal },
): Promise<number> {
  const query = `query($keys: [${scalar}!]!) { ${aggregate}(where: { ${key}: { _in: $keys } }) { aggregate { count } } }`;
  const values = scalar === "Int" ? keys.map(Number) : keys;
  const answer = await askGraphql(url, { query, variables: { keys: values } }, options);
  const counted = (answer[aggregate] as { readonly aggregate?: { readonly count?: unknown } } | undefined)
    ?.aggregate;
  return typeof counted?.count === "number" ? counted.count : Number(counted?.count ?? 0);
}

/** Undefined for what is no scalar that a key of ours can be compared with. */
export function keyScalar(name: string | undefined): ScalarName | undefined {
  return name !== undefined && isScalarName(name) && ["Int", "BigInt", "String", "ID"].includes(name)
    ? name
    : undefined;
}
