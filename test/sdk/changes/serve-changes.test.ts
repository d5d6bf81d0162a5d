// A port that announces its changes while it serves.
import { expect, inject, it } from "vitest";
import { type PortEvent, startPort } from "weft/sdk";
import { readGateways } from "../../../sdk/changes/announce-changes.ts";
import { eventsApp } from "../../events/support/events-app.ts";
import { postgresSchema } from "../support/postgres-schema.ts";
import { gatewayReceiver } from "./support/gateway-receiver.ts";
import { harbour, harbourTables, secret } from "./support/harbour.ts";
import { until } from "./support/until.ts";

const url = inject("postgresUrl");
const ship = (imo: number) => `insert into ships values (${imo}, 'x', 1)`;

it("tells every gateway of each change, and of those that were made while no port ran", async () => {
  await using schema = await postgresSchema(url, harbourTables);
  await using near = await gatewayReceiver({ secret });
  await using far = await gatewayReceiver({ secret });
  const product = harbour(url, schema.name);
  const connection = { url, schema: schema.name };
  const events: PortEvent[] = [];
  const start = () =>
    startPort(product, {
      changes: { connection, gateways: [near.url, far.url], secret, retryMs: 10, retryMaxMs: 50 },
      observe: (event) => events.push(event),
    });
  far.answer("hang up");
  {
    await using _ = await start();
    await schema.query(ship(1));
    await until(() => events.some(({ kind }) => kind === "changes.delivered"), "the acknowledgement");
  }
  await schema.query(ship(2));
  expect(near.taken).toHaveLength(1);
  {
    await using _ = await start();
    await near.took(2);
    far.answer(204);
    const taken = await far.took(2);
    expect(taken.map(({ data }) => data.keys)).toEqual([[{ imo: 1 }], [{ imo: 2 }]]);
  }
  expect(near.taken).toEqual(far.taken);
  expect(new Set(events.map(({ kind }) => kind))).toContain("changes.delivered");
});

it("is understood by a gateway: keys where there are some, the product where a bulk change names none", async () => {
  await using schema = await postgresSchema(url, harbourTables);
  await using gateway = await eventsApp({ events: { secrets: [secret] } });
  const changes = { connection: { url, schema: schema.name }, gateways: [gateway.url], secret };
  await using _ = await startPort(harbour(url, schema.name), { changes });
  const forgot = (times: number) => until(() => gateway.invalidated.length >= times, `${times} events`);
  await schema.query(ship(1));
  await forgot(1); // the first that is heard of the product
  await schema.query(`insert into "Berths" values ('A', 9007199254740993, '2026-01-01Z', 1)`);
  await forgot(2);
  await schema.query("insert into ships select i, 'x', 1 from generate_series(100, 10099) as i");
  await forgot(3);
  expect(gateway.invalidated.map(({ scope }) => scope)).toEqual(["product", "keys", "product"]);
}, 60_000);

it("by two replicas is told once: one leads", async () => {
  await using schema = await postgresSchema(url, harbourTables);
  await using receiver = await gatewayReceiver({ secret });
  const changes = {
    connection: { url, schema: schema.name },
    gateways: [receiver.url],
    secret,
    every: false,
  };
  const events: PortEvent[] = [];
  const start = () =>
    startPort(harbour(url, schema.name), { changes, observe: (event) => events.push(event) });
  await using _ = await start();
  await using __ = await start();
  await schema.query(ship(1));
  await schema.query(ship(2));
  await until(() => events.some((event) => event.kind === "changes.delivered" && event.last === "2"), "both");
  expect(receiver.taken).toHaveLength(2);
  expect(events.filter(({ kind }) => kind === "changes.leading")).toHaveLength(1);
});

it.each([
  ["no gateway", { gateways: [] }, "CHANGES_DEFINITION"],
  [
    "a database that is not there",
    { connection: { url: "postgres://127.0.0.1:9/none" } },
    "ENGINE_UNREACHABLE",
  ],
  ["tables that are not there", { connection: { url, schema: "pg_catalog" } }, "CHANGES_NOT_INSTALLED"],
])("does not start with %s", async (_, options, code) => {
  await using schema = await postgresSchema(url, harbourTables);
  const connection = { url, schema: schema.name };
  const changes = { connection, gateways: ["http://127.0.0.1:9"], ...options };
  await expect(startPort(harbour(url, schema.name), { changes })).rejects.toMatchObject({ code });
});

it("finds gateways and secret in the environment", () => {
  expect(
    readGateways({ WEFT_GATEWAYS: " http://a:4000, http://b ,", WEFT_EVENTS_SECRET: `${secret}\n` }),
  ).toEqual({
    gateways: ["http://a:4000", "http://b"],
    secret,
  });
  expect(readGateways({})).toEqual({ gateways: [], secret: undefined });
});
