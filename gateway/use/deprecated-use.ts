// Who still uses what is deprecated, and what can go.
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import type { UsedOperation, UseReport } from "../../schema/product/use.ts";
import { asDeprecation, type UsedDeprecation } from "./deprecations.ts";

export type DeprecatedCoordinate = UsedDeprecation & {
  /** The last seen first. */
  readonly users: readonly Pick<UsedOperation, "client" | "operation" | "lastSeen" | "count">[];
  /** Of all of them; null where nobody is known. */
  readonly lastSeen: string | null;
  /** Has nobody used it for `unusedDays`, as far back as use is known whole? */
  readonly canGo: boolean;
};

export type DeprecatedUse = Pick<UseReport, "since" | "forgotten"> & {
  readonly unusedDays: number;
  /** Those that end first come first. */
  readonly deprecated: readonly DeprecatedCoordinate[];
};

const dayMs = 86_400_000;

/** @param unusedDays - how long something must not have been used so that it can go */
export function deprecatedUse(
  { since, forgotten, operations }: UseReport,
  schema: GraphQLSchema,
  { unusedDays, nowMs }: { readonly unusedDays: number; readonly nowMs: number },
): DeprecatedUse {
  const fromMs = nowMs - unusedDays * dayMs;
  const isKnown = forgotten === 0 && Date.parse(since) <= fromMs;
  const users = new Map<string, UsedOperation[]>();
  for (const operation of operations)
    for (const coordinate of operation.coordinates) {
      const among = users.get(coordinate);
      if (among) among.push(operation);
      else users.set(coordinate, [operation]);
    }
  const deprecated = deprecatedIn(schema).map((deprecation): DeprecatedCoordinate => {
    const its = (users.get(deprecation.coordinate) ?? []).sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1));
    const lastSeen = its[0]?.lastSeen ?? null;
    return {
      ...deprecation,
      users: its.map(({ client, operation, lastSeen, count }) => ({ client, operation, lastSeen, count })),
      lastSeen,
      canGo: isKnown && (lastSeen === null || Date.parse(lastSeen) < fromMs),
    };
  });
  return { since, forgotten, unusedDays, deprecated: deprecated.sort(endsFirst) };
}

function endsFirst(one: UsedDeprecation, other: UsedDeprecation): number {
  const rank = ({ ends, coordinate }: UsedDeprecation) => `${ends ?? "9999"} ${coordinate}`;
  return rank(one) < rank(other) ? -1 : 1;
}

type Named = { readonly name: string; readonly deprecationReason?: string | null | undefined };

/** All that the schema marks as deprecated. */
export function deprecatedIn(schema: GraphQLSchema): readonly UsedDeprecation[] {
  const found: UsedDeprecation[] = [];
  const look = (coordinate: string, { deprecationReason: reason }: Named) => {
    if (typeof reason === "string") found.push(asDeprecation({ coordinate, reason }));
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        look(`${type.name}.${field.name}`, field);
        for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
  }
  return found;
}
