// A follower loses nothing: while gateways are away or refuse, when it is killed, when the database goes; and it tells again
// what was not acknowledged.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { type ChangeSource, postgresChanges } from "weft/sdk";
import { startPostgres } from "../../setup/start-postgres.ts";
import { postgresSchema } from "../support/postgres-schema.ts";
import { gatewayReceiver } from "./support/gateway-receiver.ts";
import { endLeader, follow, harbour, harbourTables, openHarbour, secret } from "./support/harbour.ts";
import { until } from "./support/until.ts";

const url = inject("postgresUrl");

const ship = (imo: number) => `insert into ships values (${imo}, 'x', 1)`;
const cursor = "select consumer, sequence::integer as sequence from weft_cursor order by consumer";

describe("while a gateway", () => {
  it.each([
    ["is down", "hang up"],
    ["fails", 500],
    ["has no store", 503],
    ["is asked too much", 429],
  ] as const)("%s, events wait; then all arrive, and the cursor moves", async (_, answer) => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    receiver.answer(answer);
    await using follower = follow(open.source, [receiver.url]);
    for (let imo = 1; imo <= 5; imo++) await open.schema.query(ship(imo));
    await until(() => receiver.deliveries.length >= 3, "three tries");
    expect(await open.schema.query(cursor)).toEqual([{ consumer: "gateways", sequence: 0 }]);
    const delayed = follower.seen.find(({ kind }) => kind === "changes.delayed");
    expect(delayed).toMatchObject({ consumer: "gateways", fault: { code: "EVENTS_NOT_TAKEN" } });
    receiver.answer(204);
    const taken = await receiver.took(5);
    expect(taken.map(({ data }) => data.keys)).toEqual([1, 2, 3, 4, 5].map((imo) => [{ imo }]));
    await until(async () => (await open.schema.query(cursor))[0]?.sequence === 5, "the cursor");
  });

  it("says when it wants to be asked again, it is left alone until then", async () => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    receiver.answer(503, { "retry-after": "2" });
    await using follower = follow(open.source, [receiver.url]);
    await open.schema.query(ship(1));
    await until(() => receiver.deliveries.length === 1, "the first try");
    const askedMs = performance.now();
    receiver.answer(204);
    await receiver.took(1);
    expect(performance.now() - askedMs).toBeGreaterThan(1_900);
    await until(() => follower.seen.length === 3, "the acknowledgement");
    expect(follower.seen).toMatchObject([
      { kind: "changes.leading" },
      { kind: "changes.delayed", againInMs: 2_000 },
      { kind: "changes.delivered", events: 1, last: "1" },
    ]);
  });

  it.each([
    400, 401, 403, 404, 413, 301,
  ])("refuses with %i, it is told, tried again seldom, and taken when mended", async (status) => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    receiver.answer(status, { location: "/elsewhere" });
    await using follower = follow(open.source, [receiver.url]);
    await open.schema.query(ship(1));
    await until(() => follower.seen.length === 3, "another try");
    expect(follower.seen[1]).toMatchObject({
      kind: "changes.refused",
      fault: { code: "EVENTS_REFUSED", extensions: { answered: status } },
      againInMs: 100,
    });
    receiver.answer(204);
    expect(await receiver.took(1)).toMatchObject([{ sequence: "1" }]);
  });

  it("has another secret, nothing is taken", async () => {
    const another = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
    await using receiver = await gatewayReceiver({ secret: another });
    await using open = await openHarbour(url);
    await using follower = follow(open.source, [receiver.url]);
    await open.schema.query(ship(1));
    await until(() => follower.seen.some(({ kind }) => kind === "changes.refused"), "the refusal");
    expect(receiver.taken).toEqual([]);
  });
});

it("wakes at a commit, long before it would look by itself", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  await using follower = follow(open.source, [receiver.url], { pollMs: 60_000 });
  await until(follower.leads, "the lead");
  for (let imo = 1; imo <= 3; imo++) {
    const committedMs = performance.now();
    await open.schema.query(ship(imo));
    await receiver.took(imo);
    expect(performance.now() - committedMs).toBeLessThan(2_000);
  }
});

it("looks by itself where no wake-up comes", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  await using follower = follow(open.source, [receiver.url], { pollMs: 50 });
  await until(follower.leads, "the lead");
  await open.schema.query("alter table weft_outbox disable trigger weft_notify");
  await open.schema.query(ship(1));
  expect(await receiver.took(1)).toMatchObject([{ id: "harbour/1" }]);
});

it("delivers in batches of bounded length, in order", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  for (let imo = 1; imo <= 10; imo++) await open.schema.query(ship(imo));
  await open.schema.query("insert into ships select i, 'x', 1 from generate_series(101, 108) as i");
  await using follower = follow(open.source, [receiver.url], {
    eventsMax: 4,
    keysAtOnceMax: 5,
    bytesMax: 700,
  });
  const taken = await receiver.took(11);
  expect(taken.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
  await until(() => follower.seen.length === 1 + receiver.deliveries.length, "the acknowledgements");
  const counts = follower.seen.flatMap((event) => (event.kind === "changes.delivered" ? [event.events] : []));
  expect(Math.max(...counts)).toBeLessThanOrEqual(4);
  expect(counts.at(-1)).toBe(1); // eight keys are more than go together, and go alone
});

describe("a crash", () => {
  it("between delivery and cursor: the same events come again, by the same ids", async () => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    await open.schema.query(ship(1));
    await open.schema.query(ship(2));
    const crashing: ChangeSource = {
      ...open.source,
      open: async (options) => {
        const session = await open.source.open(options);
        return { ...session, acknowledge: () => new Promise(() => {}) };
      },
    };
    follow(crashing, [receiver.url]);
    await receiver.took(2);
    // The process would be gone; here its session is, and it never comes to acknowledge.
    await endLeader(open);
    await using _ = follow(open.source, [receiver.url]);
    const taken = await receiver.took(4);
    expect(taken.map(({ id }) => id)).toEqual(["harbour/1", "harbour/2", "harbour/1", "harbour/2"]);
    expect(receiver.deliveries[1]).toBe(receiver.deliveries[0]);
    await until(async () => (await open.schema.query(cursor))[0]?.sequence === 2, "the cursor");
  });

  it("of the leading follower: the other takes over, and nothing is lost or told twice", async () => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    const first = follow(open.source, [receiver.url]);
    await until(first.leads, "the first to lead");
    await using second = follow(open.source, [receiver.url]);
    await open.schema.query(ship(1));
    await receiver.took(1);
    await until(() => first.seen.length === 2, "the acknowledgement");
    expect(second.leads()).toBe(false);
    await first[Symbol.asyncDispose]();
    await open.schema.query(ship(2));
    await receiver.took(2);
    expect(second.leads()).toBe(true);
    expect(receiver.taken.map(({ sequence }) => sequence)).toEqual(["1", "2"]);
  });

  it("of its connection: it goes on by another", async () => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    await using follower = follow(open.source, [receiver.url], { pollMs: 60_000 });
    await open.schema.query(ship(1));
    await receiver.took(1);
    await until(async () => (await open.schema.query(cursor))[0]?.sequence === 1, "the cursor");
    await endLeader(open);
    await until(() => follower.seen.some(({ kind }) => kind === "changes.source_lost"), "the loss");
    await open.schema.query(ship(2));
    expect((await receiver.took(2)).map(({ sequence }) => sequence)).toEqual(["1", "2"]);
  });

  it("of PostgreSQL: it goes on when it is back, even where the crash came before the commit", async () => {
    await using server = await startPostgres();
    await using receiver = await gatewayReceiver({ secret });
    const connection = { url: server.url };
    const product = harbour(server.url, "public");
    const changes = postgresChanges({ connection, product });
    const query = async (...statements: readonly string[]) => {
      const client = new pg.Client({ connectionString: server.url });
      client.on("error", () => {});
      await client.connect();
      for (const statement of statements) await client.query(statement);
      return client;
    };
    await (await query(...harbourTables)).end();
    await changes.install();
    await using follower = follow(changes.source("gateways"), [receiver.url]);
    await (await query(ship(1), "checkpoint")).end();
    await receiver.took(1);
    const unfinished = await query("begin", ship(2), "select weft_changed('Ship')");
    await server.stop("crash");
    await unfinished.end().catch(() => {});
    await until(() => follower.seen.some(({ kind }) => kind === "changes.source_lost"), "the loss");
    await server.start();
    await (await query(ship(3))).end();
    await until(() => receiver.taken.at(-1)?.data.keys?.[0]?.imo === 3, "the event after the crash");
    expect([...new Set(receiver.taken.map(({ id }) => id))]).toEqual(["harbour/1", "harbour/2"]);
  }, 60_000);
});

describe("where the port reads a replica", () => {
  it("an event waits until the replica has what it tells of, and longer while it does not answer", async () => {
    await using receiver = await gatewayReceiver({ secret });
    // As far as the feed goes a replica is a database where the outbox's counter lags behind.
    await using replica = await startPostgres();
    const query = async (statement: string) => {
      const client = new pg.Client({ connectionString: replica.url });
      await client.connect();
      await client.query(statement);
      await client.end();
    };
    await using schema = await postgresSchema(url, harbourTables);
    await query(
      `create schema ${schema.name}; create table ${schema.name}.weft_sequence as select 0::bigint as last`,
    );
    const reached = (last: number) => query(`update ${schema.name}.weft_sequence set last = ${last}`);
    const connection = { url, schema: schema.name, replicas: [replica.url] };
    const changes = postgresChanges({ connection, product: harbour(url, schema.name) });
    await changes.install();
    await using follower = follow(changes.source("gateways"), [receiver.url], { pollMs: 60_000 });
    await until(follower.leads, "the lead");
    for (const imo of [1, 2, 3]) await schema.query(ship(imo));
    await delay(200);
    expect(receiver.deliveries).toEqual([]);
    await reached(2);
    await receiver.took(2);
    await delay(200);
    expect(receiver.taken.map(({ sequence }) => sequence)).toEqual(["1", "2"]);
    await replica.stop("shutdown");
    await until(() => follower.seen.some(({ kind }) => kind === "changes.source_lost"), "the loss");
    await replica.start();
    await reached(3);
    expect((await receiver.took(3)).map(({ sequence }) => sequence)).toEqual(["1", "2", "3"]);
  }, 60_000);
});

it("goes on from the beginning of what is kept where its cursor is lost", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  await using _ = follow(open.source, [receiver.url], { pollMs: 50 });
  await open.schema.query(ship(1));
  await until(async () => (await open.schema.query(cursor))[0]?.sequence === 1, "the cursor");
  await open.schema.query("delete from weft_cursor");
  await until(async () => (await open.schema.query(cursor))[0]?.sequence === 1, "the cursor again");
  expect(receiver.taken.map(({ id }) => id)).toEqual(["harbour/1", "harbour/1"]);
});

describe("several consumers", () => {
  it("have a cursor each: one that is down keeps no other waiting", async () => {
    await using down = await gatewayReceiver({ secret });
    await using up = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    down.answer("hang up");
    await using _ = follow(open.changes.source("a"), [down.url]);
    await using __ = follow(open.changes.source("b"), [up.url]);
    await open.schema.query(ship(1));
    await open.schema.query(ship(2));
    await up.took(2);
    expect(down.taken).toEqual([]);
    down.answer(204);
    expect((await down.took(2)).map(({ sequence }) => sequence)).toEqual(["1", "2"]);
  });
});

it("takes no more rights than to read and clear the outbox and to keep a cursor, where a migration has installed", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  const { name } = open.schema;
  await open.schema.query(`create role ${name} login password '${name}';
    grant usage on schema ${name} to ${name};
    grant select, delete on weft_outbox to ${name};
    grant select, insert, update on weft_cursor to ${name}`);
  const modest = new URL(url);
  modest.username = name;
  modest.password = name;
  const connection = { url: modest.href, schema: name };
  const changes = postgresChanges({ connection, product: harbour(url, name) });
  await changes.install();
  {
    await using _ = follow(changes.source("gateways"), [receiver.url]);
    await open.schema.query(ship(1));
    await receiver.took(1);
    await until(async () => (await open.schema.query(cursor))[0]?.sequence === 1, "the cursor");
  }
  await open.schema.query(`drop owned by ${name}; drop role ${name}`);
});

describe("what was delivered", () => {
  const left = "select sequence::integer as sequence from weft_outbox order by sequence";
  const age = (sequences: string, days: number) =>
    `update weft_outbox set at = at - interval '${days} days' where sequence in (${sequences})`;

  it("goes when it is old, and what somebody still waits for stays", async () => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    for (let imo = 1; imo <= 4; imo++) await open.schema.query(ship(imo));
    await open.schema.query(age("1, 2, 3", 2));
    await open.schema.query("insert into weft_cursor (consumer, sequence) values ('slow', 2)");
    await using _ = follow(open.source, [receiver.url]);
    await receiver.took(4);
    await until(async () => (await open.schema.query(left)).length === 2, "the oldest to go");
    expect(await open.schema.query(left)).toEqual([{ sequence: 3 }, { sequence: 4 }]);
  });

  it("is not waited for longer than seven days: who comes later finds a gap", async () => {
    await using receiver = await gatewayReceiver({ secret });
    await using open = await openHarbour(url);
    for (let imo = 1; imo <= 2; imo++) await open.schema.query(ship(imo));
    await open.schema.query(age("1", 8));
    await open.schema.query("insert into weft_cursor (consumer) values ('gone')");
    await using _ = follow(open.source, [receiver.url]);
    await receiver.took(2);
    await until(async () => (await open.schema.query(left)).length === 1, "the oldest to go");
    expect(await open.schema.query(left)).toEqual([{ sequence: 2 }]);
  });
});

it("tells what was announced by hand, and of the whole product where its keys make no event", async () => {
  await using receiver = await gatewayReceiver({ secret });
  await using open = await openHarbour(url);
  await using _ = follow(open.source, [receiver.url]);
  await open.schema.query(`select weft_changed('Ship', '[{"imo": 1}]', 'v7')`);
  await open.schema.query(`select weft_changed('Ship', '[{"imo": null}]')`);
  await open.schema.query(`select weft_changed('Ship', '[]', 'v8')`);
  await open.schema.query(
    `select weft_changed('Berth', '[{"port": "A", "number": 7, "since": "2026-01-01T00:00:00.000Z"}]')`,
  );
  expect((await receiver.took(4)).map(({ data }) => data)).toEqual([
    { entity: "Ship", keys: [{ imo: 1 }], version: "v7" },
    { entity: "Ship" },
    { entity: "Ship", version: "v8" },
    { entity: "Berth", keys: [{ port: "A", number: "7", since: "2026-01-01T00:00:00Z" }] },
  ]);
});
