// What can be wrong with change events, and with those who send them. None repeats a secret or a signature.
import { faultTable } from "../../schema/product/fault.ts";

export const taking = faultTable({
  EVENTS_PEER_REFUSED: {
    status: 403,
    audience: "caller",
    text: () => "No secret is configured, so events are taken only from this host, and not through a proxy.",
    remedy: "Configure `events.secrets` or `events.secretsFile`, and send a signature or a bearer token.",
  },
  EVENTS_CREDENTIALS_MISSING: {
    status: 401,
    audience: "caller",
    text: () => "The request has no credentials.",
    remedy:
      "Sign it (`webhook-id`, `webhook-timestamp`, `webhook-signature`) or send `authorization: Bearer <secret>`.",
  },
  EVENTS_CREDENTIALS_WRONG: {
    status: 401,
    audience: "caller",
    text: ({ credentials }: { credentials: string }) => `The request's ${credentials} is wrong.`,
    remedy: "Use one of the secrets of `events`; a signature is made over the bytes of the body as sent.",
  },
  EVENTS_SIGNATURE_EXPIRED: {
    status: 401,
    audience: "caller",
    text: ({ toleranceMs }: { toleranceMs: number }) =>
      `The signature's time is more than ${toleranceMs} ms from the gateway's.`,
    remedy: "Sign each try anew, set the clocks, or raise `events.toleranceMs`.",
  },
  EVENTS_ATTRIBUTES_UNSIGNED: {
    status: 401,
    audience: "caller",
    text: () => "In the binary form the event stands in headers, which a signature does not cover.",
    remedy: "Sign `application/cloudevents+json`, or send `authorization: Bearer <secret>`.",
  },
  EVENTS_MEDIA_TYPE: {
    status: 415,
    audience: "caller",
    text: ({ contentType }: { contentType: string }) => `A body of the type ${contentType} is no event here.`,
    remedy:
      "Send application/cloudevents+json, application/cloudevents-batch+json, or application/json with `ce-` headers.",
  },
  EVENTS_UNREADABLE: {
    status: 400,
    audience: "caller",
    text: ({ problem }: { problem: string }) => `The request cannot be read: ${problem}.`,
    remedy: "Send JSON in UTF-8, and header values percent-encoded.",
  },
  EVENTS_MAX: {
    status: 413,
    audience: "caller",
    text: ({ eventsMax, events }: { eventsMax: number; events: number }) =>
      `The batch has ${events} events, more than ${eventsMax}; none was applied.`,
    remedy: "Send several batches, or raise `events.eventsMax`.",
  },
  EVENT_KEYS_MAX: {
    status: 413,
    audience: "caller",
    text: ({ keysMax, keys }: { keysMax: number; keys: number }) =>
      `The request names ${keys} keys, more than ${keysMax}; nothing was applied.`,
    remedy: "Leave out `keys` (the whole product changed), send fewer at once, or raise `events.keysMax`.",
  },
  EVENT_INVALID: {
    status: 400,
    audience: "caller",
    text: ({ index, problems }: { index: number; problems: readonly string[] }) =>
      `Event ${index} is no change event: ${problems.join("; ")}. Nothing was applied.`,
    remedy: "Send CloudEvents 1.0 of the type weft.product.changed, as docs/changes.md has them.",
  },
  INVALIDATION_INVALID: {
    status: 400,
    audience: "caller",
    text: ({ problems }: { problems: readonly string[] }) =>
      `The body says nothing that can be invalidated: ${problems.join("; ")}.`,
    remedy: 'Send {"all":true}, {"product":"…"} or {"product":"…","entity":"…","keys":[{…}]}.',
  },
});
