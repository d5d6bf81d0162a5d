// A trap: what composition lets pass, and what does something else than its author thinks.
import type { Finding } from "./finding.ts";
import type { Port } from "./port.ts";
import type { SdlSource } from "./sdl-source.ts";

export type TrapScope = {
  readonly mine: Port;
  readonly others: readonly Port[];
  readonly sources: ReadonlyMap<string, SdlSource>;
};

export type Trap = {
  /** Stable; never changes its meaning. */
  readonly code: string;
  readonly find: (scope: TrapScope) => readonly TrapFinding[];
};

export type TrapFinding = Pick<Finding, "text" | "fix"> & {
  readonly coordinate: string;
  /** Other subgraphs that have a part in it, and the coordinate there. */
  readonly with?: readonly { readonly subgraph: string; readonly coordinate: string }[];
};
