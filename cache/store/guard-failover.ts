// Looks whether masters that may be failed over refuse writes that no replica takes: else a failover may forget an invalidation.
import type { ObserveCache } from "../cache-event.ts";

/** One server, and what it replies to a command; rejects where this user may not send it. */
export type AskedServer = {
  /** Host and port, or what the Sentinels call it. */
  readonly name: string;
  readonly ask: (command: string, ...args: readonly string[]) => Promise<unknown>;
};

/**
 * Reports `cache.failover-unguarded` of each master that has a replica to take its place and yet takes writes without one
 * (`min-replicas-to-write` is 0). Says nothing of one that may not be asked. Never rejects.
 */
export async function guardFailover(
  masters: readonly AskedServer[],
  { observe }: { readonly observe: ObserveCache },
): Promise<void> {
  const unguarded = await Promise.all(masters.map(isUnguarded));
  masters.forEach(({ name }, at) => {
    if (unguarded[at]) observe({ kind: "cache.failover-unguarded", master: name });
  });
}

async function isUnguarded({ ask }: AskedServer): Promise<boolean> {
  try {
    const [, required] = (await ask("config", "get", "min-replicas-to-write")) as readonly string[];
    if (required !== "0") return false;
    const [role, , replicas] = (await ask("role")) as readonly [string, unknown, readonly unknown[]];
    return role === "master" && replicas.length > 0;
  } catch {
    return false;
  }
}
