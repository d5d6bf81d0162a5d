// Reads what an operator wants forgotten: everything, a product, or some of its entities.
import { z } from "zod";
import { keyValueSchema } from "../../schema/product/change-event.ts";
import { taking } from "./event-faults.ts";
import { checkKeys, problemsOf, readJson } from "./read-events.ts";

const name = z.string().min(1);

const wantedSchema = z
  .strictObject({
    all: z.literal(true).optional(),
    product: name.optional(),
    entity: name.optional(),
    keys: z.array(z.record(z.string(), keyValueSchema)).min(1).optional(),
  })
  .transform(({ all, product, entity, keys }, context): Invalidated => {
    if (all && !product && !entity && !keys) return { kind: "all" };
    if (!all && product && !entity && !keys) return { kind: "product", product };
    if (!all && product && entity && keys) return { kind: "keys", product, entity, keys };
    context.addIssue({ code: "custom", message: "it is none of the three forms" });
    return z.NEVER;
  });

export type Invalidated =
  | { readonly kind: "all" }
  | { readonly kind: "product"; readonly product: string }
  | {
      readonly kind: "keys";
      readonly product: string;
      readonly entity: string;
      readonly keys: readonly Readonly<Record<string, string | number | boolean>>[];
    };

/** @throws taking.EVENTS_UNREADABLE, taking.EVENT_KEYS_MAX, taking.INVALIDATION_INVALID */
export function readInvalidation(body: Uint8Array, { keysMax }: { readonly keysMax: number }): Invalidated {
  const given = readJson(body);
  checkKeys([{ data: given }], keysMax);
  const read = wantedSchema.safeParse(given);
  if (read.success) return read.data;
  throw taking.INVALIDATION_INVALID({ problems: problemsOf(read.error) });
}
