// A data product as the port sees it: every name resolved, every reference led to its end.
import type { GraphQLFieldResolver } from "graphql";
import type { Deprecation } from "../schema/product/deprecation.ts";
import type { ProductStatus } from "../schema/product/mesh.ts";
import type { ScalarName } from "../schema/product/scalar.ts";
import type { Shape } from "../schema/product/shape.ts";
import type { OpenEngine } from "./sql/engine.ts";

export type Column = {
  readonly name: string;
  readonly scalar: ScalarName;
  readonly required: boolean;
  readonly description: string;
  /** The column's name in the table. */
  readonly physical: string;
  /** Is it a field of the entity? The columns that only hold a reference's key are not. */
  readonly published: boolean;
  /** Its own, or its entity's. */
  readonly deprecated: Deprecation | undefined;
};

/** To-one: own columns that hold the key of an entity, ours or a neighbour's. */
export type Reference = {
  readonly name: string;
  readonly target: string;
  readonly required: boolean;
  readonly description: string;
  /** For each key field of the target, in its order, the own column that holds it. */
  readonly key: readonly { readonly field: string; readonly column: Column }[];
  readonly deprecated: Deprecation | undefined;
};

/** To-many: the rows of `source` whose `reference` leads here. */
export type Inverse = {
  readonly name: string;
  readonly description: string;
  readonly source: Entity;
  readonly reference: Reference;
  readonly deprecated: Deprecation | undefined;
};

export type Entity = {
  readonly name: string;
  readonly description: string;
  readonly collection: string;
  readonly table: string;
  readonly key: readonly Column[];
  readonly columns: ReadonlyMap<string, Column>;
  readonly references: ReadonlyMap<string, Reference>;
  readonly inverses: ReadonlyMap<string, Inverse>;
  readonly keysMax: number;
  readonly rowsMax: number;
  readonly deprecated: Deprecation | undefined;
  /** The root field that says how far the source has got, and the column it is read from. */
  readonly watermark: { readonly field: string; readonly table: string; readonly column: string } | undefined;
  readonly shape: Shape;
};

/** An entity that another domain owns: only its key is known here. */
export type Neighbour = {
  readonly name: string;
  readonly key: ReadonlyMap<string, ScalarName>;
  readonly inverses: ReadonlyMap<string, Inverse>;
};

export type Resolvers = Readonly<
  Record<string, Readonly<Record<string, GraphQLFieldResolver<unknown, unknown>>>>
>;

export type Product = {
  readonly id: string;
  readonly version: string;
  readonly domain: string;
  readonly owner: string;
  readonly contact: string;
  readonly status: ProductStatus;
  readonly contract: string | undefined;
  readonly slo: string;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly neighbours: ReadonlyMap<string, Neighbour>;
  readonly openEngine: OpenEngine;
  readonly extension: { readonly sdl: string; readonly resolvers: Resolvers } | undefined;
};

/** The columns that are fields of the entity: those that a caller can name. */
export function publishedColumns(entity: Entity): readonly Column[] {
  return [...entity.columns.values()].filter(({ published }) => published);
}
