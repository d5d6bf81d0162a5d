// The shape of an entity as a question sees it: what its columns are, and where its relationships lead.
import type { ScalarName } from "./scalar.ts";

export type Shape = {
  readonly columns: ReadonlyMap<string, ScalarName>;
  /** To-one. A reference into another domain leads to a shape that has the key's columns alone. */
  readonly references: ReadonlyMap<string, () => Shape>;
  /** To-many. */
  readonly inverses: ReadonlyMap<string, () => Shape>;
};
