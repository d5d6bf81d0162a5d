// What keeps subgraphs from becoming a mesh. Every fault names the subgraph, the type and the field.
import { faultTable } from "../product/fault.ts";

/** Where in a subgraph: a type, or a field of it. */
export type Place = { readonly subgraph: string; readonly type: string; readonly field?: string };
const at = ({ subgraph, type, field }: Place) =>
  `Subgraph ${subgraph}, ${field === undefined ? type : `${type}.${field}`}`;

const spec = <Facts>(text: (facts: Facts) => string, remedy: string) =>
  ({ status: 500, audience: "operator", text, remedy }) as const;

export const composing = faultTable({
  SDL_INVALID: spec(
    ({ subgraph, problem }: { subgraph: string; problem: string }) =>
      `Subgraph ${subgraph}: its SDL cannot be read: ${problem}.`,
    "Correct the SDL; `_service { sdl }` must answer with a whole schema.",
  ),
  COMPOSITION_FAILED: spec(
    ({ problem, federationCode }: { problem: string; federationCode: string }) =>
      `The subgraphs do not compose (${federationCode}): ${problem}`,
    "Change one of the subgraphs named.",
  ),
  DIRECTIVE_ARGUMENTS: spec(
    ({ directive, problem, ...place }: Place & { directive: string; problem: string }) =>
      `${at(place)}: ${directive} ${problem}.`,
    "Give the directive the arguments that its definition names.",
  ),
  PRODUCT_OWNED_TWICE: spec(
    ({ owner, directive, ...place }: Place & { owner: string; directive: string }) =>
      `${at(place)}: has ${directive}, and subgraph ${owner} owns this entity.`,
    "Leave the directive to the owner: composition would keep one of the two and say nothing.",
  ),
  FRESHNESS_WITHOUT_PRODUCT: spec(
    (place: Place) => `${at(place)}: has @freshness without @dataProduct.`,
    "State freshness where the product is declared.",
  ),
  FRESHNESS_SLO: spec(
    ({ slo, ...place }: Place & { slo: string }) =>
      `${at(place)}: the freshness objective ${JSON.stringify(slo)} is no ISO 8601 duration of fixed length.`,
    "Write weeks, days, hours, minutes or seconds, such as `PT15M` or `P1D`.",
  ),
  FRESHNESS_WATERMARK: spec(
    ({ watermark, ...place }: Place & { watermark: string }) =>
      `${at(place)}: the watermark ${watermark} is no root field of the type DateTime.`,
    "Name a field of Query that answers with a DateTime.",
  ),
  ENTITY_UNKNOWN: spec(
    ({ entity, ...place }: Place & { entity: string }) =>
      `${at(place)}: ${entity} is no entity of this subgraph.`,
    "Name an object type that has a @key here.",
  ),
  COLLECTION_NOT_ITS_LIST: spec(
    ({ entity, ...place }: Place & { entity: string }) =>
      `${at(place)}: is a @collection of ${entity} and does not return a list of it.`,
    "Return `[Entity!]!`, and put @collection on fields of Query alone.",
  ),
  COLLECTION_SIBLING: spec(
    ({ sibling, role, ...place }: Place & { sibling: string; role: string }) =>
      `${at(place)}: names ${sibling} as its ${role}, and there is no such root field.`,
    "Name a field of Query in this subgraph, or leave the argument out.",
  ),
  COLLECTION_TAKEN: spec(
    ({ other, ...place }: Place & { other: string }) =>
      `${at(place)}: subgraph ${other} has a collection of this name.`,
    "Rename one of the two.",
  ),
  DIALECT_UNKNOWN: spec(
    ({ dialect, known, ...place }: Place & { dialect: string; known: readonly string[] }) =>
      `${at(place)}: ${dialect} is no dialect; there are ${known.join(", ")}.`,
    "Name one of these, or leave `dialect` out for weft.",
  ),
  OPERATOR_UNKNOWN: spec(
    ({ operator, known, ...place }: Place & { operator: string; known: readonly string[] }) =>
      `${at(place)}: ${operator} is no operator; there are ${known.join(", ")}.`,
    "Correct `filter` or `inexact`.",
  ),
  REFERENCE_TARGET: spec(
    ({ target, ...place }: Place & { target: string }) =>
      `${at(place)}: is a @reference, and ${target} is no entity.`,
    "Lead to an object type with a @key.",
  ),
  REFERENCE_KEY: spec(
    ({ problem, ...place }: Place & { problem: string }) => `${at(place)}: its @reference ${problem}.`,
    "Name own columns, one for each field of a key of the target.",
  ),
  REFERENCE_INVERSE: spec(
    ({ source, reference, ...place }: Place & { source: string; reference: string }) =>
      `${at(place)}: inverts ${source}.${reference}, which is no reference to it in this subgraph.`,
    "Name the to-one field of the listed entity that leads here.",
  ),
});
