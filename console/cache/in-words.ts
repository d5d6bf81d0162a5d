// Numbers as they are read: bytes, times and shares, in the reader's own way of writing numbers.

const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });

export const countInWords = (count: number): string => number.format(count);

/** Of nothing there is no share. */
export const shareInWords = (part: number, whole: number): string =>
  whole === 0 ? "–" : percent.format(part / whole);

export const bytesInWords = (bytes: number): string => {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${number.format(bytes / 1024 ** power)} ${units[power]}`;
};

export const timeInWords = (ms: number): string =>
  ms < 1_000
    ? `${number.format(ms)} ms`
    : ms < 60_000
      ? `${number.format(ms / 1_000)} s`
      : `${number.format(ms / 60_000)} min`;

/** `seldom asked 3, too large 1`, the most frequent first. */
export const refusedInWords = (refused: Readonly<Record<string, number>>): string =>
  Object.entries(refused)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} ${number.format(count)}`)
    .join(", ") || "–";

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** `3 hours ago`, of a moment in ISO 8601. */
export const agoInWords = (moment: string, nowMs: number = Date.now()): string => {
  const seconds = Math.min(0, Math.round((Date.parse(moment) - nowMs) / 1_000));
  if (seconds > -60) return relative.format(seconds, "second");
  if (seconds > -3_600) return relative.format(Math.round(seconds / 60), "minute");
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3_600), "hour");
  return relative.format(Math.round(seconds / 86_400), "day");
};
