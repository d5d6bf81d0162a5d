// What the latest events of a product named, as both stores keep it: a line for each event, the newest last.

/** One event: it renewed the product's counter, and nothing but these entities changed. */
export type Change = {
  /** The counter's tokens before and after it. */
  readonly from: string;
  readonly to: string;
  /** Short names of the entities. */
  readonly named: readonly string[];
};

/** One event as it is kept. */
export function changeLine(from: string, to: string, named: readonly string[]): string {
  return [from, to, ...named].join(" ");
}

export function readChange(line: string): Change {
  const [from = "", to = "", ...named] = line.split(" ");
  return { from, to, named };
}
