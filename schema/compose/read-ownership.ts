// Who owns an entity: @dataProduct and @freshness, which stand with the owner alone.
import { durationMs } from "../product/freshness.ts";
import type { MeshFreshness, MeshProduct } from "../product/mesh.ts";
import { composing } from "./composing-faults.ts";
import { dataProductArguments, freshnessArguments, readArguments } from "./directive-arguments.ts";
import type { Subgraph, SubgraphType } from "./read-subgraph.ts";

/** What one subgraph says of an entity. */
export type EntityPart = { readonly subgraph: Subgraph; readonly type: SubgraphType };

const placeOf = ({ subgraph, type }: EntityPart) => ({ subgraph: subgraph.name, type: type.name });

/**
 * A second owner would go unnoticed: of two directives, composition silently keeps one set of arguments.
 * @throws composing.PRODUCT_OWNED_TWICE, composing.FRESHNESS_WITHOUT_PRODUCT
 */
export function checkOwnership(part: EntityPart, owner: EntityPart | undefined): void {
  const { dataProduct, freshness } = part.type;
  const place = placeOf(part);
  if (owner && owner !== part && (dataProduct || freshness))
    throw composing.PRODUCT_OWNED_TWICE({
      ...place,
      owner: owner.subgraph.name,
      directive: dataProduct ? "@dataProduct" : "@freshness",
    });
  if (freshness && !dataProduct) throw composing.FRESHNESS_WITHOUT_PRODUCT(place);
}

/** @throws composing.DIRECTIVE_ARGUMENTS */
export function readProduct(owner: EntityPart): MeshProduct {
  return readArguments(dataProductArguments, owner.type.dataProduct, "@dataProduct", placeOf(owner));
}

/** @throws composing.DIRECTIVE_ARGUMENTS, composing.FRESHNESS_SLO, composing.FRESHNESS_WATERMARK */
export function readFreshness(owner: EntityPart): MeshFreshness | undefined {
  const { subgraph, type } = owner;
  if (!type.freshness) return undefined;
  const place = placeOf(owner);
  const { slo, watermark } = readArguments(freshnessArguments, type.freshness, "@freshness", place);
  const sloMs = durationMs(slo);
  if (sloMs === undefined) throw composing.FRESHNESS_SLO({ ...place, slo });
  if (watermark === undefined) return { sloMs, watermark };
  const field = subgraph.query?.fields.get(watermark);
  if (field?.type !== "DateTime" || field.list) throw composing.FRESHNESS_WATERMARK({ ...place, watermark });
  return { sloMs, watermark };
}
