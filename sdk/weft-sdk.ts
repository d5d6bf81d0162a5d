// What `weft/sdk` offers to a domain team.
export type { Deprecation } from "../schema/product/deprecation.ts";
export type { ProductStatus } from "../schema/product/mesh.ts";
export { announceChanges, type ChangesOptions } from "./changes/announce-changes.ts";
export type {
  ChangeSession,
  ChangeSource,
  ChangesEvent,
  Deliver,
  Delivery,
  ObserveChanges,
} from "./changes/change-source.ts";
export type { ChangesConnection } from "./changes/changes-connection.ts";
export { deliverToGateways, type GatewayOptions, type GatewayParts } from "./changes/deliver-to-gateways.ts";
export { type FollowOptions, type FollowParts, followChanges } from "./changes/follow-changes.ts";
export { type Changes, type ChangesKept, type ChangesParts, openChanges } from "./changes/open-changes.ts";
export {
  type ChangedTable,
  type PostgresChanges,
  type PostgresChangesOptions,
  postgresChanges,
} from "./changes/postgres-changes.ts";
export type { ChangedKey } from "./changes/write-event.ts";
export {
  type ColumnDefinition,
  defineProduct,
  type EntityDefinition,
  type ProductDefinition,
  type ReferenceDefinition,
} from "./define-product.ts";
export type { Product } from "./product.ts";
export { productSdl } from "./sdl/product-sdl.ts";
export { type ServeOptions, serve } from "./serve/serve.ts";
export { type PortEvent, type PortOptions, startPort } from "./serve/start-port.ts";
export { type DuckDBOptions, duckdb, sql } from "./sql/duckdb-engine.ts";
export { type PostgresOptions, postgres } from "./sql/postgres-engine.ts";
export { type Seeded, type SeedOptions, seedPostgres } from "./sql/seed-postgres.ts";
