// Where an event stands in its product's sequence.

/** "next" or "known" (sent again): nothing was missed. "gap": something was, or nothing was heard of the product yet. */
export function placeOf(sequence: string, last: string | undefined): "next" | "known" | "gap" {
  if (last === undefined) return "gap";
  const step = BigInt(sequence) - BigInt(last);
  if (step === 1n) return "next";
  return step <= 0n ? "known" : "gap";
}
