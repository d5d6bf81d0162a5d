// Reads what the gateway remembers, in numbers, from the listener that served the page.

export type Edge = {
  readonly edge: string;
  readonly asked: number;
  readonly looked: number;
  readonly hits: number;
  readonly storedBytes: number;
  readonly savedMs: number;
  readonly isWorth: boolean;
  readonly refused: Readonly<Record<string, number>>;
};

export type Report = {
  readonly store: {
    readonly kind: "memory" | "redis";
    readonly state: "working" | "suspended";
    readonly bytes?: number;
    readonly bytesMax?: number;
  };
  readonly totals: {
    readonly asked: number;
    readonly hits: number;
    readonly hitRatio: number;
    readonly fetched: number;
    readonly joined: number;
    readonly savedMs: number;
    readonly storedBytes: number;
    readonly refused: Readonly<Record<string, number>>;
  };
  readonly edges: readonly Edge[];
  readonly edgesMeasured: number;
};

export type Cache =
  | { readonly kind: "unread" }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "disabled" }
  | { readonly kind: "read"; readonly report: Report };

const cacheFromAnswer = (answer: unknown): Cache => {
  const { enabled, edges } = (answer ?? {}) as { enabled?: unknown; edges?: unknown };
  if (enabled === false) return { kind: "disabled" };
  if (enabled === true && Array.isArray(edges)) return { kind: "read", report: answer as Report };
  return { kind: "unreachable", reason: "/admin/cache gave an answer that this page cannot read" };
};

/** What `/admin/cache` says. Never rejects: no answer is `unreachable`. */
export const readCache = async ({ signal }: { readonly signal: AbortSignal }): Promise<Cache> => {
  try {
    const response = await fetch("/admin/cache", { signal, headers: { accept: "application/json" } });
    return cacheFromAnswer(await response.json());
  } catch (thrown) {
    return { kind: "unreachable", reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};
