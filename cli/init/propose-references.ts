// Which columns lead to entities that the mesh has: by their names, and by how many of their values are keys there.
import { Fault } from "../../schema/product/fault.ts";
import type { ForeignKey, Source, SourceColumn, SourceTable } from "../../sdk/introspect/source-table.ts";
import { countKeys, type MeshEntity } from "./mesh-entity.ts";
import { wordsOf } from "./name-fields.ts";

export type Proposal = {
  /** Those that hold the entity's key, in its order. */
  readonly columns: readonly string[];
  readonly entity: MeshEntity;
  /** Of `of` distinct values, or combinations of them, that were looked up, so many are keys of the entity. */
  readonly matched: number;
  readonly of: number;
  /** Does a column's name, or a foreign key, say the same? */
  readonly byName: boolean;
};

export type Proposals = {
  readonly proposals: readonly Proposal[];
  /** Subgraphs that gave no answer, so that nothing refers to their entities. */
  readonly silent: readonly string[];
};

/** Distinct values that are looked up, at most. */
const sampledMax = 1_000;
/** Combinations: each is a condition of its own. */
const combinedMax = 100;
/** Of text that only its values speak for; fewer may match by chance. */
const distinctMin = 10;
/** A proposal must match so much. */
const shareMin = 0.9;
/** Without being asked, so much is taken. */
export const takenShareMin = 0.95;

/**
 * At most one for each column: of several, the one that its name says, then the one that most values match. Keys of
 * several columns are looked for where a foreign key has them.
 */
export async function proposeReferences(
  source: Source,
  entities: readonly MeshEntity[],
  options: { readonly signal: AbortSignal },
): Promise<Proposals> {
  const silent = new Set<string>();
  const proposals: Proposal[] = [];
  for (const { columns, candidates } of candidatesOf(source.table, entities)) {
    if (candidates.length === 0) continue;
    const values = await source.sample(columns, columns.length > 1 ? combinedMax : sampledMax, options);
    if (values.length === 0) continue;
    const counted: Proposal[] = [];
    for (const { entity, byName } of candidates) {
      if (silent.has(entity.owner)) continue;
      const matched = await countKeys(entity, values, options).catch((failure: unknown) => {
        if (!(failure instanceof Fault) || failure.code !== "INIT_MESH") throw failure;
        silent.add(entity.owner);
      });
      if (matched !== undefined) counted.push({ columns, entity, matched, of: values.length, byName });
    }
    const [best] = counted.toSorted((a, b) => Number(b.byName) - Number(a.byName) || b.matched - a.matched);
    if (best && best.matched / best.of >= shareMin) proposals.push(best);
  }
  return { proposals, silent: [...silent] };
}

type Candidates = {
  readonly columns: readonly string[];
  readonly candidates: readonly Pick<Proposal, "entity" | "byName">[];
};

function candidatesOf(table: SourceTable, entities: readonly MeshEntity[]): readonly Candidates[] {
  const single = table.columns.map((column) => ({
    columns: [column.name],
    candidates: entities.flatMap((entity) => {
      const [key, ...others] = entity.key;
      if (!key || others.length > 0 || !column.scalars.includes(key.scalar)) return [];
      const byName =
        isNamedFor(column.name, { ...entity, key: key.field }) ||
        table.foreignKeys.some(
          ({ columns, table: target }) => columns.join() === column.name && isOf(target, entity),
        );
      return byName || speaksByValues(column) ? [{ entity, byName }] : [];
    }),
  }));
  return [...single, ...table.foreignKeys.flatMap((foreignKey) => combined(foreignKey, table, entities))];
}

/** A foreign key of several columns, those in the order of the entity's key: each named there as the target's column. */
function combined(
  { columns, table: target, targetColumns }: ForeignKey,
  table: SourceTable,
  entities: readonly MeshEntity[],
): readonly Candidates[] {
  if (columns.length < 2) return [];
  return entities.flatMap((entity) => {
    if (entity.key.length !== columns.length || !isOf(target, entity)) return [];
    const own = entity.key.flatMap(({ field, scalar }) => {
      const name = columns[targetColumns.findIndex((column) => joined(column) === joined(field))];
      const column = table.columns.find((each) => each.name === name);
      return column?.scalars.includes(scalar) ? [column.name] : [];
    });
    return own.length === columns.length ? [{ columns: own, candidates: [{ entity, byName: true }] }] : [];
  });
}

/** Is a table, by its name, that of an entity? */
function isOf(table: string, { name, collection }: MeshEntity): boolean {
  return [name, collection].map(joined).includes(joined(table.slice(table.lastIndexOf(".") + 1)));
}

/** Text of some variety. Whole numbers match any table that is numbered: for them the name must speak. */
function speaksByValues({ scalars, distinct }: SourceColumn): boolean {
  return scalars[0] === "String" && (distinct ?? sampledMax) > distinctMin;
}

/** `airport`, `origin_airport`, `airport_iata`, `airportId`, and `iata` itself: of a key whose name says what it is. */
export function isNamedFor(
  column: string,
  { name, key, collection }: { readonly name: string; readonly key: string; readonly collection: string },
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

/** A proposal as it is told. */
export type Told = {
  readonly columns: readonly string[];
  readonly entity: string;
  readonly key: readonly string[];
  readonly matched: number;
  readonly of: number;
};

export function toldOf({ columns, entity, matched, of }: Proposal): Told {
  return { columns, entity: entity.name, key: entity.key.map(({ field }) => field), matched, of };
}

/** `country, code → Region (country, code): 312 of 312 values match` */
export function proposalText({ columns, entity, key, matched, of }: Told): string {
  return `${columns.join(", ")} → ${entity} (${key.join(", ")}): ${matched} of ${of} values match`;
}
