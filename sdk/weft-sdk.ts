// What `weft/sdk` offers to a domain team.
export {
  type ColumnDefinition,
  defineProduct,
  type EntityDefinition,
  type ProductDefinition,
  type ReferenceDefinition,
} from "./define-product.ts";
export type { Product } from "./product.ts";
export { productSdl } from "./sdl/product-sdl.ts";
export { serve } from "./serve/serve.ts";
export { type PortEvent, type PortOptions, startPort } from "./serve/start-port.ts";
export { type DuckDBOptions, duckdb, sql } from "./sql/duckdb-engine.ts";
export { type PostgresOptions, postgres } from "./sql/postgres-engine.ts";
export { type Seeded, type SeedOptions, seedPostgres } from "./sql/seed-postgres.ts";
