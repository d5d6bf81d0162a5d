// The parts of an answer: who gave them, and how old they are.
import { isRemembered, type Told } from "../fetch/told.ts";

/** One subgraph's share in an answer: as old as the oldest of what it gave. */
export type Part = {
  readonly subgraph: string;
  /** Milliseconds since the epoch. */
  readonly asOfMs: number;
  readonly isRemembered: boolean;
  /** By product, how far its source had got, where the subgraph says so. */
  readonly watermarks?: Readonly<Record<string, string>>;
};

export type Parts = {
  readonly add: (told: Told) => void;
  readonly all: () => readonly Part[];
};

export function openParts(): Parts {
  const parts = new Map<string, Part>();
  return {
    add: ({ subgraph, asOfMs, from, watermarks: told }) => {
      const known = parts.get(subgraph);
      const watermarks = earliest(known?.watermarks, told);
      parts.set(subgraph, {
        subgraph,
        asOfMs: Math.min(asOfMs, known?.asOfMs ?? asOfMs),
        isRemembered: known?.isRemembered === true || isRemembered(from),
        ...(watermarks && { watermarks }),
      });
    },
    all: () => [...parts.values()],
  };
}

/** Milliseconds since the epoch of the oldest; undefined where there are none. */
export function oldest(parts: readonly Part[]): number | undefined {
  return parts.length === 0 ? undefined : Math.min(...parts.map(({ asOfMs }) => asOfMs));
}

function earliest(one: Part["watermarks"], other: Part["watermarks"]): Part["watermarks"] {
  if (!one || !other) return one ?? other;
  const both = { ...one };
  for (const [product, at] of Object.entries(other)) {
    const known = both[product];
    both[product] = known !== undefined && Date.parse(known) <= Date.parse(at) ? known : at;
  }
  return both;
}
