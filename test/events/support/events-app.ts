// A server with nothing but `/events`, over any store, and what a test needs to send to it.
import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { CacheEvent } from "../../../cache/cache-event.ts";
import { openInvalidation } from "../../../cache/invalidation/invalidation.ts";
import { openKeyspace } from "../../../cache/store/keyspace.ts";
import { openMemoryStore } from "../../../cache/store/memory-store.ts";
import { hashNames } from "../../../cache/store/names.ts";
import type { Store } from "../../../cache/store/store.ts";
import { usualStoreLimits } from "../../../cache/store/store-limits.ts";
import { type Config, configSchema } from "../../../gateway/config.ts";
import { type EventsEvent, mountEvents } from "../../../gateway/server/events.ts";
import { httpApp } from "../../../http/app.ts";
import type { ChangeEvent } from "../../../schema/product/change-event.ts";
import { token } from "../../cache/support/stores.ts";
import { changeOf } from "../../setup/change-event.ts";

export type Invalidated = Extract<CacheEvent, { kind: "cache.invalidated" }>;

export type EventsApp = AsyncDisposable & {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly store: Store;
  /** What was forgotten, in order. */
  readonly invalidated: { scope: string; source: string }[];
  readonly observed: EventsEvent[];
  readonly post: (
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string | Buffer,
  ) => Promise<Response>;
};

export const secretOf = (fill?: number) =>
  `whsec_${(fill === undefined ? randomBytes(32) : Buffer.alloc(32, fill)).toString("base64")}`;

export function memoryStore(): Store {
  const now = () => performance.now();
  const keyspace = openKeyspace({ bytesMax: 10_000_000 });
  return openMemoryStore({ now, token, epoch: () => "e", keyspace }, usualStoreLimits);
}

export async function eventsApp({
  store = memoryStore(),
  events = {},
  now = Date.now,
}: {
  readonly store?: Store;
  readonly events?: Partial<Config["events"]>;
  readonly now?: () => number;
} = {}): Promise<EventsApp> {
  const invalidated: EventsApp["invalidated"] = [];
  const observed: EventsEvent[] = [];
  const invalidation = openInvalidation({
    isKey: () => true,
    store,
    detach: () => {},
    observe: (event) => {
      if (event.kind === "cache.invalidated") invalidated.push({ scope: event.scope, source: event.source });
    },
  });
  const app = httpApp({ bodyBytesMax: 200_000 }, () => {});
  const options = { ...configSchema.shape.events.parse({}), ...events };
  const knows = (product: string) => product === "airports";
  await mountEvents(app, { invalidation, knows, observe: (event) => observed.push(event), now }, options);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    app,
    url,
    store,
    invalidated,
    observed,
    post: (path, headers, body) => fetch(`${url}${path}`, { method: "POST", headers, body }),
    [Symbol.asyncDispose]: async () => {
      const closed = app.close();
      app.server.closeAllConnections(); // one that was opened and never used would be waited for
      await closed;
    },
  };
}

export const structured = { "content-type": "application/cloudevents+json" };
export const batched = { "content-type": "application/cloudevents-batch+json" };

export function changeEvent(sequence: number | string, more: Partial<ChangeEvent> = {}): ChangeEvent {
  return { ...changeOf("airports", sequence, [{ iata: "SFO" }]), ...more };
}

/** The code of the one error that is answered, and its status. */
export async function faultOf(
  response: Response,
): Promise<{ status: number; code: string; message: string }> {
  const { errors } = (await response.json()) as {
    errors: { message: string; extensions: { code: string } }[];
  };
  const [{ message, extensions }] = errors as [(typeof errors)[number]];
  return { status: response.status, code: extensions.code, message };
}

/** An entity that the store remembers; says whether it still does. */
export async function remember(store: Store, iata: string): Promise<() => Promise<boolean>> {
  const address = { hash: hashNames("airports", "Airport")({ iata }), field: "f" };
  const { atMs, fields } = await store.readFields([address], [], { lease: () => true });
  const made = { atMs, staleAtMs: atMs + 30_000, deleteAtMs: atMs + 60_000, tookMs: 1, stamps: "" };
  const lease = fields[0]?.lease as string;
  await store.fill([{ ...address, lease, entry: { made, body: "x" } }]);
  return async () => {
    const again = await store.readFields([address], [], { lease: () => false });
    return again.fields[0]?.entry !== undefined;
  };
}
