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
      `The subgraphs do not compose (${federationCode}): ${problem}.`,
    "Change one of the subgraphs named.",
  ),
  DIRECTIVE_ARGUMENTS: spec(
    (facts: Place & { directive: string; problem: string }) =>
      `${at(facts)}: ${facts.directive} ${facts.problem}.`,
    "Give the directive the arguments that its definition names.",
  ),
  PRODUCT_OWNED_TWICE: spec(
    (facts: Place & { owner: string; directive: string }) =>
      `${at(facts)}: has ${facts.directive}, and subgraph ${facts.owner} owns this entity.`,
    "Leave the directive to the owner: composition would keep one of the two and say nothing.",
  ),
  FRESHNESS_WITHOUT_PRODUCT: spec(
    (place: Place) => `${at(place)}: has @freshness without @dataProduct.`,
    "State freshness where the product is declared.",
  ),
  FRESHNESS_SLO: spec(
    (facts: Place & { slo: string }) =>
      `${at(facts)}: the freshness objective ${JSON.stringify(facts.slo)} is no ISO 8601 duration of fixed length.`,
    "Write weeks, days, hours, minutes or seconds, such as `PT15M` or `P1D`.",
  ),
  FRESHNESS_WATERMARK: spec(
    (facts: Place & { watermark: string }) =>
      `${at(facts)}: the watermark ${facts.watermark} is no root field of the type DateTime.`,
    "Name a field of Query that answers with a DateTime.",
  ),
  ENTITY_UNKNOWN: spec(
    (facts: Place & { entity: string }) => `${at(facts)}: ${facts.entity} is no entity of this subgraph.`,
    "Name an object type that has a @key here.",
  ),
  COLLECTION_NOT_ITS_LIST: spec(
    (facts: Place & { entity: string }) =>
      `${at(facts)}: is a @collection of ${facts.entity} and does not return a list of it.`,
    "Return `[Entity!]!`, and put @collection on fields of Query alone.",
  ),
  COLLECTION_SIBLING: spec(
    (facts: Place & { sibling: string; role: string }) =>
      `${at(facts)}: names ${facts.sibling} as its ${facts.role}, and there is no such root field.`,
    "Name a field of Query in this subgraph, or leave the argument out.",
  ),
  COLLECTION_TAKEN: spec(
    (facts: Place & { other: string }) =>
      `${at(facts)}: subgraph ${facts.other} has a collection of this name.`,
    "Rename one of the two.",
  ),
  DIALECT_UNKNOWN: spec(
    (facts: Place & { dialect: string; known: readonly string[] }) =>
      `${at(facts)}: ${facts.dialect} is no dialect; there are ${facts.known.join(", ")}.`,
    "Name one of these, or leave `dialect` out for weft.",
  ),
  OPERATOR_UNKNOWN: spec(
    (facts: Place & { operator: string; known: readonly string[] }) =>
      `${at(facts)}: ${facts.operator} is no operator; there are ${facts.known.join(", ")}.`,
    "Correct `filter` or `inexact`.",
  ),
  REFERENCE_TARGET: spec(
    (facts: Place & { target: string }) => `${at(facts)}: is a @reference, and ${facts.target} is no entity.`,
    "Lead to an object type with a @key.",
  ),
  REFERENCE_KEY: spec(
    (facts: Place & { problem: string }) => `${at(facts)}: its @reference ${facts.problem}.`,
    "Name own columns, one for each field of a key of the target.",
  ),
  REFERENCE_INVERSE: spec(
    (facts: Place & { source: string; reference: string }) =>
      `${at(facts)}: inverts ${facts.source}.${facts.reference}, which is no reference to it in this subgraph.`,
    "Name the to-one field of the listed entity that leads here.",
  ),
});
