// How far the clocks of a time zone are ahead of UTC.

const day = 86_400;
/** Most days' ends that are remembered: 270 years of them. */
const daysMax = 100_000;

/**
 * Gives for a point in time (seconds since 1970, whole) the seconds to add to have what clocks in the zone (IANA) show.
 * No zone moves its clocks twice in a day of UTC, so that the tables of zones are asked for the ends of days, and within
 * a day where those differ.
 * @throws RangeError where there is no such zone
 */
export function compileZoneOffset(timeZone: string): (second: number) => number {
  const read = compileReading(timeZone);
  const known = new Map<number, number>();
  const atStart = (second: number) => {
    const found = known.get(second);
    if (found !== undefined) return found;
    if (known.size >= daysMax) known.clear();
    const offset = read(second);
    known.set(second, offset);
    return offset;
  };
  return (second) => {
    const start = Math.floor(second / day) * day;
    const offset = atStart(start);
    return offset === atStart(start + day) ? offset : read(second);
  };
}

function compileReading(timeZone: string): (second: number) => number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (second) => {
    const parts = format.formatToParts(second * 1_000);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
    const number = (type: string) => Number(part(type));
    const shown = new Date(0);
    // 1 BC is the year 0.
    const year = part("era").startsWith("B") ? 1 - number("year") : number("year");
    shown.setUTCFullYear(year, number("month") - 1, number("day"));
    shown.setUTCHours(number("hour"), number("minute"), number("second"));
    return shown.getTime() / 1_000 - second;
  };
}
