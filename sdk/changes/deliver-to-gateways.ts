// Delivers change events to gateways: a batch of CloudEvents over HTTP, signed as Standard Webhooks says.
import { createHash } from "node:crypto";
import { signWebhook } from "../../http/webhook-signature.ts";
import type { ChangeEvent } from "../../schema/product/change-event.ts";
import type { Deliver, Delivery } from "./change-source.ts";
import { announcing } from "./changes-faults.ts";

export type GatewayOptions = {
  /** The product's id, for faults. */
  readonly product: string;
  /** Addresses of gateways: `http://127.0.0.1:4000`. Events go to `/events` beneath. */
  readonly urls: readonly string[];
  /** One of the gateways' `events.secrets`: `whsec_` and the base64 of 24 to 64 bytes. Without one nothing is signed. */
  readonly secret?: string | undefined;
  /** Time that one gateway may take to acknowledge, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /**
   * Must all gateways acknowledge? Default true: one with its cache in memory has to be told itself. With a Redis that all
   * share one is enough, and the next is tried where one does not answer.
   */
  readonly every?: boolean;
};

/** As much of `fetch` as is used: undici's and Node's own fit. */
export type Post = (
  url: string,
  request: {
    readonly method: "POST";
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly redirect: "manual";
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: { readonly cancel: () => Promise<void> } | null;
}>;

export type GatewayParts = { readonly fetch: Post; readonly now: () => number };

/** @throws announcing.CHANGES_DEFINITION */
export function deliverToGateways(parts: GatewayParts, options: GatewayOptions): Deliver {
  const { urls, every = true } = options;
  const gateways = urls.map((url) => ({ url, endpoint: eventsEndpoint(url, options.product) }));
  if (gateways.length === 0) throw definitionFault(options.product, "no gateway is named");
  const sign = signer(options);
  return async (events, { signal }) => {
    const send = (gateway: Gateway) =>
      deliverFitting(events, (some) => {
        const body = JSON.stringify(some);
        return deliverTo(gateway, body, sign(body, parts.now()), parts, options, signal);
      });
    if (every) return worst(await Promise.all(gateways.map(send)));
    const deliveries: Delivery[] = [];
    for (const gateway of gateways) {
      const delivery = await send(gateway);
      if (delivery.kind === "taken") return delivery;
      deliveries.push(delivery);
    }
    return worst(deliveries);
  };
}

/**
 * What is too large for a gateway, or for a proxy before it, goes in halves; one event that is, without its keys: it then says that
 * the whole product may have changed. Nothing is sent behind a half that was not taken.
 */
async function deliverFitting(
  events: readonly ChangeEvent[],
  send: (events: readonly ChangeEvent[]) => Promise<Delivery>,
): Promise<Delivery> {
  const delivery = await send(events);
  if (delivery.kind !== "refused" || delivery.fault.extensions.answered !== 413) return delivery;
  const [first] = events;
  if (events.length > 1) {
    const half = Math.ceil(events.length / 2);
    const before = await deliverFitting(events.slice(0, half), send);
    return before.kind === "taken" ? deliverFitting(events.slice(half), send) : before;
  }
  if (first?.data.keys === undefined) return delivery;
  const { keys: _, ...named } = first.data;
  return send([{ ...first, data: named }]);
}

type Gateway = { readonly url: string; readonly endpoint: string };

function eventsEndpoint(url: string, product: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password)
    throw definitionFault(product, `${JSON.stringify(url)} is no address of a gateway`);
  return new URL("events", parsed.href.replace(/\/?$/, "/")).href;
}

/** The headers that vouch for a body. The id is the content's: the same events sent again have the same. */
function signer({
  secret,
  product,
}: GatewayOptions): (body: string, nowMs: number) => Record<string, string> {
  if (!secret) return () => ({});
  if (!/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/.test(secret))
    throw definitionFault(product, "the secret is not `whsec_` and the base64 of 24 to 64 bytes");
  return (body, nowMs) => {
    const id = `msg_${createHash("sha256").update(body).digest("base64url")}`;
    const timestamp = String(Math.floor(nowMs / 1_000));
    return {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signWebhook({ id, timestamp }, Buffer.from(body), secret),
    };
  };
}

function definitionFault(product: string, problem: string) {
  return announcing.CHANGES_DEFINITION({ product, problem });
}

async function deliverTo(
  { url, endpoint }: Gateway,
  body: string,
  signature: Record<string, string>,
  { fetch, now }: GatewayParts,
  { timeoutMs = 10_000 }: GatewayOptions,
  signal: AbortSignal,
): Promise<Delivery> {
  const sending = new AbortController();
  const stop = () => sending.abort(new Error("stopped"));
  const timer = setTimeout(() => sending.abort(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/cloudevents-batch+json; charset=utf-8", ...signature },
      body,
      redirect: "manual",
      signal: sending.signal,
    });
    await response.body?.cancel();
    return deliveryOf(url, response.status, response.headers.get("retry-after"), now());
  } catch (cause) {
    return {
      kind: "later",
      fault: announcing.EVENTS_NOT_TAKEN({ gateway: url, problem: problemOf(cause) }, cause),
      afterMs: undefined,
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** What passes by itself although the status says that the request was wrong: timeouts, and too many requests. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

function deliveryOf(gateway: string, status: number, retryAfter: string | null, nowMs: number): Delivery {
  if (status >= 200 && status < 300) return { kind: "taken" };
  if (status < 500 && !passing.has(status))
    return { kind: "refused", fault: announcing.EVENTS_REFUSED({ gateway, answered: status }) };
  const fault = announcing.EVENTS_NOT_TAKEN({ gateway, problem: `it answers with status ${status}` });
  return { kind: "later", fault, afterMs: waitAsked(retryAfter, nowMs) };
}

const waitMaxMs = 600_000;

/** `Retry-After` (RFC 9110, 10.2.3), in seconds or a date, as milliseconds from now; ten minutes at most. */
function waitAsked(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), waitMaxMs);
}

/** Of several: one that may soon be better comes before one that will not, so that the others are not kept waiting. */
function worst(deliveries: readonly Delivery[]): Delivery {
  const later = deliveries.find(({ kind }) => kind === "later");
  return later ?? deliveries.find(({ kind }) => kind === "refused") ?? { kind: "taken" };
}

function problemOf(cause: unknown): string {
  const { message, code, cause: beneath } = cause as Error & { readonly code?: string };
  if (beneath !== undefined) return problemOf(beneath);
  return message || code || String(cause);
}
