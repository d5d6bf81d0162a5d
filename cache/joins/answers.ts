// Answers that many products may have a part in: root fetches, key sets, groups, joined results, whole answers.
import type { Signal } from "../../schema/product/ending.ts";
import { type Body, bytesOfBody } from "../store/body.ts";
import { allCounter, claimName, entryName, productCounter } from "../store/names.ts";
import { type Claim, type Claiming, type EntryReading, stampsText } from "../store/store.ts";
import type { Candidate } from "./admission.ts";
import { type Answered, type AskedAnswer, type Fetch, type Fetched, toleranceMs } from "./asked.ts";
import { openBackground } from "./background.ts";
import type { CacheOptions, CacheParts } from "./cache-parts.ts";
import { type Flight, startFlight } from "./flight.ts";
import type { Flights } from "./flights.ts";
import { openFormers } from "./former.ts";
import { usable, wantsRefresh } from "./judge-age.ts";
import { keep } from "./keep.ts";

/** As whoever asked first is answered. */
export type AnswerFlight = Flight<Answered<Body>>;

export type Answers = AsyncDisposable & {
  /**
   * The answer: remembered, on its way, or fetched. Rejects as the fetch does, or with the signal's reason; never for
   * the store's sake. A fetch is shared with callers of the same request and visibility, and given up when all have left.
   */
  readonly through: (
    asked: AskedAnswer,
    fetch: Fetch<Fetched<Body>>,
    options: { readonly signal: Signal },
  ) => Promise<Answered<Body>>;
  /** When everything that was fetched so far has been written. */
  readonly idle: () => Promise<void>;
};

/**
 * The counters of all products are read with the entry, before the fetch. An entry is served only while they have the
 * tokens it was made under: what was fetched before an invalidation may be written after it, and is not served. A fetch is
 * given what was remembered under other tokens: it may find that to be the same still, and keep it under those that were read.
 */
export function openAnswers(
  parts: CacheParts & { readonly flights: Flights<AnswerFlight> },
  options: CacheOptions,
): Answers {
  const { store, admission, isCrowded, flights, now, random, token, rest, refreshDeadline, observe } = parts;
  const background = openBackground();
  const formers = openFormers(parts);

  /** One question, from its reading on. */
  type Question = {
    readonly name: string;
    readonly edge: string | undefined;
    readonly products: readonly string[];
    readonly counters: readonly string[];
    readonly sloMs: number;
    readonly toleranceMs: number;
    readonly fetch: Fetch<Fetched<Body>>;
    /** Whether it may be kept, as far as that is known before the fetch. */
    readonly isLikely: boolean;
    /** Of the right to fetch, if it is given. */
    readonly holder: string;
    /** Undefined = the store failed. */
    readonly reading: EntryReading | undefined;
    /** When it was read, by this process's clock. */
    readonly readMs: number;
    /** Who may join its fetch: the tokens that were read; while the store fails, parts of one question. */
    readonly generation: string;
  };

  /** Undefined = the store failed, which it has reported, or rests, which is not worth a fault for each question. */
  const look = async ({ name, counters }: Pick<Question, "name" | "counters">, claiming?: Claiming) =>
    store.rests() ? undefined : store.read(name, counters, claiming).catch(() => undefined);

  const servable = (
    { toleranceMs }: Question,
    reading: EntryReading,
    readMs: number,
  ): Answered<Body> | undefined => {
    const { atMs } = reading;
    const found = usable(reading.entry, { atMs, stamps: stampsText(reading), toleranceMs });
    if (found?.body === undefined) return undefined;
    const { body, made } = found;
    const how = atMs < made.staleAtMs ? "fresh" : "stale";
    return { body, how, asOfMs: readMs - (atMs - made.atMs) };
  };

  /** Before the fetch it is not known how long that takes and what it brings. */
  const judge = (
    { sloMs, counters }: Pick<Question, "sloMs" | "counters">,
    candidate: Omit<Candidate, "isCrowded">,
  ) => admission.judging({ sloMs, counters })({ ...candidate, isCrowded: isCrowded() });

  const rightOf = ({ name, holder, generation }: Question): Claim => ({
    name: claimName(name, generation),
    holder,
  });
  const giveBack = (claim: Claim) => background.add(store.release(claim).catch(() => {})); // it ends by itself, too

  /** `claim`: the right to fetch, given back with what is written, or when there is nothing to write. */
  const fetchAndKeep = async (question: Question, signal: Signal, claim?: Claim): Promise<Answered<Body>> => {
    const { name, edge, fetch, reading, sloMs, readMs, generation } = question;
    let held = claim;
    try {
      const beganMs = now();
      const { body, whole, isFormer, ...fetched } = await fetch({
        signal,
        generation: token(),
        former: () => formers.of(question),
      });
      const before = isFormer ? reading?.entry?.made : undefined;
      const tookMs = before?.tookMs ?? now() - beganMs;
      const ageMs = reading && before ? reading.atMs - before.atMs : (fetched.ageMs ?? 0);
      const bytes = bytesOfBody(body);
      const { verdict, score } = judge(question, { asked: admission.count(name), tookMs, bytes });
      if (!whole) observe({ kind: "cache.unstored", reason: "not whole", edge });
      else if (verdict !== "admitted") observe({ kind: "cache.unstored", reason: verdict, score, edge });
      else if (reading) {
        const madeAtMs = reading.atMs - ageMs;
        const made = {
          atMs: madeAtMs,
          staleAtMs: madeAtMs + sloMs * options.freshShare,
          deleteAtMs: madeAtMs + sloMs,
          tookMs,
          stamps: generation,
        };
        const entry = { made, body };
        const write = store.write(name, entry, held).then((written) => [written]);
        held = undefined;
        background.add(keep(write, [{ bytes, score, edge }], observe));
      }
      return { body, asOfMs: readMs - ageMs, how: isFormer ? "revalidated" : "fetched" };
    } finally {
      if (held) giveBack(held);
    }
  };

  const claim = (right: Claim) => store.claim(right, options.claimMs).catch(() => true);

  const lookAgain = async (question: Question) => {
    const readMs = now();
    const reading = await look(question);
    return reading && { found: servable(question, reading, readMs), madeAtMs: reading.entry?.made.atMs };
  };

  /** What another wrote after our look and before our turn, giving its right back; undefined = it is for us to fetch. */
  const writtenMeanwhile = async (question: Question, right: Claim): Promise<Answered<Body> | undefined> => {
    const seen = await lookAgain(question);
    if (!seen?.found || seen.madeAtMs === question.reading?.entry?.made.atMs) return undefined;
    giveBack(right);
    return seen.found;
  };

  /** What the gateway that has the right has fetched meanwhile; undefined = it is our turn. */
  const awaitOther = async (
    question: Question,
    right: Claim,
    signal: Signal,
  ): Promise<Answered<Body> | undefined> => {
    const untilMs = now() + options.claimWaitMs;
    while (now() < untilMs) {
      await rest(options.claimLookMs, { signal });
      const seen = await lookAgain(question);
      if (!seen || seen.found) return seen?.found;
      if (await claim(right)) return writtenMeanwhile(question, right);
    }
    return undefined;
  };

  const fetchOnce = async (question: Question, signal: Signal): Promise<Answered<Body>> => {
    const { reading, isLikely } = question;
    if (!reading) return fetchAndKeep(question, signal);
    const right = rightOf(question);
    if (reading.isClaimed) return fetchAndKeep(question, signal, right);
    // What will not be stored is nothing for others to wait for.
    if (!isLikely) return fetchAndKeep(question, signal);
    const isOurs = reading.isClaimed === undefined && (await claim(right));
    const other = await (isOurs ? writtenMeanwhile(question, right) : awaitOther(question, right, signal));
    return other ?? fetchAndKeep(question, signal, right);
  };

  const takeOff = (question: Question): AnswerFlight => {
    const flight: AnswerFlight = startFlight(
      question.readMs,
      ({ signal }) => fetchOnce(question, signal),
      () => flights.remove(question.name, flight),
    );
    flights.add(question.name, question.generation, flight);
    return flight;
  };

  const refresh = (question: Question) => {
    if (flights.find(question.name, question.generation)) return;
    const landed = takeOff(question).join({ signal: refreshDeadline() });
    background.add(
      landed.then(
        () => {},
        (cause) => observe({ kind: "cache.refresh-failed", cause }),
      ),
    );
  };

  const answered = (
    { edge }: { readonly edge?: string | undefined },
    landed: Answered<Body>,
  ): Answered<Body> => {
    observe({ kind: "cache.answered", how: landed.how, count: 1, edge });
    return landed;
  };

  const answer = async (question: Question, signal: Signal): Promise<Answered<Body>> => {
    const { name, reading, readMs, generation } = question;
    const found = reading && servable(question, reading, readMs);
    if (reading?.entry && found) {
      const { atMs } = reading;
      const { made } = reading.entry;
      if (wantsRefresh(made, atMs, random)) refresh(question);
      return answered(question, found);
    }
    const oldestMs = readMs - question.toleranceMs;
    const flying = flights.find(name, generation);
    const joined = flying && flying.startedMs > oldestMs ? flying : undefined;
    if (joined && reading?.isClaimed) giveBack(rightOf(question));
    const landed = await (joined ?? takeOff(question)).join({ signal });
    // What is good enough for the flight's first caller may be too old for this one.
    if (!joined) return answered(question, landed);
    if (landed.asOfMs <= oldestMs) return answered(question, await fetchAndKeep(question, signal));
    return answered(question, landed.how === "fetched" ? { ...landed, how: "joined" } : landed);
  };

  return {
    through: async (asked, fetch, { signal }) => {
      signal.throwIfAborted();
      const tolerance = toleranceMs(asked);
      if (asked.sloMs === undefined || tolerance === undefined) {
        observe({ kind: "cache.unstored", reason: "no objective", edge: asked.edge });
        const beganMs = now();
        const { body, ageMs = 0 } = await fetch({ signal, generation: token() });
        return answered(asked, { body, how: "bypassed", asOfMs: beganMs - ageMs });
      }
      const products = [...new Set(asked.products)].sort();
      const name = entryName(asked, products);
      const counters = [allCounter, ...products.map(productCounter)];
      const { sloMs, edge } = asked;
      const readMs = now();
      const unknown = { asked: admission.asked(name), tookMs: undefined, bytes: undefined };
      const isLikely = judge({ sloMs, counters }, unknown).verdict === "admitted";
      const holder = token();
      const claiming = isLikely ? { holder, forMs: options.claimMs } : undefined;
      const reading = await look({ name, counters }, claiming);
      if (reading) admission.saw(counters, reading);
      const generation = reading ? stampsText(reading) : (asked.generation ?? "");
      const known = { isLikely, holder, reading, readMs, generation };
      return answer(
        { name, edge, products, counters, sloMs, toleranceMs: tolerance, fetch, ...known },
        signal,
      );
    },
    idle: background.idle,
    [Symbol.asyncDispose]: background.idle,
  };
}
