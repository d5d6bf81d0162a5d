// Reads who uses what, and what is deprecated, from the listener that served the page.
import { readJson } from "../admin/use-reading.ts";

export type User = {
  readonly client: string;
  readonly operation: { readonly name?: string; readonly hash: string };
  readonly lastSeen: string;
  readonly count: number;
};

export type Deprecated = {
  readonly coordinate: string;
  readonly ends: string | null;
  readonly replacement: string | null;
  readonly users: readonly User[];
  readonly lastSeen: string | null;
  readonly canGo: boolean;
};

export type UsedOperation = User & { readonly coordinates: readonly string[] };

export type UseRead =
  | { readonly kind: "disabled" }
  | {
      readonly kind: "recorded";
      readonly since: string;
      readonly forgotten: number;
      readonly operations: readonly UsedOperation[];
      readonly unusedDays: number;
      readonly deprecated: readonly Deprecated[];
    };

/** Operations on the page. */
export const operationsShown = 200;

/** @throws Error that says why nothing could be read */
export const readUse = async ({ signal }: { readonly signal: AbortSignal }): Promise<UseRead> => {
  const use = await readJson(`/admin/use?limit=${operationsShown}`, signal);
  if (use.enabled === false) return { kind: "disabled" };
  const { deprecated, unusedDays } = await readJson("/admin/use?deprecated=true", signal);
  return { ...use, deprecated, unusedDays, kind: "recorded" } as unknown as UseRead;
};
