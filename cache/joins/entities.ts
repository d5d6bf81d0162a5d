// Entities by primary key: many are read at once, and those that are missing are fetched together.
import type { Signal } from "../../schema/product/ending.ts";
import { textOfBody } from "../store/body.ts";
import {
  allCounter,
  fieldNames,
  hashNames,
  type Identity,
  type PrimaryKey,
  productCounter,
  wholeCounter,
} from "../store/names.ts";
import { type FieldAddress, type FieldsReading, type Fill, type Made, stampsText } from "../store/store.ts";
import {
  type Along,
  type Answered,
  type Fetched,
  type Freshness,
  type PartOf,
  toleranceMs,
} from "./asked.ts";
import { openBackground } from "./background.ts";
import type { CacheOptions, CacheParts } from "./cache-parts.ts";
import { type Flight, startFlight } from "./flight.ts";
import type { Flights } from "./flights.ts";
import { usable, wantsRefresh } from "./judge-age.ts";
import { type Kept, keep } from "./keep.ts";

/** `request` is the selection with its variables, without the keys. */
export type AskedEntities = Identity &
  Freshness &
  Along &
  PartOf & {
    readonly product: string;
    readonly entity: string;
    readonly keys: readonly PrimaryKey[];
    /** For each key, all by which its answer is found, as text, where that is more than the key. */
    readonly representations?: readonly (string | undefined)[] | undefined;
    /**
     * Other products that the selection reads, and the entity's own where it reads a collection of it or finds the entity by
     * another key: every event of these counts.
     */
    readonly reaches: readonly string[];
  };

/** What a selection of one entity is, as JSON; undefined = there is no such entity. */
export type EntityBody = string | undefined;

/** Fetches the entities at these places of `keys`, and answers in their order. */
export type FetchEntities = (
  places: readonly number[],
  options: { readonly signal: Signal; readonly generation: string },
) => Promise<readonly Fetched<EntityBody>[]>;

/** A fetch of many, and which of them this one is. */
export type EntityFlight = { readonly flight: Flight<readonly EntityBody[]>; readonly place: number };

/** What is remembered of the entities asked for, by their places. */
export type LookedUp = {
  readonly served: ReadonlyMap<number, Answered<EntityBody>>;
  readonly missing: readonly number[];
  /**
   * Brings the missing: from fetches on their way, and by one `fetch` for all others, which is called before this
   * returns; another may be for places that are `served` and age. Rejects as the fetch does, or with the signal's reason.
   */
  readonly bring: (
    fetch: FetchEntities,
    options: { readonly signal: Signal },
  ) => Promise<ReadonlyMap<number, Answered<EntityBody>>>;
};

export type Entities = AsyncDisposable & {
  /** Rejects with the signal's reason alone. */
  readonly look: (asked: AskedEntities, options: { readonly signal: Signal }) => Promise<LookedUp>;
  /** One for each key, in their order: looked up, the missing brought. */
  readonly through: (
    asked: AskedEntities,
    fetch: FetchEntities,
    options: { readonly signal: Signal },
  ) => Promise<readonly Answered<EntityBody>[]>;
  /** When everything that was fetched so far has been written. */
  readonly idle: () => Promise<void>;
};

type Question = {
  readonly edge: string | undefined;
  readonly counters: readonly string[];
  readonly addresses: readonly FieldAddress[];
  readonly sloMs: number;
  readonly toleranceMs: number;
  /** Undefined = the store failed. */
  readonly reading: FieldsReading | undefined;
  readonly readMs: number;
  /** What was read of the counters; while the store fails, the question that this one is a part of. */
  readonly generation: string;
};

/**
 * A miss gives the entity's hash a lease, which stands until the entity is invalidated; a fill is refused without it (memcache
 * leases: Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, 3.2.1). An event without keys, or a gap, renews the
 * product's counter of the whole, which every entity carries.
 */
export function openEntities(
  parts: Omit<CacheParts, "rest"> & { readonly flights: Flights<EntityFlight> },
  options: CacheOptions,
): Entities {
  const { store, admission, isCrowded, flights, now, random, token, refreshDeadline, observe } = parts;
  const background = openBackground();

  const addressAt = ({ addresses }: Question, place: number) => addresses[place] as FieldAddress;
  const nameOf = (question: Question, place: number) => {
    const { hash, field } = addressAt(question, place);
    return hash + field;
  };
  /** Who may join its fetch. Without a lease nobody: an event that names the entity would go unseen. */
  const generationAt = ({ reading, generation }: Question, place: number) =>
    reading ? `${reading.fields[place]?.lease ?? token()},${generation}` : generation;

  /** A miss that will not be stored writes no lease. */
  const read = async (addresses: readonly FieldAddress[], counters: readonly string[], sloMs: number) => {
    const judge = admission.judging({ sloMs, counters });
    const unknown = { isCrowded: isCrowded(), tookMs: undefined, bytes: undefined };
    const wanted = addresses.map(
      (address) => judge({ asked: admission.asked(countedAs(address)), ...unknown }).verdict === "admitted",
    );
    const lease = (place: number) => wanted[place] === true;
    const reading = await store.readFields(addresses, counters, { lease }).catch(() => undefined);
    if (reading) admission.saw(counters, reading);
    return reading;
  };

  const fetchAndKeep = async (
    question: Question,
    fetch: FetchEntities,
    places: readonly number[],
    signal: Signal,
  ) => {
    const { reading, sloMs, counters, edge, generation } = question;
    const beganMs = now();
    const fetched = await fetch(places, { signal, generation: token() });
    const tookMs = now() - beganMs;
    const judge = admission.judging({ sloMs, counters });
    const known = { isCrowded: isCrowded(), tookMs };
    const madeFor = (lifeMs: number): Made | undefined =>
      reading && {
        atMs: reading.atMs,
        staleAtMs: reading.atMs + lifeMs * options.freshShare,
        deleteAtMs: reading.atMs + lifeMs,
        tookMs,
        stamps: generation,
      };
    const found = madeFor(sloMs);
    const missing = madeFor(Math.min(sloMs, options.missingMs));
    const fills: Fill[] = [];
    const kept: Kept[] = [];
    const bodies = places.map((place, i) => {
      const { body, whole } = fetched[i] as Fetched<EntityBody>;
      const address = addressAt(question, place);
      const lease = reading?.fields[place]?.lease;
      const bytes = body?.length ?? 0;
      const { verdict, score } = judge({ asked: admission.count(countedAs(address)), bytes, ...known });
      if (!whole) observe({ kind: "cache.unstored", reason: "not whole", edge });
      else if (verdict !== "admitted") observe({ kind: "cache.unstored", reason: verdict, score, edge });
      else if (found && missing && lease) {
        const entry = { made: body === undefined ? missing : found, body };
        fills.push({ ...address, lease, entry });
        kept.push({ bytes, score, edge });
      }
      return body;
    });
    if (fills.length > 0) background.add(keep(store.fill(fills), kept, observe));
    return bodies;
  };

  const takeOff = (question: Question, fetch: FetchEntities, places: readonly number[]) => {
    const seats = places.map((place, i) => ({ name: nameOf(question, place), place, i }));
    const flown: EntityFlight[] = [];
    const flight = startFlight(
      question.readMs,
      ({ signal }) => fetchAndKeep(question, fetch, places, signal),
      () => {
        for (const { name, i } of seats) flights.remove(name, flown[i] as EntityFlight);
      },
    );
    for (const { name, place, i } of seats) {
      const flying = { flight, place: i };
      flown.push(flying);
      flights.add(name, generationAt(question, place), flying);
    }
    return flight;
  };

  const refresh = (question: Question, fetch: FetchEntities, places: readonly number[]) => {
    const idle = places.filter(
      (place) => !flights.find(nameOf(question, place), generationAt(question, place)),
    );
    if (idle.length === 0) return;
    const landed = takeOff(question, fetch, idle).join({ signal: refreshDeadline() });
    background.add(
      landed.then(
        () => {},
        (cause) => observe({ kind: "cache.refresh-failed", cause }),
      ),
    );
  };

  /** The entities that are remembered, by place; and which of them want a newer one. */
  const servable = ({ reading, readMs, toleranceMs, generation }: Question) => {
    const served = new Map<number, Answered<EntityBody>>();
    const ageing: number[] = [];
    if (!reading) return { served, ageing };
    const { atMs } = reading;
    const demand = { atMs, stamps: generation, toleranceMs };
    reading.fields.forEach(({ entry }, place) => {
      const found = usable(entry, demand);
      if (!found) return;
      const body = found.body === undefined ? undefined : textOfBody(found.body);
      const { made } = found;
      const how = atMs < made.staleAtMs ? "fresh" : "stale";
      served.set(place, { body, how, asOfMs: readMs - (atMs - made.atMs) });
      if (wantsRefresh(made, atMs, random)) ageing.push(place);
    });
    return { served, ageing };
  };

  /** The rest: on their way already, or fetched together now. */
  const fetchRest = async (
    question: Question,
    fetch: FetchEntities,
    places: readonly number[],
    signal: Signal,
  ) => {
    const oldestMs = question.readMs - question.toleranceMs;
    const seats = new Map<string, EntityFlight & { readonly how: "joined" | "fetched" }>();
    const wanted = new Map<string, number>();
    for (const place of places) {
      const name = nameOf(question, place);
      const flying = flights.find(name, generationAt(question, place));
      if (flying && flying.flight.startedMs > oldestMs) seats.set(name, { ...flying, how: "joined" });
      else wanted.set(name, place);
    }
    if (wanted.size > 0) {
      const flight = takeOff(question, fetch, [...wanted.values()]);
      [...wanted.keys()].forEach((name, place) => {
        seats.set(name, { flight, place, how: "fetched" });
      });
    }
    const landed = new Map<Flight<readonly EntityBody[]>, Promise<readonly EntityBody[]>>();
    for (const { flight } of seats.values())
      if (!landed.has(flight)) landed.set(flight, flight.join({ signal }));
    await Promise.all(landed.values());
    return (place: number): Promise<Answered<EntityBody>> => {
      const seat = seats.get(nameOf(question, place)) as EntityFlight & {
        readonly how: "joined" | "fetched";
      };
      const bodies = landed.get(seat.flight) as Promise<readonly EntityBody[]>;
      const { how, flight } = seat;
      return bodies.then((all) => ({ body: all[seat.place], how, asOfMs: flight.startedMs }));
    };
  };

  const report = (edge: string | undefined, answers: Iterable<Answered<EntityBody>>) => {
    const counts = new Map<Answered<EntityBody>["how"], number>();
    for (const { how } of answers) counts.set(how, (counts.get(how) ?? 0) + 1);
    for (const [how, count] of counts) observe({ kind: "cache.answered", how, count, edge });
  };

  /** The cache has no part in it. */
  const bypass = ({ keys, edge }: AskedEntities): LookedUp => {
    observe({ kind: "cache.unstored", reason: "no objective", edge });
    const missing = [...keys.keys()];
    return {
      served: new Map(),
      missing,
      bring: async (fetch, { signal }) => {
        const asOfMs = now();
        const fetched = await fetch(missing, { signal, generation: token() });
        const brought = fetched.map(({ body }) => ({ body, how: "bypassed" as const, asOfMs }));
        report(edge, brought);
        return new Map(brought.entries());
      },
    };
  };

  const look = async (asked: AskedEntities, { signal }: { readonly signal: Signal }): Promise<LookedUp> => {
    signal.throwIfAborted();
    const tolerance = toleranceMs(asked);
    const readMs = now();
    const { product, entity, sloMs, edge } = asked;
    if (sloMs === undefined || tolerance === undefined) return bypass(asked);
    const reaches = [...new Set(asked.reaches)].sort();
    const fieldName = fieldNames(asked, reaches);
    const nameOfHash = hashNames(product, entity);
    const addresses = asked.keys.map((key, place) => ({
      hash: nameOfHash(key),
      field: fieldName(key, asked.representations?.[place]),
    }));
    const counters = [allCounter, wholeCounter(product), ...reaches.map(productCounter)];
    const reading = await read(addresses, counters, sloMs);
    const generation = reading ? stampsText(reading) : (asked.generation ?? "");
    const known = { reading, readMs, generation };
    const question = { edge, counters, addresses, sloMs, toleranceMs: tolerance, ...known };
    const { served, ageing } = servable(question);
    const missing = addresses.flatMap((_, place) => (served.has(place) ? [] : [place]));
    report(edge, served.values());
    return {
      served,
      missing,
      bring: async (fetch, options) => {
        if (ageing.length > 0) refresh(question, fetch, ageing);
        if (missing.length === 0) return new Map();
        const fetched = await fetchRest(question, fetch, missing, options.signal);
        const brought = await Promise.all(missing.map(fetched));
        report(edge, brought);
        return new Map(missing.map((place, i) => [place, brought[i] as Answered<EntityBody>]));
      },
    };
  };

  return {
    look,
    through: async (asked, fetch, options) => {
      const { served, bring } = await look(asked, options);
      const brought = await bring(fetch, options);
      return asked.keys.map((_, place) => (served.get(place) ?? brought.get(place)) as Answered<EntityBody>);
    },
    idle: background.idle,
    [Symbol.asyncDispose]: background.idle,
  };
}

/** Enough of both hashes to tell what is counted apart: the sketch reads all that it is given. */
function countedAs({ hash, field }: FieldAddress): string {
  return hash.slice(1, 12) + field.slice(0, 11);
}
