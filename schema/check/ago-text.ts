// How long ago something was, as people say it.
const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** `3 hours ago`; `just now` for less than a minute. @param at ISO 8601 */
export function agoText(at: string, now: Date): string {
  const passedMs = now.getTime() - new Date(at).getTime();
  for (const [unit, unitMs] of units) {
    const count = Math.floor(passedMs / unitMs);
    if (count > 0) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
