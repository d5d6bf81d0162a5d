// Which columns lead to entities that the mesh has: by their names, and by how many of their values are keys there.
import { Fault } from "../../schema/product/fault.ts";
import type { ScalarName } from "../../schema/product/scalar.ts";
import type { ForeignKey, Source, SourceColumn } from "../../sdk/introspect/source-table.ts";
import { countKeys, type MeshEntity } from "./mesh-entity.ts";
import { wordsOf } from "./name-fields.ts";

export type Proposal = {
  readonly column: string;
  readonly entity: MeshEntity;
  /** Of `of` distinct values that were looked up, so many are keys of the entity. */
  readonly matched: number;
  readonly of: number;
  /** Does the column's name, or a foreign key, say the same? */
  readonly byName: boolean;
};

export type Proposals = {
  readonly proposals: readonly Proposal[];
  /** Subgraphs that gave no answer, so that nothing refers to their entities. */
  readonly silent: readonly string[];
};

/** Distinct values that are looked up, at most. */
const sampledMax = 1_000;
/** Of text that only its values speak for; fewer may match by chance. */
const distinctMin = 10;
/** A proposal must match so much. */
const shareMin = 0.9;
/** Without being asked, so much is taken. */
export const takenShareMin = 0.95;

/** At most one for each column: of several, the one that its name says, then the one that most values match. */
export async function proposeReferences(
  source: Source,
  entities: readonly MeshEntity[],
  options: { readonly signal: AbortSignal },
): Promise<Proposals> {
  const { columns, foreignKeys } = source.table;
  const proposals: Proposal[] = [];
  const silent = new Set<string>();
  for (const column of columns) {
    const candidates = entities.flatMap((entity) => {
      const byName = isNamedFor(column.name, entity) || isForeignKey(column.name, entity, foreignKeys);
      return canRefer(column, entity.scalar) && (byName || speaksByValues(column))
        ? [{ entity, byName }]
        : [];
    });
    if (candidates.length === 0) continue;
    const values = await source.sample(column.name, sampledMax, options);
    if (values.length === 0) continue;
    const counted: Proposal[] = [];
    for (const { entity, byName } of candidates) {
      if (silent.has(entity.owner)) continue;
      const matched = await countKeys(entity, values, options).catch((failure: unknown) => {
        if (!(failure instanceof Fault) || failure.code !== "INIT_MESH") throw failure;
        silent.add(entity.owner);
      });
      if (matched !== undefined)
        counted.push({ column: column.name, entity, matched, of: values.length, byName });
    }
    const [best] = counted.toSorted((a, b) => Number(b.byName) - Number(a.byName) || b.matched - a.matched);
    if (best && best.matched / best.of >= shareMin) proposals.push(best);
  }
  return { proposals, silent: [...silent] };
}

/** Text of some variety. Whole numbers match any table that is numbered: for them the name must speak. */
function speaksByValues({ scalars, distinct }: SourceColumn): boolean {
  return scalars[0] === "String" && (distinct ?? sampledMax) > distinctMin;
}

function canRefer({ scalars }: SourceColumn, scalar: ScalarName): boolean {
  return scalars.includes(scalar);
}

/** `airport`, `origin_airport`, `airport_iata`, `airportId`, and `iata` itself: of a key whose name says what it is. */
export function isNamedFor(
  column: string,
  { name, key, collection }: Pick<MeshEntity, "name" | "key" | "collection">,
): boolean {
  const words = `_${joined(column)}`;
  const [entity, keyed] = [`_${joined(name)}`, `_${joined(key)}`];
  return (
    words === `_${joined(collection)}` ||
    words.endsWith(entity) ||
    [keyed, "_id", "_code", "_key"].some((end) => words.endsWith(entity + end)) ||
    (!vague.has(keyed) && words.endsWith(keyed))
  );
}

/** Keys by whose names no entity is told. */
const vague: ReadonlySet<string> = new Set(["_id", "_code", "_key", "_name", "_number", "_uuid"]);

function joined(name: string): string {
  return wordsOf(name).join("_").toLowerCase();
}

function isForeignKey(
  column: string,
  { name, collection }: MeshEntity,
  foreignKeys: readonly ForeignKey[],
): boolean {
  return foreignKeys.some(({ columns: [own, ...others], table }) => {
    const target = joined(table.slice(table.lastIndexOf(".") + 1));
    return own === column && others.length === 0 && [name, collection].map(joined).includes(target);
  });
}

/** `312 of 312 values match`. */
export function shareText({ matched, of }: Pick<Proposal, "matched" | "of">): string {
  return `${matched} of ${of} values match`;
}
