// Delivery to gateways: what is sent, what counts as acknowledged, and by whom.
import { fetch } from "undici";
import { expect, it } from "vitest";
import type { ChangeEvent } from "weft/schema";
import { deliverToGateways, type GatewayOptions, type GatewayParts } from "weft/sdk";
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

it.each([
  ["no gateway", { urls: [] }, "no gateway is named"],
  ["an address without a scheme", { urls: ["gateway:4000"] }, '"gateway:4000" is no address'],
  ["an address with a password", { urls: ["http://me:mine@gateway"] }, "is no address"],
  ["a secret that is none", { urls: ["http://gateway"], secret: "hunter2" }, "the secret is not"],
])("refuses %s", (_, options, problem) => {
  expect(() => deliverTo(options)).toThrow(problem);
});
