// The hit ratio of the cache's own code in a small store, beside plain LRU and beside what knows the future, at the same bytes.
import { openAdmission, usualAdmissionOptions } from "../../cache/joins/admission.ts";
import { type AnswerFlight, openAnswers } from "../../cache/joins/answers.ts";
import { usualCacheOptions } from "../../cache/joins/cache-parts.ts";
import { openFlights } from "../../cache/joins/flights.ts";
import { openKeyspace } from "../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../cache/store/memory-store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { openRandom, openZipf } from "./zipf.ts";

export type HitRatios = { readonly ours: number; readonly lru: number; readonly belady: number };

type Trace = { readonly asked: readonly number[]; readonly bytesOf: (name: number) => number };

const namesCount = 8_192;
/** About an eighth of all that is asked for. */
const storeBytes = 2_500_000;

/** `requests` in all; the first fifth fills the stores and is not counted. */
export async function measureHitRatios(requests: number): Promise<HitRatios> {
  const draw = openZipf(namesCount, 7);
  const random = openRandom(11);
  const sizes = Array.from({ length: namesCount }, () => Math.round(512 * 16 ** random()));
  const asked = Array.from({ length: requests }, draw);
  const trace = { asked, bytesOf: (name: number) => sizes[name] as number };
  const counted = requests - Math.floor(requests / 5);
  return {
    ours: (await hitsOfOurs(trace)) / counted,
    lru: hitsOfLru(trace) / counted,
    belady: hitsOfBelady(trace) / counted,
  };
}

const isCounted = ({ asked }: Trace, at: number) => at >= Math.floor(asked.length / 5);

async function hitsOfOurs(trace: Trace): Promise<number> {
  let nowMs = 0;
  let tokens = 0;
  const now = () => nowMs;
  const token = () => `t${tokens++}`;
  const observe = () => {};
  const keyspace = openKeyspace({ bytesMax: storeBytes });
  const parts = { now, token, observe, keyspace, epoch: () => "" };
  const answers = openAnswers(
    {
      store: openMemoryStore(parts, usualStoreLimits),
      admission: openAdmission({ now }, usualAdmissionOptions),
      isCrowded: keyspace.isCrowded,
      now,
      random: () => 0,
      token,
      rest: async () => {},
      refreshDeadline: () => new AbortController().signal,
      observe,
      flights: openFlights<AnswerFlight>(),
    },
    usualCacheOptions,
  );
  const { signal } = new AbortController();
  let hits = 0;
  for (const [at, name] of trace.asked.entries()) {
    nowMs += 1;
    const asked = { visibility: "v", schemaVersion: "1", products: ["p"], sloMs: 86_400_000 };
    const fetch = async () => {
      nowMs += 5;
      return { body: incompressible(name, trace.bytesOf(name)), whole: true };
    };
    const { how } = await answers.through({ ...asked, request: String(name) }, fetch, { signal });
    await answers.idle();
    if (how === "fresh" && isCounted(trace, at)) hits++;
  }
  return hits;
}

/** Bytes that deflating makes no smaller, so that all count alike. */
function incompressible(seed: number, length: number): Buffer {
  const random = openRandom(seed * 7_919 + 1);
  return Buffer.from(Array.from({ length }, () => random() * 256));
}

function hitsOfLru(trace: Trace): number {
  const held = new Map<number, number>();
  let bytes = 0;
  let hits = 0;
  trace.asked.forEach((name, at) => {
    const size = trace.bytesOf(name);
    if (held.delete(name)) {
      if (isCounted(trace, at)) hits++;
    } else bytes += size;
    held.set(name, size);
    for (const [oldest, its] of held) {
      if (bytes <= storeBytes) break;
      held.delete(oldest);
      bytes -= its;
    }
  });
  return hits;
}

/** Lets go of what is asked again last (Belady, 1966; by bytes it is near the optimum, not at it). */
function hitsOfBelady(trace: Trace): number {
  const next = nextAsked(trace.asked);
  const held = new Map<number, number>();
  let bytes = 0;
  let hits = 0;
  trace.asked.forEach((name, at) => {
    if (held.has(name)) {
      if (isCounted(trace, at)) hits++;
    } else bytes += trace.bytesOf(name);
    held.set(name, next[at] as number);
    while (bytes > storeBytes) {
      let [last, lastAt] = [name, -1];
      for (const [each, again] of held) if (again > lastAt) [last, lastAt] = [each, again];
      held.delete(last);
      bytes -= trace.bytesOf(last);
    }
  });
  return hits;
}

/** For each request, the number of the next one for the same. */
function nextAsked(asked: readonly number[]): readonly number[] {
  const next = new Map<number, number>();
  const all: number[] = [];
  for (let at = asked.length - 1; at >= 0; at--) {
    const name = asked[at] as number;
    all[at] = next.get(name) ?? Number.POSITIVE_INFINITY;
    next.set(name, at);
  }
  return all;
}
