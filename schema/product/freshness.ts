// Freshness objectives: how old an answer may be, as an ISO 8601 duration of fixed length.
const pattern = /^P(?=\d|T\d)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const unitsMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/** Milliseconds of a duration such as `PT15M` or `P1D`; undefined for any other text (months and years vary in length). */
export function durationMs(text: string): number | undefined {
  const parts = pattern.exec(text)?.slice(1);
  return parts?.reduce((sum, part, i) => sum + Number(part ?? 0) * (unitsMs[i] ?? 0), 0);
}
