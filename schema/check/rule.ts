// A rule finds one kind of difference between two versions of a port.
import type { Change } from "./change.ts";
import type { Port } from "./port.ts";

export type Versions = { readonly before: Port; readonly after: Port };

export type Found = Omit<Change, "kind">;

export type Rule = {
  /** The kind of the changes that it finds. */
  readonly kind: string;
  readonly find: (versions: Versions) => readonly Found[];
};
