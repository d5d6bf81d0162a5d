// Who may send change events: whoever has a secret, by signature or bearer token; without secrets, this host.
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isSigned } from "../../http/webhook-signature.ts";
import { taking } from "./event-faults.ts";

export type SenderOptions = {
  /** Each `whsec_` and a key in base64. */
  readonly secrets: readonly string[];
  readonly toleranceMs: number;
};

export type KnowSender = {
  /**
   * Before a body is read: says whether the headers are proof enough, or the body has to be.
   * @throws taking.EVENTS_PEER_REFUSED, taking.EVENTS_CREDENTIALS_MISSING, taking.EVENTS_CREDENTIALS_WRONG
   */
  readonly byHeaders: (headers: IncomingHttpHeaders, peer: string | undefined) => "known" | "signed";
  /** @throws taking.EVENTS_CREDENTIALS_WRONG, taking.EVENTS_SIGNATURE_EXPIRED */
  readonly bySignature: (headers: IncomingHttpHeaders, body: Uint8Array) => void;
};

/** `now`: milliseconds since 1970. */
export function knowSender(
  { now }: { readonly now: () => number },
  { secrets, toleranceMs }: SenderOptions,
): KnowSender {
  return {
    byHeaders: (headers, peer) => {
      if (secrets.length === 0) {
        if (isLoopback(peer) && !cameThroughProxy(headers)) return "known";
        throw taking.EVENTS_PEER_REFUSED({});
      }
      if (headers["webhook-signature"] !== undefined) return "signed";
      if (headers.authorization === undefined) throw taking.EVENTS_CREDENTIALS_MISSING({});
      const [, token] = /^bearer +(\S+)$/i.exec(headers.authorization) ?? [];
      if (token !== undefined && isOneOf(token, secrets)) return "known";
      throw taking.EVENTS_CREDENTIALS_WRONG({ credentials: "bearer token" });
    },
    bySignature: (headers, body) => {
      const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) =>
        String(headers[`webhook-${name}`] ?? ""),
      ) as [string, string, string];
      const complete = id !== "" && /^\d{1,12}$/.test(timestamp);
      if (!complete || !isSigned(signatures, { id, timestamp }, body, secrets))
        throw taking.EVENTS_CREDENTIALS_WRONG({ credentials: "signature" });
      // Only who has the secret is told that it is a matter of time.
      if (Math.abs(now() - Number(timestamp) * 1000) > toleranceMs)
        throw taking.EVENTS_SIGNATURE_EXPIRED({ toleranceMs });
    },
  };
}

function isLoopback(peer: string | undefined): boolean {
  return peer !== undefined && /^(::ffff:)?127\.|^::1$/.test(peer);
}

/** A proxy on this host makes the whole world come from it. */
function cameThroughProxy(headers: IncomingHttpHeaders): boolean {
  return ["forwarded", "via", "x-forwarded-for", "x-real-ip"].some((name) => headers[name] !== undefined);
}

/** In constant time: digests are of one length, and every secret is compared. */
function isOneOf(token: string, secrets: readonly string[]): boolean {
  const given = digest(token);
  return secrets.filter((secret) => timingSafeEqual(given, digest(secret))).length > 0;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
