// What cannot be read from the table is chosen: by flags, by git's configuration, by the person, else by what is likeliest.
import { durationMs } from "../../schema/product/freshness.ts";
import type { Source } from "../../sdk/introspect/source-table.ts";
import type { Ask } from "./ask.ts";
import { type Chosen, freeEntityName } from "./draft-product.ts";
import { gitConfig } from "./identity.ts";
import { initializing } from "./initializing-faults.ts";
import type { KnownMesh } from "./mesh-entity.ts";
import { capital, entityName, fieldName, fieldNames } from "./name-fields.ts";
import {
  type Proposal,
  type Proposals,
  proposalText,
  proposeReferences,
  takenShareMin,
  toldOf,
} from "./propose-references.ts";

export type Flags = {
  readonly key?: string | undefined;
  readonly entity?: string | undefined;
  readonly collection?: string | undefined;
  readonly domain?: string | undefined;
  readonly owner?: string | undefined;
  readonly contact?: string | undefined;
  readonly slo?: string | undefined;
};

export type Choosing = {
  readonly name: string;
  readonly from: string;
  readonly source: Source;
  readonly mesh: KnownMesh | undefined;
  readonly flags: Flags;
  /** Left out = nobody is asked. */
  readonly ask?: Ask | undefined;
};

type Options = { readonly signal: AbortSignal };

/** @throws initializing.INIT_FLAG, initializing.INIT_KEY, initializing.INIT_NAME_TAKEN, initializing.INIT_ENDED */
export async function choose(choosing: Choosing, options: Options): Promise<Chosen & Proposals> {
  const { name, flags, ask, source, mesh } = choosing;
  const entity = flags.entity ?? freeEntityName(entityName(name));
  const collection = flags.collection ?? fieldName(name);
  checkFree({ entity, collection }, name, mesh);
  const known = async (flag: keyof Flags, question: string, standard: string | undefined) => {
    const given = flags[flag] ?? (ask ? await ask.text(question, standard) : standard);
    if (!given?.trim())
      throw initializing.INIT_FLAG({ flag, problem: "nothing says it, git's configuration neither" });
    return given;
  };
  const domain = await known("domain", "Which domain does it belong to?", name);
  const owner = await known("owner", "Who owns it?", await gitConfig("user.name"));
  const contact = await known("contact", "Where are they reached?", await gitConfig("user.email"));
  const slo = await known("slo", "How old may an answer be (ISO 8601)?", "PT1H");
  if (durationMs(slo) === undefined)
    throw initializing.INIT_FLAG({
      flag: "slo",
      problem: `${slo} is no ISO 8601 duration such as PT1H or P1D`,
    });
  const key = await chooseKey(choosing, options);
  const { proposals, silent } = await proposeReferences(source, mesh?.entities ?? [], options);
  const references: Proposal[] = [];
  for (const proposal of proposals) if (await takes(proposal, ask)) references.push(proposal);
  return { name, entity, collection, domain, owner, contact, slo, key, references, proposals, silent };
}

async function takes(proposal: Proposal, ask: Ask | undefined): Promise<boolean> {
  const likely = proposal.matched / proposal.of >= takenShareMin;
  if (!ask) return likely;
  return ask.yes(`${proposalText(toldOf(proposal))}. Refer to it?`, likely);
}

/** @throws initializing.INIT_KEY */
async function chooseKey(
  { source, flags, from, ask }: Choosing,
  options: Options,
): Promise<readonly string[]> {
  const { keys, columns } = source.table;
  const [likeliest] = keys;
  if (flags.key !== undefined) return readKey(flags.key, source, options);
  if (!likeliest) {
    const problem = "no column tells its rows apart by itself, and no two together do that were tried";
    throw initializing.INIT_KEY({
      source: nameOf(from, source),
      problem: columns.length > 0 ? problem : "it has no columns",
    });
  }
  if (!ask || keys.length === 1) return likeliest;
  const names = keys.map((key) => key.join(","));
  return keys[names.indexOf(await ask.choice("What tells its rows apart?", names))] ?? likeliest;
}

/** Columns by the table's names or by the fields'. @throws initializing.INIT_KEY, initializing.INIT_FLAG */
async function readKey(text: string, source: Source, options: Options): Promise<readonly string[]> {
  const { columns, rows, rowsExact, keys } = source.table;
  const fields = fieldNames(columns.map(({ name }) => name));
  const key = text.split(",").map((part) => {
    const wanted = part.trim();
    const column = columns.find(({ name }) => name === wanted || fields.get(name) === wanted);
    if (!column)
      throw initializing.INIT_FLAG({
        flag: "key",
        problem: `there is no column ${JSON.stringify(wanted)} to serve`,
      });
    return column;
  });
  const names = key.map(({ name }) => name);
  const nullable = key.find(({ nulls }) => nulls !== 0);
  if (nullable)
    throw initializing.INIT_KEY({
      source: source.table.name,
      problem: `${nullable.name} is null in ${nullable.nulls ?? "some"} rows`,
    });
  const promised = keys.some((each) => each.join() === names.join());
  if (promised || !rowsExact) return names;
  const distinct = await source.countDistinct(names, options);
  if (distinct < rows)
    throw initializing.INIT_KEY({
      source: source.table.name,
      problem: `${names.join(", ")} has ${distinct} values in ${rows} rows`,
    });
  return names;
}

/** An address may hold a password, so the table's own name stands for it. */
function nameOf(from: string, { table }: Source): string {
  return table.place.kind === "postgres" ? `${table.place.schema}.${table.name}` : from;
}

/** @throws initializing.INIT_NAME_TAKEN, initializing.INIT_FLAG */
function checkFree(
  { entity, collection }: { entity: string; collection: string },
  name: string,
  mesh: KnownMesh | undefined,
): void {
  if (!/^[A-Za-z](_?[A-Za-z0-9])*$/.test(entity) || entity !== capital(entity))
    throw initializing.INIT_FLAG({
      flag: "entity",
      problem: `${JSON.stringify(entity)} is no name such as Flight`,
    });
  if (!/^[A-Za-z](_?[A-Za-z0-9])*$/.test(collection))
    throw initializing.INIT_FLAG({
      flag: "collection",
      problem: `${JSON.stringify(collection)} is no name such as flights`,
    });
  if (!mesh) return;
  const taken = (what: string, wanted: string, owner: string | undefined) => {
    if (owner !== undefined && owner !== name)
      throw initializing.INIT_NAME_TAKEN({ what, name: wanted, owner });
  };
  if (mesh.configured.includes(name))
    throw initializing.INIT_NAME_TAKEN({ what: "a subgraph", name, owner: "its configuration" });
  taken("an entity", entity, mesh.types.get(entity));
  taken("a collection", collection, mesh.rootFields.get(collection));
}
