// Change events over HTTP: the three forms, what is wrong with one, and what is acknowledged when.
import { CloudEvent, HTTP } from "cloudevents";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectRedis } from "../../cache/store/redis-connection.ts";
import { openRedisStore } from "../../cache/store/redis-store.ts";
import { usualStoreLimits } from "../../cache/store/store-limits.ts";
import { startRedis } from "../cache/support/start-redis.ts";
import { answering, token } from "../cache/support/stores.ts";
import {
  batched,
  changeEvent,
  type EventsApp,
  eventsApp,
  faultOf,
  remember,
  structured,
} from "./support/events-app.ts";

let at: EventsApp;
beforeEach(async () => {
  at = await eventsApp({ events: { eventsMax: 5, keysMax: 20 } });
});
afterEach(() => at[Symbol.asyncDispose]());

const send = (event: unknown, headers: Readonly<Record<string, string>> = structured) =>
  at.post("/events", headers, JSON.stringify(event));
const binary = (event: ReturnType<typeof changeEvent>) => ({
  "content-type": "application/json",
  "ce-specversion": event.specversion,
  "ce-type": event.type,
  "ce-id": event.id,
  "ce-source": event.source,
  "ce-sequence": event.sequence,
});

describe("an event", () => {
  it("is taken in the structured form", async () => {
    const response = await send(changeEvent(1));
    expect(response.status).toBe(204);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).toBe("");
    expect(at.invalidated).toEqual([{ scope: "product", source: "airports" }]);
    expect(at.observed).toEqual([{ kind: "events.taken", count: 1 }]);
  });

  it("is taken in the binary form", async () => {
    const event = changeEvent(7, { source: "Flughäfen 100 %", time: "2026-03-01T12:00:00Z" });
    const headers = {
      ...binary(event),
      "content-type": "application/json; charset=utf-8",
      "ce-source": encodeURIComponent(event.source),
      "ce-id": '"a \\"quoted\\" id"',
      "ce-time": event.time as string,
      "ce-unknown": "attribute",
    };
    const response = await at.post("/events", headers, JSON.stringify(event.data));
    expect(response.status).toBe(204);
    expect(at.invalidated).toEqual([{ scope: "product", source: event.source }]);
  });

  it("is taken in a batch, one after the other", async () => {
    const events = [changeEvent(1), changeEvent(2), changeEvent(3, { source: "flights" })];
    const headers = { "content-type": "Application/CloudEvents-Batch+JSON; charset=UTF-8" };
    expect((await send(events, headers)).status).toBe(204);
    expect(at.invalidated).toEqual([
      { scope: "product", source: "airports" },
      { scope: "keys", source: "airports" },
      { scope: "product", source: "flights" },
    ]);
    expect((await send([], batched)).status).toBe(204);
  });

  it.each([
    "structured",
    "binary",
  ] as const)("is taken as the CloudEvents SDK writes it: %s", async (form) => {
    const { time = "2026-03-01T12:00:00Z", ...event } = changeEvent(1);
    const { headers, body } = HTTP[form](new CloudEvent({ ...event, time }));
    const response = await at.post("/events", headers as Record<string, string>, body as string);
    expect(response.status).toBe(204);
    expect(at.invalidated).toHaveLength(1);
  });

  it("makes the store forget the entities it names, and no others", async () => {
    await send(changeEvent(1));
    const [sfo, jfk] = [await remember(at.store, "SFO"), await remember(at.store, "JFK")];
    expect([await sfo(), await jfk()]).toEqual([true, true]);
    await send(changeEvent(2));
    expect([await sfo(), await jfk()]).toEqual([false, true]);
  });

  it("of a product that the mesh does not have is applied, and told", async () => {
    expect((await send(changeEvent(1, { source: "trains" }))).status).toBe(204);
    expect(at.invalidated).toEqual([{ scope: "product", source: "trains" }]);
    expect(at.observed).toContainEqual({ kind: "events.unknown-product", product: "trains" });
  });
});

describe("the sequence of a product's events", () => {
  const scopes = async (...sequences: readonly number[]) => {
    await send(changeEvent(10));
    at.invalidated.length = 0;
    for (const sequence of sequences) expect((await send(changeEvent(sequence))).status).toBe(204);
    return at.invalidated.map(({ scope }) => scope);
  };

  it.each([
    ["goes on", [11, 12], ["keys", "keys"]],
    ["has an event sent again", [11, 11, 10], ["keys", "keys", "keys"]],
    ["has a gap, and then the late one", [12, 11, 13], ["product", "keys", "keys"]],
    ["has two events the other way round", [12, 11], ["product", "keys"]],
  ] as const)("%s", async (_, sequences, expected) => {
    expect(await scopes(...sequences)).toEqual(expected);
  });
});

describe("what is no event", () => {
  const without = (name: string) => {
    const event: Record<string, unknown> = { ...changeEvent(1) };
    delete event[name];
    return event;
  };

  it.each([
    ["no id", without("id"), "id: "],
    ["no source", without("source"), "source: "],
    ["no sequence", without("sequence"), "sequence: "],
    ["no specversion", without("specversion"), "specversion: "],
    ["no data", without("data"), "data: "],
    ["data in base64", { ...without("data"), data_base64: "e30=" }, "data: "],
    ["another type", { ...changeEvent(1), type: "com.example.changed" }, "type: "],
    ["another version of CloudEvents", { ...changeEvent(1), specversion: "0.3" }, "specversion: "],
    ["a sequence from 0", changeEvent(0), "sequence: a whole number from 1, as a string"],
    ["a sequence that is a number", { ...changeEvent(1), sequence: 1 }, "sequence: "],
    ["a sequence of 20 digits", changeEvent("1".repeat(20)), "sequence: "],
    ["a time that is none", changeEvent(1, { time: "yesterday" }), "time: "],
    ["no entity", changeEvent(1, { data: { keys: [{ a: 1 }] } as never }), "data.entity: "],
    ["no key in its keys", changeEvent(1, { data: { entity: "A", keys: [] } }), "data.keys: "],
    [
      "a key that is no object",
      changeEvent(1, { data: { entity: "A", keys: ["SFO" as never] } }),
      "data.keys.0: ",
    ],
    ["a list", [changeEvent(1)], "Event 0 is no change event: "],
    ["null", null, "Event 0 is no change event: "],
  ])("is refused: %s", async (_, event, problem) => {
    const { status, code, message } = await faultOf(await send(event));
    expect([status, code]).toEqual([400, "EVENT_INVALID"]);
    expect(message).toContain(problem);
    expect(at.invalidated).toEqual([]);
  });

  it("is a key that JSON cannot carry exactly", async () => {
    const key = '{"specversion":"1.0","type":"weft.product.changed","id":"1","source":"p","sequence":"1",';
    const body = `${key}"data":{"entity":"E","keys":[{"id":9007199254740993}]}}`;
    const { code, message } = await faultOf(await at.post("/events", structured, body));
    expect(code).toBe("EVENT_INVALID");
    expect(message).toContain("a whole number is written as a string");
  });

  it.each([
    ["no JSON", structured, "{", 400, "EVENTS_UNREADABLE"],
    ["no UTF-8", structured, Buffer.from([0x22, 0xff, 0x22]), 400, "EVENTS_UNREADABLE"],
    ["nothing", structured, "", 400, "EVENTS_UNREADABLE"],
    ["a batch that is no list", batched, "{}", 400, "EVENTS_UNREADABLE"],
    ["plain JSON without attributes", { "content-type": "application/json" }, "{}", 415, "EVENTS_MEDIA_TYPE"],
    ["a form", { "content-type": "text/plain" }, "{}", 415, "EVENTS_MEDIA_TYPE"],
    [
      "attributes beside XML",
      { ...binary(changeEvent(1)), "content-type": "text/xml" },
      "<a/>",
      415,
      "EVENTS_MEDIA_TYPE",
    ],
    [
      "an attribute cut off",
      { ...binary(changeEvent(1)), "ce-source": "%E2%82" },
      "{}",
      400,
      "EVENTS_UNREADABLE",
    ],
    [
      "no attribute but one",
      { "content-type": "application/json", "ce-id": "1" },
      "{}",
      400,
      "EVENT_INVALID",
    ],
    ["more than a body may have", structured, "x".repeat(200_001), 413, "BODY_MAX"],
  ] as const)("is refused: %s", async (_, headers, body, status, code) => {
    expect(await faultOf(await at.post("/events", headers, body))).toMatchObject({ status, code });
    expect(at.invalidated).toEqual([]);
    const reason = code === "BODY_MAX" ? "FST_ERR_CTP_BODY_TOO_LARGE" : code;
    expect(at.observed).toEqual([{ kind: "events.refused", reason, path: "/events" }]);
  });

  it("keeps the whole batch from being applied", async () => {
    const events = [changeEvent(1), changeEvent(2), { ...changeEvent(3), source: 4 }];
    const { code, message } = await faultOf(await send(events, batched));
    expect(code).toBe("EVENT_INVALID");
    expect(message).toMatch(/^Event 2 is no change event: source: .* Nothing was applied\./);
    expect(at.invalidated).toEqual([]);
  });

  it("is a batch of more events, or of more keys, than are taken", async () => {
    const six = Array.from({ length: 6 }, (_, i) => changeEvent(i + 1));
    expect(await faultOf(await send(six, batched))).toMatchObject({ status: 413, code: "EVENTS_MAX" });
    const keys = Array.from({ length: 11 }, (_, i) => ({ id: i }));
    const long = [1, 2].map((sequence) => changeEvent(sequence, { data: { entity: "E", keys } }));
    expect(await faultOf(await send(long, batched))).toMatchObject({ status: 413, code: "EVENT_KEYS_MAX" });
    expect((await send(long.slice(1), batched)).status).toBe(204);
    expect(at.invalidated).toHaveLength(1);
  });

  it("does not answer with a list as long as the mistakes", async () => {
    const keys = Array.from({ length: 20 }, () => null) as never;
    const { message } = await faultOf(await send(changeEvent(1, { data: { entity: "E", keys } })));
    expect(message).toContain("and 15 more");
  });
});

describe("what an operator wants forgotten", () => {
  const json = { "content-type": "application/json" };
  const invalidate = (wanted: unknown) => at.post("/events/invalidate", json, JSON.stringify(wanted));

  it("is everything, a product, or entities by their keys", async () => {
    await send(changeEvent(1));
    const [sfo, jfk] = [await remember(at.store, "SFO"), await remember(at.store, "JFK")];
    at.invalidated.length = 0;
    const keys = [{ iata: "SFO" }];
    expect((await invalidate({ product: "airports", entity: "Airport", keys })).status).toBe(204);
    expect([await sfo(), await jfk()]).toEqual([false, true]);
    expect((await invalidate({ product: "airports" })).status).toBe(204);
    expect((await invalidate({ all: true })).status).toBe(204);
    expect(at.invalidated).toEqual([
      { scope: "keys", source: "airports" },
      { scope: "product", source: "airports" },
      { scope: "all", source: "" },
    ]);
  });

  it.each([
    {},
    null,
    "all",
    { all: false },
    { all: true, product: "airports" },
    { product: "" },
    { product: "airports", entity: "Airport" },
    { product: "airports", keys: [{ iata: "SFO" }] },
    { product: "airports", entity: "Airport", keys: [] },
    { product: "airports", entity: "Airport", keys: ["SFO"] },
    { product: "airports", more: 1 },
  ])("is not %j", async (wanted) => {
    const fault = await faultOf(await invalidate(wanted));
    expect(fault).toMatchObject({ status: 400, code: "INVALIDATION_INVALID" });
    expect(at.invalidated).toEqual([]);
  });

  it("leaves the sequence of events alone where it is entities, and begins it anew where it is the product", async () => {
    const scopes = async (...sequences: readonly number[]) => {
      at.invalidated.length = 0;
      for (const sequence of sequences) await send(changeEvent(sequence));
      return at.invalidated.map(({ scope }) => scope);
    };
    await send(changeEvent(41));
    await invalidate({ product: "airports", entity: "Airport", keys: [{ iata: "SFO" }] });
    expect(await scopes(42)).toEqual(["keys"]);
    expect(await scopes(1, 3)).toEqual(["keys", "keys"]);
    await invalidate({ product: "airports" });
    expect(await scopes(4, 5, 7)).toEqual(["product", "keys", "product"]);
  });

  it("is not more keys than are taken", async () => {
    const keys = Array.from({ length: 21 }, (_, id) => ({ id }));
    const fault = await faultOf(await invalidate({ product: "airports", entity: "Airport", keys }));
    expect(fault).toMatchObject({ status: 413, code: "EVENT_KEYS_MAX" });
  });
});

describe("a store that is away", () => {
  it("leaves events unacknowledged, and takes them when they are sent again", async () => {
    await using redis = await startRedis();
    const connection = connectRedis({ kind: "single", url: redis.url }, { commandTimeoutMs: 300 });
    const now = () => performance.now();
    await using store = openRedisStore({ connection, now, token, observe: () => {} }, usualStoreLimits, {
      failuresMax: 2,
      restMs: 1_500,
      copiesBytesMax: 0,
    });
    await answering(store);
    await using there = await eventsApp({ store });
    const post = () => there.post("/events", batched, JSON.stringify([changeEvent(1), changeEvent(2)]));
    await redis.crash();
    const codes: string[] = [];
    for (let i = 0; i < 3; i++) {
      const response = await post();
      expect(response.headers.get("retry-after")).toMatch(/^[12]$/);
      const { status, code } = await faultOf(response);
      expect(status).toBe(503);
      codes.push(code);
    }
    expect(codes).toEqual(["CACHE_UNREACHABLE", "CACHE_UNREACHABLE", "CACHE_SUSPENDED"]);
    expect(there.observed.map(({ kind }) => kind)).not.toContain("events.taken");
    await redis.start();
    await expect.poll(async () => (await post()).status, { timeout: 10_000 }).toBe(204);
    expect(there.invalidated.map(({ scope }) => scope)).toEqual(["product", "keys"]);
  });
});
