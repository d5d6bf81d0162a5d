// Delivery to gateways: what is sent, what counts as acknowledged, and by whom.
import { fetch } from "undici";
import { describe, expect, it } from "vitest";
import type { ChangeEvent } from "weft/schema";
import { deliverToGateways, type GatewayOptions, type GatewayParts } from "weft/sdk";
import { testGateway } from "../../gateway/support/test-gateway.ts";
import { gatewayReceiver } from "./support/gateway-receiver.ts";
import { secret } from "./support/harbour.ts";

const { signal } = new AbortController();
const event = (sequence: string): ChangeEvent => ({
  specversion: "1.0",
  type: "weft.product.changed",
  id: `harbour/${sequence}`,
  source: "harbour",
  sequence,
  datacontenttype: "application/json",
  data: { entity: "Ship", keys: [{ imo: 1 }, { name: "Ünïcode 漢" } as never] },
});

const deliverTo = (options: Partial<GatewayOptions>) =>
  deliverToGateways({ fetch, now: Date.now }, { product: "harbour", urls: [], secret, ...options });

it("is signed so that the specification's own library finds it sound", async () => {
  await using receiver = await gatewayReceiver({ secret });
  expect(await deliverTo({ urls: [`${receiver.url}/`] })([event("1")], { signal })).toEqual({
    kind: "taken",
  });
  expect(receiver.taken).toEqual([event("1")]);
});

it("is not signed without a secret, and goes by Node's own fetch as well", async () => {
  await using receiver = await gatewayReceiver();
  const parts = { fetch: globalThis.fetch, now: Date.now };
  const deliver = deliverToGateways(parts, { product: "harbour", urls: [receiver.url] });
  expect(await deliver([event("1")], { signal })).toEqual({ kind: "taken" });
  expect(receiver.deliveries).toEqual([undefined]);
});

it("sent again has the same id, another content another, and none has a full stop", async () => {
  await using receiver = await gatewayReceiver({ secret });
  const deliver = deliverTo({ urls: [receiver.url] });
  for (const sequence of ["1", "1", "2"]) await deliver([event(sequence)], { signal });
  const [first, again, other] = receiver.deliveries;
  expect(again).toBe(first);
  expect(other).not.toBe(first);
  expect(first).toMatch(/^msg_[\w-]+$/);
});

it("goes beneath the path of an address", async () => {
  await using receiver = await gatewayReceiver({ secret });
  const delivery = await deliverTo({ urls: [`${receiver.url}/mesh`] })([event("1")], { signal });
  expect(delivery).toMatchObject({ kind: "refused" }); // the receiver takes /events alone, and this is /mesh/events
});

it("is acknowledged when every gateway took it", async () => {
  await using up = await gatewayReceiver({ secret });
  await using down = await gatewayReceiver({ secret });
  const deliver = deliverTo({ urls: [up.url, down.url] });
  down.answer(500);
  expect(await deliver([event("1")], { signal })).toMatchObject({
    kind: "later",
    fault: { code: "EVENTS_NOT_TAKEN", extensions: { gateway: down.url } },
  });
  up.answer(403);
  expect(await deliver([event("1")], { signal })).toMatchObject({ kind: "later" });
  down.answer(204);
  expect(await deliver([event("1")], { signal })).toMatchObject({ kind: "refused" });
  up.answer(204);
  expect(await deliver([event("1")], { signal })).toEqual({ kind: "taken" });
});

it("is acknowledged by the first that takes it, where one is enough", async () => {
  await using first = await gatewayReceiver({ secret });
  await using second = await gatewayReceiver({ secret });
  const deliver = deliverTo({ urls: [first.url, second.url], every: false });
  expect(await deliver([event("1")], { signal })).toEqual({ kind: "taken" });
  expect(second.deliveries).toEqual([]);
  first.answer("hang up");
  expect(await deliver([event("2")], { signal })).toEqual({ kind: "taken" });
  expect(second.taken).toEqual([event("2")]);
  second.answer(500, { "retry-after": "3" });
  expect(await deliver([event("3")], { signal })).toMatchObject({ kind: "later" });
});

it.each([
  ["7", 7_000],
  ["0", 0],
  ["99999", 600_000],
  ["Thu, 01 Jan 1970 00:00:10 GMT", 9_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["soon", undefined],
])("reads Retry-After: %s", async (header, afterMs) => {
  await using receiver = await gatewayReceiver();
  receiver.answer(503, { "retry-after": header });
  const options = { product: "harbour", urls: [receiver.url] };
  const deliver = deliverToGateways({ fetch, now: () => 1_000 }, options);
  expect(await deliver([event("1")], { signal })).toMatchObject({ kind: "later", afterMs });
});

it("gives up on a gateway that does not answer in its time, and at once when it is stopped", async () => {
  const silent: GatewayParts["fetch"] = (_, { signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const options = { product: "harbour", urls: ["http://gateway.test"], timeoutMs: 50 };
  const deliver = deliverToGateways({ fetch: silent, now: Date.now }, options);
  expect(await deliver([event("1")], { signal })).toMatchObject({
    kind: "later",
    fault: { message: expect.stringContaining("no answer in 50 ms") },
  });
  const stopped = AbortSignal.abort();
  const patient = deliverToGateways({ fetch, now: Date.now }, { ...options, timeoutMs: 60_000 });
  expect(await patient([event("1")], { signal: stopped })).toMatchObject({ kind: "later" });
});

describe("a gateway that takes only small bodies", () => {
  const keyed = (sequence: number, keys: number): ChangeEvent => ({
    ...event(String(sequence)),
    data: { entity: "Ship", keys: Array.from({ length: keys }, (_, imo) => ({ imo: 1_000_000 + imo })) },
  });
  const told = (events: readonly ChangeEvent[]) =>
    events.map(({ sequence, data }) => [Number(sequence), data.keys?.length]);

  it("gets a batch in halves, in order, each signed", async () => {
    await using receiver = await gatewayReceiver({ secret, bodyBytesMax: 900 });
    const deliver = deliverTo({ urls: [receiver.url] });
    const events = [1, 2, 3, 4, 5, 6, 7].map((sequence) => keyed(sequence, 1));
    expect(await deliver(events, { signal })).toEqual({ kind: "taken" });
    expect(receiver.taken).toEqual(events);
    expect(new Set(receiver.deliveries).size).toBe(receiver.deliveries.length);
  });

  it("gets an event that alone is too large as one of the whole product", async () => {
    await using receiver = await gatewayReceiver({ secret, bodyBytesMax: 900 });
    const deliver = deliverTo({ urls: [receiver.url] });
    const large = { ...keyed(2, 500), data: { ...keyed(2, 500).data, version: "7" } };
    expect(await deliver([keyed(1, 1), large, keyed(3, 1)], { signal })).toEqual({ kind: "taken" });
    expect(told(receiver.taken)).toEqual([
      [1, 1],
      [2, undefined],
      [3, 1],
    ]);
    expect(receiver.taken[1]?.data).toEqual({ entity: "Ship", version: "7" });
  });

  it("leaves those alone that take more", async () => {
    await using small = await gatewayReceiver({ secret, bodyBytesMax: 900 });
    await using large = await gatewayReceiver({ secret });
    const deliver = deliverTo({ urls: [small.url, large.url] });
    expect(await deliver([keyed(1, 500), keyed(2, 1)], { signal })).toEqual({ kind: "taken" });
    expect(told(small.taken)).toEqual([
      [1, undefined],
      [2, 1],
    ]);
    expect(told(large.taken)).toEqual([
      [1, 500],
      [2, 1],
    ]);
    expect(large.deliveries).toHaveLength(1);
  });

  it("is not sent what comes after a half that it did not take", async () => {
    await using receiver = await gatewayReceiver({ secret, bodyBytesMax: 900 });
    const deliver = deliverTo({ urls: [receiver.url] });
    receiver.answer(503, { "retry-after": "1" });
    const events = [1, 2, 3, 4, 5, 6].map((sequence) => keyed(sequence, 1));
    expect(await deliver(events, { signal })).toMatchObject({ kind: "later", afterMs: 1_000 });
    expect(receiver.deliveries).toHaveLength(2);
    receiver.answer(204);
    expect(await deliver(events, { signal })).toEqual({ kind: "taken" });
    expect(receiver.taken).toEqual(events);
  });

  it("refuses where not even an event without keys is small enough", async () => {
    await using receiver = await gatewayReceiver({ secret, bodyBytesMax: 10 });
    const delivery = await deliverTo({ urls: [receiver.url] })([keyed(1, 3)], { signal });
    expect(delivery).toMatchObject({ kind: "refused", fault: { extensions: { answered: 413 } } });
    expect(receiver.deliveries).toHaveLength(2);
  });

  it("may be a real one", async () => {
    const server = { bodyBytesMax: 20_000 };
    const events = { secrets: [secret] };
    await using gateway = await testGateway({ subgraphs: {}, cache: { enabled: true }, server, events });
    const batch = [1, 2, 3, 4, 5, 6].map((sequence) => keyed(sequence, sequence === 4 ? 50_000 : 500));
    const deliver = deliverTo({ urls: [gateway.url] });
    expect(await deliver(batch, { signal })).toEqual({ kind: "taken" });
    const taken = gateway.events.flatMap((seen) => (seen.kind === "events.taken" ? [seen.count] : []));
    expect(taken).toEqual([2, 1, 1, 1, 1]);
  });

  it("may be too many events, or too many keys", async () => {
    const events = { secrets: [secret], eventsMax: 2, keysMax: 600 };
    await using gateway = await testGateway({ subgraphs: {}, cache: { enabled: true }, events });
    const batch = [1, 2, 3, 4].map((sequence) => keyed(sequence, sequence === 3 ? 700 : 1));
    const deliver = deliverTo({ urls: [gateway.url] });
    expect(await deliver(batch, { signal })).toEqual({ kind: "taken" });
    const taken = gateway.events.flatMap((seen) => (seen.kind === "events.taken" ? [seen.count] : []));
    expect(taken).toEqual([2, 1, 1]);
  });
});

it.each([
  ["no gateway", { urls: [] }, "no gateway is named"],
  ["an address without a scheme", { urls: ["gateway:4000"] }, '"gateway:4000" is no address'],
  ["an address with a password", { urls: ["http://me:mine@gateway"] }, "is no address"],
  ["a secret that is none", { urls: ["http://gateway"], secret: "hunter2" }, "the secret is not"],
])("refuses %s", (_, options, problem) => {
  expect(() => deliverTo(options)).toThrow(problem);
});
