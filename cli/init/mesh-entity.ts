// An entity of the mesh that a new product can refer to, and how many of some keys there are of it.
import { generatedNames } from "../../schema/product/generated-names.ts";
import { isScalarName, type ScalarName } from "../../schema/product/scalar.ts";
import { askMesh } from "./ask-mesh.ts";

export type KeyField = { readonly field: string; readonly scalar: ScalarName };

export type MeshEntity = {
  readonly name: string;
  readonly key: readonly KeyField[];
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

/** Of these keys, how many there are; each has a text for each field of the entity's. @throws initializing.INIT_MESH */
export async function countKeys(
  { key, collection, aggregate, url }: MeshEntity,
  keys: readonly (readonly string[])[],
  options: { readonly signal: AbortSignal },
): Promise<number> {
  const written = ({ scalar }: KeyField, text = "") => (scalar === "Int" ? Number(text) : text);
  const [only, ...others] = key;
  const among =
    only && others.length === 0
      ? {
          type: only.scalar,
          where: `{ ${only.field}: { _in: $keys } }`,
          values: keys.map(([text]) => written(only, text)),
        }
      : {
          type: generatedNames(collection).boolExp,
          where: "{ _or: $keys }",
          values: keys.map((texts) =>
            Object.fromEntries(key.map((part, i) => [part.field, { _eq: written(part, texts[i]) }])),
          ),
        };
  const query = `query($keys: [${among.type}!]!) { ${aggregate}(where: ${among.where}) { aggregate { count } } }`;
  const answer = await askMesh(url, { query, variables: { keys: among.values } }, options);
  const counted = (answer[aggregate] as { readonly aggregate?: { readonly count?: unknown } } | undefined)
    ?.aggregate;
  return typeof counted?.count === "number" ? counted.count : Number(counted?.count ?? 0);
}

/** The fields of a key; undefined where one of them is no scalar that a key of ours can be compared with. */
export function keyFields(
  fields: readonly { readonly field: string; readonly type: string | undefined }[],
): readonly KeyField[] | undefined {
  const key = fields.flatMap(({ field, type }) => {
    const scalar = keyScalar(type);
    return scalar ? [{ field, scalar }] : [];
  });
  return key.length > 0 && key.length === fields.length ? key : undefined;
}

/** Undefined for what is no scalar that a key of ours can be compared with. */
function keyScalar(name: string | undefined): ScalarName | undefined {
  return name !== undefined && isScalarName(name) && ["Int", "BigInt", "String", "ID"].includes(name)
    ? name
    : undefined;
}
