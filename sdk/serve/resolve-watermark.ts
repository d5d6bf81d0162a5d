// `flights_watermark`: how far the entity's source has got.
import type { Entity } from "../product.ts";
import { watermarkStatement } from "../sql/watermark-statement.ts";
import type { Port, Resolver } from "./port.ts";
import { placeOf } from "./port-context.ts";

/** The field, where the entity has a watermark. */
export function watermarkResolvers(port: Port, entity: Entity): Record<string, Resolver<unknown>> {
  const { watermark } = entity;
  if (!watermark) return {};
  return {
    [watermark.field]: async (_, __, context, info) => {
      const asked = { ...port, entity, at: placeOf(info) };
      const [row] = await context.run(watermarkStatement(asked, watermark.table, watermark.column));
      return row?.watermark ?? null;
    },
  };
}
