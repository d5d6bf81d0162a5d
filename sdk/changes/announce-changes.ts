// A port's change feed while it serves: the outbox installed, and a follower for each gateway.
import { fetch } from "undici";
import type { Product } from "../product.ts";
import type { ObserveChanges } from "./change-source.ts";
import { deliverToGateways, type GatewayOptions } from "./deliver-to-gateways.ts";
import { type FollowOptions, followChanges } from "./follow-changes.ts";
import { type PostgresChangesOptions, postgresChanges } from "./postgres-changes.ts";

export type ChangesOptions = Omit<PostgresChangesOptions, "product"> &
  Omit<GatewayOptions, "product" | "urls"> &
  Omit<FollowOptions, "signal"> & {
    /** Addresses of the gateways: `http://127.0.0.1:4000`. */
    readonly gateways: readonly string[];
  };

/**
 * Installs, then follows until it is disposed. Where every gateway is to be told, each has a cursor of its own, by its address:
 * one that is down keeps no other waiting, and gets what it missed when it is back.
 * @throws announcing.CHANGES_DEFINITION, announcing.CHANGES_NOT_INSTALLED
 */
export async function announceChanges(
  product: Product,
  options: ChangesOptions,
  observe: ObserveChanges,
): Promise<AsyncDisposable> {
  const { gateways, every = true } = options;
  const changes = postgresChanges({ ...options, product });
  const parts = { fetch, now: Date.now };
  const groups = every && gateways.length > 0 ? gateways.map((url) => [url]) : [gateways];
  const followers = groups.map((urls) => ({
    source: changes.source(every ? urls.join() : "gateways"),
    deliver: deliverToGateways(parts, { ...options, product: product.id, urls }),
  }));
  await changes.install();
  const following = followers.map((follower) => {
    const ending = new AbortController();
    const ended = followChanges(
      { ...follower, product: product.id, observe },
      { ...options, signal: ending.signal },
    );
    return { ending, ended };
  });
  return {
    [Symbol.asyncDispose]: async () => {
      for (const { ending } of following) ending.abort();
      await Promise.all(following.map(({ ended }) => ended));
    },
  };
}

/** Gateways and secret as the environment has them: WEFT_GATEWAYS, addresses with commas between them, and WEFT_EVENTS_SECRET. */
export function readGateways({
  WEFT_GATEWAYS = "",
  WEFT_EVENTS_SECRET,
}: Readonly<Record<string, string | undefined>>): Pick<ChangesOptions, "gateways" | "secret"> {
  const gateways = WEFT_GATEWAYS.split(",").map((url) => url.trim());
  return { gateways: gateways.filter((url) => url !== ""), secret: WEFT_EVENTS_SECRET?.trim() };
}
