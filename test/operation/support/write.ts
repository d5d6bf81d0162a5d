// Writes documents of any size.

/** `item(0) item(1) …`, `count` of them. */
export function many(count: number, item: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => item(index)).join(" ");
}

/** `levels` of `open` around `inside`. */
export function nested(levels: number, open: string, inside: string, close = "}"): string {
  return open.repeat(levels) + inside + close.repeat(levels);
}

/** Fragments of which each spreads the next twice. */
export function doubling(levels: number): string {
  const fragments = many(levels, (i) => `fragment F${i} on Query { a { ...F${i + 1} } b { ...F${i + 1} } }`);
  return `{ ...F0 } ${fragments} fragment F${levels} on Query { s }`;
}
