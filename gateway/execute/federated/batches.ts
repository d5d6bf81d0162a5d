// How what a step asks for is divided into requests.
import type { Gathered } from "./gather.ts";

/** What goes into one request: at most one of each part, and one set of arguments from above. */
export type Batch = readonly Gathered[];

/**
 * All in one request where that is allowed; else each part by itself, in slices of at most `representationsMax`.
 */
export function batches(gathered: readonly Gathered[], representationsMax: number): readonly Batch[] {
  const representations = gathered.reduce((sum, { sent }) => sum + sent.length, 0);
  const parts = new Set(gathered.map(({ part }) => part));
  if (parts.size === gathered.length && representations <= representationsMax) return [gathered];
  return gathered.flatMap((each) => slices(each, representationsMax).map((slice) => [slice]));
}

function slices(gathered: Gathered, size: number): readonly Gathered[] {
  const { sent, texts, targets } = gathered;
  if (sent.length <= size) return [gathered];
  return Array.from({ length: Math.ceil(sent.length / size) }, (_, i) => {
    const [from, to] = [i * size, (i + 1) * size];
    return {
      ...gathered,
      sent: sent.slice(from, to),
      texts: texts.slice(from, to),
      targets: targets.slice(from, to),
    };
  });
}
