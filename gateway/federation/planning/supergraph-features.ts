// Features of federation that a supergraph may use, and what becomes of each.
import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from "graphql";
import { federating } from "../federation-faults.ts";
import { applied } from "./supergraph-facts.ts";

/**
 * planned: the planner keeps to it. published: it shapes the API schema. ignored: nothing is lost by not keeping to
 * it. refused: whoever wrote it counts on it, and nobody here keeps to it.
 */
export type Treatment = "planned" | "published" | "ignored" | "refused";

/** By the name in the feature's URL: `https://specs.apollo.dev/<name>/v0.1`. */
export const features: Readonly<Record<string, Treatment>> = {
  core: "planned",
  link: "planned",
  join: "planned",
  context: "planned", // `@context`, `@fromContext`: arguments taken from objects above
  inaccessible: "published",
  tag: "ignored", // notes for tools
  cost: "ignored", // `@cost`, `@listSize`: estimates for limits, which the gateway sets otherwise
  cacheTag: "ignored", // names for purging a cache that isn't there
  authenticated: "refused",
  requiresScopes: "refused",
  policy: "refused",
  connect: "refused", // a subgraph without a GraphQL server, answered by mapping REST
};

/** What each refused feature's directives are called, unless the supergraph renames them. */
const refusedDirectives: Readonly<Record<string, readonly string[]>> = {
  connect: ["connect", "source"],
};

/**
 * A feature that is linked but nowhere used is no obstacle.
 * @throws federating.FEATURES_NOT_ENFORCED
 */
export function refuseUnenforced(supergraph: DocumentNode): void {
  const refused = new Map(linkedFeatures(supergraph).flatMap(namesOfRefused));
  if (refused.size === 0) return;
  const uses: string[] = [];
  const use = (directives: readonly ConstDirectiveNode[] | undefined, place: string) => {
    for (const { name } of directives ?? [])
      if (refused.has(name.value)) uses.push(`@${name.value} on ${place}`);
    for (const { name } of applied(directives, "join__directive"))
      if (refused.has(String(name))) uses.push(`@${name} on ${place}`);
  };
  for (const definition of supergraph.definitions) {
    if (!("directives" in definition)) continue;
    const place = "name" in definition && definition.name ? definition.name.value : "the schema";
    use(definition.directives as readonly ConstDirectiveNode[] | undefined, place);
    visit(definition, {
      FieldDefinition: ({ name, directives }) => use(directives, `${place}.${name.value}`),
      EnumValueDefinition: ({ name, directives }) => use(directives, `${place}.${name.value}`),
    });
  }
  if (uses.length > 0) throw federating.FEATURES_NOT_ENFORCED({ uses });
}

type Linked = { readonly feature: string; readonly as: string };

export function linkedFeatures({ definitions }: DocumentNode): readonly Linked[] {
  const schemas = definitions.filter(
    ({ kind }) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION,
  );
  return schemas.flatMap((schema) =>
    applied(
      "directives" in schema ? (schema.directives as readonly ConstDirectiveNode[]) : [],
      "link",
    ).flatMap(({ url, as }) => {
      const feature = /\/([A-Za-z]+)\/v[\d.]+$/.exec(String(url))?.[1];
      return feature === undefined ? [] : [{ feature, as: typeof as === "string" ? as : feature }];
    }),
  );
}

function namesOfRefused({ feature, as }: Linked): (readonly [string, string])[] {
  if (features[feature] !== "refused") return [];
  const names = [as, `${as}__${feature}`, ...(refusedDirectives[feature] ?? [])];
  return names.map((name) => [name, feature] as const);
}
