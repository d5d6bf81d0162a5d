// Who may send events: whoever signs, or bears a secret; without secrets this host alone.
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import {
  batched,
  changeEvent,
  type EventsApp,
  eventsApp,
  faultOf,
  secretOf,
  structured,
} from "./support/events-app.ts";

const open: EventsApp[] = [];
const appWith = async (...args: Parameters<typeof eventsApp>) => {
  const app = await eventsApp(...args);
  open.push(app);
  return app;
};
afterEach(async () => {
  for (const app of open.splice(0)) await app[Symbol.asyncDispose]();
});

const [mine, another, strangers] = [secretOf(1), secretOf(2), secretOf(3)];
const body = JSON.stringify(changeEvent(1));

/** Signed as the specification's own library does it. */
function signed(text: string, secret: string, { id = "msg_1", at = new Date() } = {}) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, text),
  };
}
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

describe("a signature", () => {
  it("over the body is taken, in both forms that it covers, and for an invalidation", async () => {
    const { post, invalidated } = await appWith({ events: { secrets: [mine] } });
    expect((await post("/events", { ...structured, ...signed(body, mine) }, body)).status).toBe(204);
    const text = JSON.stringify([changeEvent(2), changeEvent(3)]);
    expect((await post("/events", { ...batched, ...signed(text, mine) }, text)).status).toBe(204);
    const all = '{"all":true}';
    const headers = { "content-type": "application/json", ...signed(all, mine) };
    expect((await post("/events/invalidate", headers, all)).status).toBe(204);
    expect(invalidated.map(({ scope }) => scope)).toEqual(["product", "keys", "keys", "all"]);
  });

  it("is over the bytes as they were sent", async () => {
    const { post } = await appWith({ events: { secrets: [mine] } });
    const spaced = `  ${JSON.stringify(changeEvent(1, { id: "é 漢" }), undefined, 3)}\n`;
    expect((await post("/events", { ...structured, ...signed(spaced, mine) }, spaced)).status).toBe(204);
    // Texts that differ only in what is no UTF-8 look alike once they are decoded.
    const [a, b] = [0xfe, 0xff].map((byte) => Buffer.concat([Buffer.from('"'), Buffer.of(byte)]));
    const headers = { ...structured, ...signed((a as Buffer).toString(), mine) };
    expect((await faultOf(await post("/events", headers, b as Buffer))).code).toBe(
      "EVENTS_CREDENTIALS_WRONG",
    );
  });

  it("may be one of several, made with any of the secrets", async () => {
    const { post } = await appWith({ events: { secrets: [mine, another] } });
    for (const secret of [mine, another])
      expect((await post("/events", { ...structured, ...signed(body, secret) }, body)).status).toBe(204);
    const several = [strangers, another].map((secret) => signed(body, secret)["webhook-signature"]);
    const headers = { ...signed(body, mine), "webhook-signature": ["v1a,xyz", ...several].join(" ") };
    expect((await post("/events", { ...structured, ...headers }, body)).status).toBe(204);
  });

  it.each([
    ["of another secret", signed(body, strangers)],
    ["of another body", signed(`${body} `, mine)],
    ["of another id", { ...signed(body, mine), "webhook-id": "msg_2" }],
    ["of another time", { ...signed(body, mine), "webhook-timestamp": "1" }],
    ["without an id", { ...signed(body, mine), "webhook-id": "" }],
    ["without a time", { ...signed(body, mine), "webhook-timestamp": "" }],
    ["with a time that is none", { ...signed(body, mine), "webhook-timestamp": "1e9" }],
    ["that is empty", { ...signed(body, mine), "webhook-signature": "" }],
    [
      "of no version",
      { ...signed(body, mine), "webhook-signature": signed(body, mine)["webhook-signature"].slice(3) },
    ],
    ["cut short", { ...signed(body, mine), "webhook-signature": "v1,AAAA" }],
    ["beside a bearer token that is right", { ...signed(body, strangers), ...bearer(mine) }],
  ])("%s is refused", async (_, headers) => {
    const { post, invalidated } = await appWith({ events: { secrets: [mine] } });
    const response = await post("/events", { ...structured, ...headers }, body);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    const fault = await faultOf(response);
    expect(fault).toMatchObject({ status: 401, code: "EVENTS_CREDENTIALS_WRONG" });
    expect(fault.message).toContain("signature is wrong");
    expect(fault.message).not.toContain(mine);
    expect(invalidated).toEqual([]);
  });

  it.each([
    [-301, 401],
    [-299, 204],
    [299, 204],
    [301, 401],
  ])("made %i seconds from now is answered %i", async (seconds, status) => {
    const nowMs = 1_800_000_000_000;
    const { post } = await appWith({ events: { secrets: [mine] }, now: () => nowMs });
    const at = new Date(nowMs + seconds * 1000);
    const response = await post("/events", { ...structured, ...signed(body, mine, { at }) }, body);
    expect(response.status).toBe(status);
    if (status === 401) expect((await faultOf(response)).code).toBe("EVENTS_SIGNATURE_EXPIRED");
  });

  it("that comes again does what it did: no more is forgotten than before", async () => {
    const { post, invalidated } = await appWith({ events: { secrets: [mine] } });
    const headers = { ...structured, ...signed(body, mine) };
    for (let i = 0; i < 3; i++) expect((await post("/events", headers, body)).status).toBe(204);
    expect(invalidated.map(({ scope }) => scope)).toEqual(["product", "keys", "keys"]);
  });

  it("does not cover the headers, where the binary form has its event", async () => {
    const { post, invalidated } = await appWith({ events: { secrets: [mine] } });
    const { data, ...attributes } = changeEvent(1);
    const text = JSON.stringify(data);
    const headers = {
      "content-type": "application/json",
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)])),
    };
    const fault = await faultOf(await post("/events", { ...headers, ...signed(text, mine) }, text));
    expect(fault).toMatchObject({ status: 401, code: "EVENTS_ATTRIBUTES_UNSIGNED" });
    expect(invalidated).toEqual([]);
    expect((await post("/events", { ...headers, ...bearer(mine) }, text)).status).toBe(204);
  });
});

describe("a bearer token", () => {
  it("is any of the secrets", async () => {
    const { post } = await appWith({ events: { secrets: [mine, another] } });
    for (const secret of [mine, another])
      expect((await post("/events", { ...structured, ...bearer(secret) }, body)).status).toBe(204);
    const lower = { ...structured, authorization: `bearer ${mine}` };
    expect((await post("/events", lower, body)).status).toBe(204);
  });

  it.each([
    ["of a stranger", bearer(strangers)],
    ["that begins like one", bearer(mine.slice(0, -1))],
    ["that goes on after one", bearer(`${mine}x`)],
    ["of another scheme", { authorization: `Basic ${mine}` }],
    ["that is empty", { authorization: "" }],
  ])("%s is refused before the body is read", async (_, headers) => {
    const { post, invalidated } = await appWith({ events: { secrets: [mine] } });
    const fault = await faultOf(await post("/events", { ...structured, ...headers }, "no JSON"));
    expect(fault).toMatchObject({ status: 401, code: "EVENTS_CREDENTIALS_WRONG" });
    expect(fault.message).not.toContain(strangers);
    expect(invalidated).toEqual([]);
  });

  it("is wanted where there is none", async () => {
    const { post } = await appWith({ events: { secrets: [mine] } });
    for (const path of ["/events", "/events/invalidate"]) {
      const response = await post(path, structured, body);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await faultOf(response)).toMatchObject({ status: 401, code: "EVENTS_CREDENTIALS_MISSING" });
    }
  });

  it("that was taken out of the configuration counts no more", async () => {
    const { post } = await appWith({ events: { secrets: [another] } });
    expect((await post("/events", { ...structured, ...bearer(mine) }, body)).status).toBe(401);
    expect((await post("/events", { ...structured, ...bearer(another) }, body)).status).toBe(204);
  });
});

describe("without secrets", () => {
  const from = async (remoteAddress: string, headers: Readonly<Record<string, string>> = {}) => {
    const { app, invalidated } = await appWith();
    const request = { method: "POST", url: "/events", payload: body, remoteAddress } as const;
    const response = await app.inject({ ...request, headers: { ...structured, ...headers } });
    return { status: response.statusCode, text: response.body, invalidated };
  };

  it.each(["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])("%s is this host", async (address) => {
    expect((await from(address)).status).toBe(204);
  });

  it.each([
    ["203.0.113.9", {}],
    ["10.0.0.1", {}],
    ["::ffff:10.0.0.127", {}],
    ["1::1", {}],
    ["127.0.0.1", { "x-forwarded-for": "203.0.113.9" }],
    ["127.0.0.1", { forwarded: "for=203.0.113.9" }],
    ["::1", { via: "1.1 proxy" }],
  ] as const)("%s %j is not", async (address, headers) => {
    const { status, text, invalidated } = await from(address, headers);
    expect(status).toBe(403);
    expect(text).toContain("EVENTS_PEER_REFUSED");
    expect(text).toContain("events.secrets");
    expect(invalidated).toEqual([]);
  });
});
