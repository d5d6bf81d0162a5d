// The model of the mesh: who owns which entity, how it can be asked, and where its relationships lead.
import type { Operator } from "./predicate.ts";

export const dialects = ["weft", "hasura", "nested", "prisma", "postgraphile", "plain", "none"] as const;
export type DialectName = (typeof dialects)[number];

/** The life of a product, in order. All that a deprecated or retired one offers is deprecated. */
export const productStatuses = ["proposed", "draft", "active", "deprecated", "retired"] as const;
export type ProductStatus = (typeof productStatuses)[number];

export type MeshProduct = {
  readonly id: string;
  readonly version: string;
  readonly domain: string;
  readonly owner: string;
  readonly contact: string;
  readonly status: ProductStatus;
  readonly contract: string | undefined;
};

export type MeshFreshness = {
  /** No answer may be older than this, in milliseconds. */
  readonly sloMs: number;
  /** The root field that says how far the source has got. */
  readonly watermark: string | undefined;
};

export type MeshColumn = {
  readonly name: string;
  readonly subgraph: string;
  /** A scalar or an enum. */
  readonly type: string;
  readonly required: boolean;
  /** Then what it says may be of other rows. */
  readonly takesArguments: boolean;
};

export type MeshReference = {
  readonly name: string;
  readonly subgraph: string;
  readonly target: string;
  readonly required: boolean;
  /** Own columns that hold the target's key, in the key's order. */
  readonly key: readonly string[];
};

export type MeshInverse = {
  readonly name: string;
  readonly subgraph: string;
  /** The entity whose `reference` leads here. */
  readonly source: string;
  readonly reference: string;
};

export type MeshEntity = {
  readonly name: string;
  /** The subgraph whose data product it is; undefined for an entity that nobody declares. */
  readonly owner: string | undefined;
  readonly product: MeshProduct | undefined;
  readonly freshness: MeshFreshness | undefined;
  readonly keys: readonly (readonly string[])[];
  readonly columns: ReadonlyMap<string, MeshColumn>;
  readonly references: ReadonlyMap<string, MeshReference>;
  readonly inverses: ReadonlyMap<string, MeshInverse>;
};

export type MeshCollection = {
  readonly name: string;
  readonly subgraph: string;
  readonly entity: string;
  readonly dialect: DialectName;
  /** Operators answered exactly; undefined = all of the dialect. */
  readonly exact: readonly Operator[] | undefined;
  /** Operators that may let extra rows through. */
  readonly inexact: readonly Operator[];
  readonly sort: "exact" | "none";
  readonly limit: boolean;
  readonly aggregate: string | undefined;
  readonly groups: string | undefined;
  readonly byPk: string | undefined;
  readonly keysMax: number;
  readonly rowsMax: number;
};

export type Mesh = {
  readonly entities: ReadonlyMap<string, MeshEntity>;
  readonly collections: ReadonlyMap<string, MeshCollection>;
};
