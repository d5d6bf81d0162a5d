// Reads change events out of a request: CloudEvents' HTTP binding 1.0.2, its three content modes.
import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import { type ChangeEvent, changeEventSchema } from "../../schema/product/change-event.ts";
import { taking } from "./event-faults.ts";

export type EventLimits = { readonly eventsMax: number; readonly keysMax: number };

const structured = "application/cloudevents+json";
const batch = "application/cloudevents-batch+json";
const problemsShownMax = 5;

/** Whether the event stands in headers beside the body. */
export function isBinaryMode(headers: IncomingHttpHeaders): boolean {
  const type = mediaTypeOf(headers);
  return type !== structured && type !== batch;
}

/**
 * All events of the request, in order, each sound: or a fault, and none.
 *
 * By hand: the CloudEvents SDK invents an `id`, a `time` and a `specversion` where there is none, takes the time of
 * reading for a `time` that cannot be read, knows no `content-type` with parameters, and does not decode header values.
 * @throws taking.EVENTS_MEDIA_TYPE, taking.EVENTS_UNREADABLE, taking.EVENTS_MAX, taking.EVENT_INVALID, taking.EVENT_KEYS_MAX
 */
export function readEvents(
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  { eventsMax, keysMax }: EventLimits,
): readonly ChangeEvent[] {
  const given = unreadEvents(headers, body);
  if (given.length > eventsMax) throw taking.EVENTS_MAX({ eventsMax, events: given.length });
  checkKeys(given, keysMax);
  return given.map((one, index) => {
    const read = changeEventSchema.safeParse(one);
    if (read.success) return read.data;
    throw taking.EVENT_INVALID({ index, problems: problemsOf(read.error) });
  });
}

function unreadEvents(headers: IncomingHttpHeaders, body: Uint8Array): readonly unknown[] {
  const type = mediaTypeOf(headers);
  if (type === structured) return [readJson(body)];
  if (type === batch) {
    const list = readJson(body);
    if (Array.isArray(list)) return list;
    throw taking.EVENTS_UNREADABLE({ problem: "a batch is a JSON array" });
  }
  const attributes = attributesIn(headers);
  if (type !== "application/json" || attributes.length === 0)
    throw taking.EVENTS_MEDIA_TYPE({ contentType: headers["content-type"] ?? "(none given)" });
  return [{ ...Object.fromEntries(attributes), datacontenttype: type, data: readJson(body) }];
}

/** @throws taking.EVENTS_UNREADABLE */
export function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw taking.EVENTS_UNREADABLE({ problem: "its body is no JSON" }, cause);
  }
}

/** Before all else is looked at, so that a long list costs nothing. @throws taking.EVENT_KEYS_MAX */
export function checkKeys(events: readonly unknown[], keysMax: number): void {
  const keys = events.reduce((sum: number, event) => sum + keysIn(event), 0);
  if (keys > keysMax) throw taking.EVENT_KEYS_MAX({ keysMax, keys });
}

function keysIn(event: unknown): number {
  const keys = (event as { data?: { keys?: unknown } } | null)?.data?.keys;
  return Array.isArray(keys) ? keys.length : 0;
}

/** What zod found, each with its place. It repeats no value. */
export function problemsOf({ issues }: z.ZodError): readonly string[] {
  const problems = issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
  const more = problems.length - problemsShownMax;
  return more > 0 ? [...problems.slice(0, problemsShownMax), `and ${more} more`] : problems;
}

/** Binding, 3.1.3.2: values come percent-encoded, and maybe quoted. */
function attributesIn(headers: IncomingHttpHeaders): readonly (readonly [string, string])[] {
  return Object.entries(headers)
    .filter(([name]) => name.startsWith("ce-"))
    .map(([name, value]) => [name.slice("ce-".length), decoded(name, String(value))] as const);
}

function decoded(name: string, value: string): string {
  const unquoted = /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
  try {
    return decodeURIComponent(unquoted);
  } catch (cause) {
    throw taking.EVENTS_UNREADABLE({ problem: `the header ${name} is not percent-encoded UTF-8` }, cause);
  }
}

function mediaTypeOf(headers: IncomingHttpHeaders): string {
  return (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
