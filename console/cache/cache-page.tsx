// The page of the cache: how the store is, the sums, and the hottest operations and joins.
import "./cache.css";
import { AdminBar } from "../admin/admin-bar.tsx";
import { CacheTable } from "./cache-table.tsx";
import { bytesInWords, countInWords, refusedInWords, shareInWords, timeInWords } from "./in-words.ts";
import type { Cache, Report } from "./read-cache.ts";
import { useCache } from "./use-cache.ts";

/** A change of the verdict is announced; the numbers, which change every other second, are not. */
export const CachePage = () => {
  const cache = useCache();
  return (
    <>
      <AdminBar path="/" verdict={verdictOn(cache)} />
      <main className="page cache">
        <h1>Cache</h1>
        {cache.kind === "unreachable" && <p className="notice">{cache.reason}</p>}
        {cache.kind === "read" && (
          <>
            <Totals report={cache.report} />
            <CacheTable report={cache.report} />
          </>
        )}
      </main>
    </>
  );
};

const verdictOn = (cache: Cache): string => {
  switch (cache.kind) {
    case "unread":
      return "Reading…";
    case "unreachable":
      return "The gateway does not answer";
    case "disabled":
      return "Nothing is remembered: the cache is switched off";
    case "read":
      return verdictOnStore(cache.report.store);
  }
};

const verdictOnStore = ({ kind, state }: Report["store"]): string => {
  if (kind === "memory") return "Remembering in memory";
  return state === "working" ? "Remembering in Redis" : "Redis fails and is left alone";
};

const Totals = ({ report: { store, totals } }: { readonly report: Report }) => {
  const shown: readonly (readonly [string, string])[] = [
    ["Asked", countInWords(totals.asked)],
    ["Hits", countInWords(totals.hits)],
    ["Hit ratio", shareInWords(totals.hits, totals.asked)],
    ["Joined", countInWords(totals.joined)],
    ["Fetched", countInWords(totals.fetched)],
    ["Time saved", timeInWords(totals.savedMs)],
    ["Written", bytesInWords(totals.storedBytes)],
    ["Held", heldInWords(store)],
    ["Not stored", refusedInWords(totals.refused)],
  ];
  return (
    <dl>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const heldInWords = ({ bytes, bytesMax }: Report["store"]): string =>
  bytes === undefined || bytesMax === undefined
    ? "by Redis"
    : `${bytesInWords(bytes)} of ${bytesInWords(bytesMax)}`;
