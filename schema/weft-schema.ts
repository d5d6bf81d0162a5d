// What `weft/schema` offers: the words of the mesh.

export { type ChangeEvent, changeEventSchema, changeEventType, outboxSql } from "./product/change-event.ts";
export { Fault } from "./product/fault.ts";
export { durationMs } from "./product/freshness.ts";
export { meshDirectiveSdl, meshSchemaExtension, meshSpecUrl } from "./product/mesh-directives.ts";
export type { Direction, OrderTerm } from "./product/order.ts";
export type { Predicate } from "./product/predicate.ts";
export {
  type Bucket,
  meshScalars,
  type ScalarName,
  type ScalarValue,
  scalarTraits,
} from "./product/scalar.ts";
export { type Aggregate, aggregateName, type Value, valueName } from "./product/value.ts";
