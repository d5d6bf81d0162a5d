// Signatures of the Standard Webhooks specification (standardwebhooks.com, 1.0): HMAC-SHA256 of id, time and body.
import { createHmac, timingSafeEqual } from "node:crypto";

/** What is signed beside the body: `webhook-id`, and `webhook-timestamp` in seconds since 1970. */
export type WebhookStamp = { readonly id: string; readonly timestamp: string };

/** `secret`: `whsec_` and the key in base64. Gives a signature as `webhook-signature` carries it: `v1,` and base64. */
export function signWebhook(stamp: WebhookStamp, body: Uint8Array, secret: string): string {
  return `v1,${hmac(stamp, body, secret).toString("base64")}`;
}

/**
 * Whether one of `signatures` (those of `webhook-signature`, separated by spaces) was made with one of the secrets. Compared in
 * constant time, over the bytes as they came.
 */
export function isSigned(
  signatures: string,
  stamp: WebhookStamp,
  body: Uint8Array,
  secrets: readonly string[],
): boolean {
  const given = signatures
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice("v1,".length), "base64"));
  return secrets.some((secret) => {
    const wanted = hmac(stamp, body, secret);
    return given.some((one) => one.length === wanted.length && timingSafeEqual(one, wanted));
  });
}

// By node:crypto: the specification's own library hashes in JavaScript, and signs text, not bytes, by a clock of its own.
function hmac({ id, timestamp }: WebhookStamp, body: Uint8Array, secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
}
